"""Fifty steps with random gradients leave weights where Keras' optimizers leave them."""

import glassnet
import keras
import numpy as np
import pytest
from twins import LIMIT, distance, set_floatx

CASES = {
    "SGD": [
        {},
        {"momentum": 0.9},
        {"momentum": 0.9, "nesterov": True},
        {"weight_decay": 0.01},
        {"clipnorm": 0.5},
        {"clipvalue": 0.1},
        {"global_clipnorm": 0.7, "momentum": 0.5},
    ],
    "Adagrad": [
        {"learning_rate": 0.1},
        {"initial_accumulator_value": 0.3, "weight_decay": 0.1, "clipnorm": 1.0},
    ],
    "RMSprop": [
        {},
        {"rho": 0.8, "momentum": 0.9},
        {"centered": True},
        {"centered": True, "momentum": 0.5, "clipvalue": 0.3},
        {"weight_decay": 0.05},
    ],
    "Adam": [
        {},
        {"learning_rate": 0.01, "beta_1": 0.8, "beta_2": 0.99, "epsilon": 1e-4},
        {"amsgrad": True},
        {"weight_decay": 0.02},
        {"global_clipnorm": 0.5},
    ],
    "AdamW": [{}, {"weight_decay": 0.1, "clipnorm": 0.3}],
}


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(("name", "arguments"), [(n, a) for n, many in CASES.items() for a in many], ids=str)
def test_fifty_steps_as_keras(name, arguments, dtype):
    set_floatx(dtype)
    rng = np.random.default_rng(0)
    ours = [rng.normal(size=shape).astype(dtype) for shape in ((4, 3), (3,))]
    theirs = [keras.Variable(w) for w in ours]
    optimizer = getattr(glassnet.optimizers, name)(**arguments)
    twin = getattr(keras.optimizers, name)(**arguments)
    for step in range(50):
        gradients = [(rng.normal(size=w.shape) * (1 + step % 3)).astype(dtype) for w in ours]
        kept = [g.copy() for g in gradients]
        optimizer.apply(gradients, ours)
        twin.apply([keras.ops.convert_to_tensor(g) for g in gradients], theirs)
        assert all(np.array_equal(a, b) for a, b in zip(gradients, kept, strict=True))
    assert distance(ours, [w.numpy() for w in theirs]) < LIMIT[dtype]


def test_zero_gradients_move_nothing_and_clip_nothing():
    for cls in set(glassnet.optimizers.OPTIMIZERS.values()):
        w = [np.ones((2, 2), "float32")]
        cls(clipnorm=1.0, **({"weight_decay": 0.0} if cls.__name__ == "AdamW" else {})).apply([w[0] * 0], w)
        assert np.array_equal(w[0], np.ones((2, 2)))


@pytest.mark.parametrize("name", ["SGD", "RMSprop", "Adam"])
def test_what_is_kept_of_gradients_long_past_needs_no_denormal_numbers(name):
    optimizer = getattr(glassnet.optimizers, name)(**({} if name == "Adam" else {"momentum": 0.9}))
    W = np.ones((3, 2), "float32")
    optimizer.apply([np.full_like(W, 1e-3)], [W])
    for _ in range(2000):
        optimizer.apply([np.zeros_like(W)], [W])
    kept = np.abs([a for state in optimizer.state for a in state.values()])
    assert not ((kept > 0) & (kept < np.finfo("float32").tiny)).any()


def test_wrong_use_is_named():
    optimizers = glassnet.optimizers
    with pytest.raises(ValueError, match="did you mean 'adam'"):
        optimizers.get("adamm")
    with pytest.raises(ValueError, match="only one of"):
        optimizers.SGD(clipnorm=1.0, clipvalue=1.0)
    for rate in (-0.1, float("nan"), "fast"):
        with pytest.raises(ValueError, match="learning_rate"):
            optimizers.Adam(learning_rate=rate)
    with pytest.raises(ValueError, match="momentum"):
        optimizers.SGD(momentum=1.5)
    sgd = optimizers.SGD()
    sgd.apply([np.ones(2)], [np.ones(2)])
    with pytest.raises(ValueError, match="a new one for each model"):
        sgd.apply([np.ones(2)] * 2, [np.ones(2)] * 2)
    with pytest.raises(TypeError, match="Adam has no argument lr: did you mean learning_rate"):
        optimizers.Adam(lr=0.1)


@pytest.mark.parametrize("name", glassnet.optimizers.OPTIMIZERS)
def test_names_and_configurations(name):
    made = glassnet.optimizers.get(name.upper())
    assert type(made)(**made.get_config()).get_config() == made.get_config()
    assert type(made).__name__ == type(keras.optimizers.get(name)).__name__
    for argument, value in made.get_config().items():
        theirs = keras.optimizers.get(name).get_config()[argument]
        assert argument == "name" or value == pytest.approx(theirs), argument


def test_a_negative_clip_is_refused():
    for name in ("clipnorm", "clipvalue", "global_clipnorm"):
        with pytest.raises(ValueError, match=r"clipped at a number from 0 upwards, got \[-1\]"):
            glassnet.optimizers.SGD(**{name: -1})
