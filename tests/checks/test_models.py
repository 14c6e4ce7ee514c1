"""Keras models go in as recipes and come out as plain data, whatever the student makes of them."""

import dataclasses

import numpy as np
import pytest
from glassnet.checks import models
from glassnet.checks.models import Look, Recipe, View
from glassnet.checks.spec import Assignment, Edge, Function
from glassnet.checks.student import Student

keras = pytest.importorskip("keras")

X = np.random.default_rng(0).normal(size=(60, 4)).astype("float32")
Y = (X[:, 0] > 0).astype(int)
LOSS = {"optimizer": "sgd", "loss": "sparse_categorical_crossentropy", "metrics": ["accuracy"]}
RECIPE = Recipe((4,), (("Dense", {"units": 3, "activation": "relu"}), ("Dense", {"units": 2})), compile=LOSS)
LOOK = Look(X, Y, fit={"x": X, "y": Y, "epochs": 1}, hints={"fit": "Look here."})

BODY = """
import keras
import numpy as np

class Own(keras.Model):
    def __init__(self):
        super().__init__()
        self.out = keras.layers.Dense(2, activation="softmax")

    def call(self, x):
        return self.out(x)

def sequential(n):
    model = keras.Sequential([keras.Input((n,)), keras.layers.Dense(2, activation="softmax")])
    model.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

def subclassed(n):
    model = Own()
    model.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

def uncompiled(n):
    return keras.Sequential([keras.Input((n,)), keras.layers.Dense(2, activation="softmax")])

def narrow(n):
    return keras.Sequential([keras.Input((n - 1,)), keras.layers.Dense(2, activation="softmax")])

def mismatched(n):
    model = uncompiled(n)
    model.compile("sgd", "categorical_crossentropy")
    return model

def nothing(n):
    uncompiled(n)

class Pretender:
    is_model = True
    kind = "a Keras model"
    outputs = scores = None

def pretender(n):
    return Pretender()

def train(model, n):
    before = float(np.abs(model.get_weights()[0]).sum())
    model.set_weights([0 * w for w in model.get_weights()])
    return before

def quits(n):
    raise SystemExit

def far_away(n):
    class Sneaky(keras.Model):
        def call(self, x):
            import sklearn
            return x
    return Sneaky()
"""


@pytest.fixture(scope="module")
def student():
    namespace = {"__name__": "__main__"}
    exec(BODY, namespace)
    return Student(namespace, ("numpy", "keras"))


def plain(value):
    """Whether nothing but data is in there."""
    if isinstance(value, list | tuple):
        return all(map(plain, value))
    if isinstance(value, dict):
        return all(map(plain, value)) and all(map(plain, value.values()))
    if type(value) is np.ndarray:
        return value.dtype.kind in "fiu"
    return value is None or type(value) in (str, int, float, bool)


@pytest.mark.parametrize("name", ["sequential", "subclassed"])
def test_a_model_comes_back_as_data_and_has_learnt(student, name):
    outcome = student.call(name, (4,), look=LOOK)
    seen = outcome.value
    assert (outcome.error, outcome.foreign, outcome.slow) == (None, None, False)
    assert type(seen) is View
    assert plain([getattr(seen, field.name) for field in dataclasses.fields(View)])
    assert seen.failed == "", seen.message
    assert seen.outputs.shape == seen.trained.shape == (60, 2)
    assert not np.array_equal(seen.outputs, seen.trained)
    loss = -np.mean(np.log(seen.outputs[np.arange(60), Y]))
    assert seen.scores["loss"] == pytest.approx(loss, rel=1e-5)
    assert seen.scores["accuracy"] == pytest.approx(np.mean(seen.outputs.argmax(axis=1) == Y))
    assert (seen.parameters, seen.optimizer) == (10, "SGD")
    assert seen.learning_rate == pytest.approx(0.01)


def test_training_goes_the_same_way_every_time(student):
    first, second = (student.call("sequential", (4,), look=LOOK).value for _ in range(2))
    np.testing.assert_allclose(first.trained, second.trained, rtol=1e-5)


@pytest.mark.parametrize(
    ("name", "step", "said"),
    [
        ("uncompiled", "compile", "not compiled"),
        ("narrow", "call", "incompatible"),
        ("mismatched", "test", "shape"),
    ],
)
def test_the_step_that_fails_is_named(student, name, step, said):
    seen = student.call(name, (4,), look=LOOK).value
    assert (seen.failed, said in seen.message) == (step, True), seen.message


@pytest.mark.parametrize(("name", "kind"), [("nothing", "None"), ("pretender", "a Pretender")])
def test_what_is_no_model_is_named_and_not_kept(student, name, kind):
    seen = student.call(name, (4,), look=LOOK).value
    assert type(seen) is View
    assert (seen.kind, seen.is_model) == (kind, False)


def test_a_model_lent_is_looked_at_after_the_call(student):
    look = Look(X, at=0, like=0.5)
    seen = student.call("train", (RECIPE, 4), look=look).value
    assert seen.returned == pytest.approx(np.abs(RECIPE.glassnet().get_weights()[0]).sum(), rel=1)
    assert not seen.outputs.any()
    assert all(not weight.any() for weight in seen.weights)


def test_a_recipe_is_the_same_network_for_both_engines():
    weights = RECIPE.glassnet().get_weights()
    same = dataclasses.replace(RECIPE, weights=weights)
    ours, theirs = same.glassnet().predict(X, verbose=0), same.keras().predict(X, verbose=0)
    np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-6)
    assert same.keras().compiled
    assert not dataclasses.replace(same, compile=None).keras().compiled


def test_what_a_model_does_while_it_is_looked_at_is_watched(student):
    assert student.call("far_away", (4,), look=LOOK).foreign == "sklearn"
    assert student.call("quits", (4,), look=LOOK).error == "SystemExit"


def _judge(seen, arguments, again):
    return None if np.allclose(seen.outputs.sum(axis=1), 1) else "The rows do not add up to 1."


def _reference(n):
    raise AssertionError("a model is judged by its view, not beside the reference")


@pytest.fixture
def checked(monkeypatch):
    """Run the checks on one answer."""
    from glassnet.checks import Checks, engine

    def function(name):
        return Function(
            name=name,
            reference=_reference,
            cases=lambda rng: [(4,)],
            returns="a Keras model",
            judge=_judge,
            edges=(Edge("again", lambda rng: (4,), judge=_judge),),
            look=lambda n: LOOK,
        )

    def run(name):
        assignment = Assignment("models", ("numpy", "keras"), (function(name),))
        monkeypatch.setattr(engine, "load", lambda slug: assignment)
        namespace = {"__name__": "__main__"}
        exec(BODY, namespace)
        points = Checks("models", namespace).run(name, edge_cases=True)
        return float(points), points.feedback.stage, points.feedback.text

    return run


@pytest.mark.parametrize(
    ("name", "points", "stage", "said"),
    [
        ("sequential", 1, "passed", "Right."),
        ("subclassed", 1, "passed", "Right."),
        ("nothing", 0, "type", "It returns None"),
        ("pretender", 0, "type", "It returns a Pretender. It must return a Keras model"),
        ("uncompiled", 0, "runs", "not ready to be trained"),
        ("narrow", 0, "runs", "inputs of shape (n, 4)"),
        ("mismatched", 0, "runs", "cannot be computed"),
        ("quits", 0, "runs", "leaves Python"),
        ("far_away", 0, "own work", "uses `sklearn`"),
    ],
)
def test_feedback_on_models(checked, name, points, stage, said):
    earned, at, text = checked(name)
    assert (earned, at) == (points, stage), text
    assert said in text


def test_keras_is_not_imported_before_it_is_needed():
    import subprocess
    import sys

    script = "import sys, glassnet.checks; print('keras' in sys.modules, 'tensorflow' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert out.split() == ["False", "False"]
    assert models.__doc__
