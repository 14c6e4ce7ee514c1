"""Checks whose student lives in another process find exactly what they find in their own."""

import contextlib
import io
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from glassnet.checks import Checks, engine, remote, wire

sys.path.insert(0, str(Path(__file__).parents[1] / "answers"))
from bank import answers, notebook

STUDENT = """
import json, sys
from glassnet.checks.remote import serve
for line in sys.stdin:
    namespace = {"__name__": "__main__"}
    exec("import numpy as np", namespace)
    try:
        exec(compile(json.loads(line), "<answer>", "exec"), namespace)
    except Exception:
        pass
    serve(namespace)
"""


@pytest.fixture
def student(monkeypatch):
    """Function that gives another process an answer and returns Checks that ask there."""
    here, there = socket.socketpair()
    env = {**os.environ, "CLASSROOM_SIDE": "student", "CLASSROOM_CHANNEL": str(there.fileno())}
    command = [sys.executable, "-c", STUDENT]
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        env=env,
        pass_fds=[there.fileno()],
        stderr=subprocess.DEVNULL,
        text=True,
    )
    there.close()
    monkeypatch.setattr(remote, "_line", here)
    monkeypatch.setattr(engine, "side", lambda: "tests")

    def given(slug, code):
        if process.poll() is None and given.asked:
            here.sendall(bytes(16))
        given.asked = True
        process.stdin.write(json.dumps(code) + "\n")
        process.stdin.flush()
        return Checks(slug, {})

    given.asked = False
    given.process = process
    yield given
    process.kill()
    process.wait()
    process.stdin.close()
    here.close()


def feedback(checks, function):
    with contextlib.redirect_stdout(io.StringIO()):
        points = checks.run(function, points=2, seed=3, edge_cases=True)
    return float(points), points.feedback


@pytest.mark.parametrize("slug", ["neurons", "losses", "backprop", "optimizers"])
def test_answers_of_the_bank_get_the_same_points_and_words(student, slug, monkeypatch):
    for answer in answers(slug)[::8]:
        away = feedback(student(slug, answer.code), answer.function)
        namespace = {"__name__": "__main__", "np": np}
        with contextlib.suppress(Exception):
            exec(compile(answer.code, "<answer>", "exec"), namespace)
        with monkeypatch.context() as here:
            here.setattr(engine, "side", lambda: None)
            assert away == feedback(Checks(slug, namespace), answer.function), answer.name


def test_objects_of_lent_functions_work_from_there(student, monkeypatch):
    """A cross-validation builds models of the checks, fits and asks them, over the socket."""
    chosen = [answer for answer in answers("house_prices") if answer.function == "cross_validate"]
    folds = next(a.code for a in answers("house_prices") if a.function == "k_fold_indices" and a.right)
    error = "def mean_absolute_error(a, b):\n    return float(np.mean(np.abs(a - b)))\n"
    for answer in [chosen[0], chosen[6], *chosen[-3:]]:
        code = "\n".join((folds, error, answer.code))
        away = feedback(student("house_prices", code), "cross_validate")
        namespace = {"__name__": "__main__", "np": np}
        exec(compile(code, "<answer>", "exec"), namespace)
        with monkeypatch.context() as here:
            here.setattr(engine, "side", lambda: None)
            assert away == feedback(Checks("house_prices", namespace), "cross_validate"), answer.name
        assert answer.fragment in away[1].text
        assert not answer.right or away[0] == 2, away


def test_lent_functions_draw_from_the_generator_of_the_student(student):
    """A right loop on a wrong minibatches is judged on a lent one: its order is new in every epoch."""
    loop = next(a.code for a in answers("training_loop") if a.function == "fit" and a.name == "uphill")
    begin = next(a.code for a in answers("training_loop") if a.function == "init_params" and a.right)
    wrong = "def minibatches(X, y, batch_size, rng):\n    return [(X, y)]\n"
    given = next(
        cell.source for cell in notebook("solutions", "training_loop").cells if cell.get("id") == "given"
    )
    code = "\n".join(
        (given, begin, wrong, loop.replace("W + learning", "W - learning").replace("b + l", "b - l"))
    )
    points = student("training_loop", code).run("fit")
    assert points.feedback.passed, points.feedback.text


def test_a_generator_of_no_known_kind_is_refused():
    codec = wire.Codec({}, lambda value: None, remote._nobodys)
    form = codec.encode(np.random.default_rng(1), [])
    assert codec.decode(form, []).random() == np.random.default_rng(1).random()
    form["rng"]["dict"][0][1] = "seed"
    with pytest.raises(wire.WireError, match="no known form"):
        codec.decode(form, [])


def test_tests_without_checks_borrow_names(student):
    student(
        "neurons",
        "def double(x, times=2):\n    return times * x\n\ntable = {'a': np.arange(3)}\nop = object()",
    )
    namespace = {"np": np}
    remote.borrow(namespace, "double(3); table; missing; np; op")
    assert namespace["double"](np.ones(2), times=3).tolist() == [3, 3]
    assert namespace["table"]["a"].tolist() == [0, 1, 2]
    assert "missing" not in namespace
    assert namespace["op"] != 1
    with pytest.raises(RuntimeError, match="TypeError"):
        namespace["double"]()


def test_a_student_that_is_gone_ends_the_cell(student):
    checks = student("neurons", "import os\ndef relu(Z):\n    os._exit(0)")
    with pytest.raises(remote.StudentGone):
        checks.run("relu")


class Refuser:
    def __reduce__(self):
        raise AssertionError("pickled")


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        10**40,
        0.1,
        float("nan"),
        float("-inf"),
        1 + 2j,
        "é\ud800",
        ...,
        (1, [2.0, {"a": (None,)}]),
        np.arange(6.0).reshape(2, 3),
        np.asfortranarray(np.arange(6).reshape(2, 3)),
        np.array(3, dtype=np.float16),
        np.float32(0.1),
        np.array(["ab", "c"]),
        np.zeros((0, 3), bool),
    ],
)
def test_plain_values_arrive_as_they_are(value):
    blobs = []
    codec = wire.Codec({}, lambda value: None, lambda handle: None)
    form = json.loads(json.dumps(codec.encode(value, blobs)))
    arrived = codec.decode(form, blobs)
    assert type(arrived) is type(value)
    np.testing.assert_equal(arrived, value)
    if isinstance(value, np.ndarray):
        assert (arrived.dtype, arrived.flags.fnc, arrived.flags.writeable) == (
            value.dtype,
            value.flags.fnc,
            True,
        )


@pytest.mark.parametrize(
    "value",
    [Refuser(), np.array([Refuser()]), [Refuser()], np.ma.array([1.0]), type("Fake", (float,), {})(1)],
)
def test_objects_arrive_as_a_name(value):
    codec, blobs = wire.Codec({}, lambda value: None, lambda handle: None), []
    arrived = codec.decode(codec.encode(value, blobs), blobs)
    arrived = arrived[0] if type(value) is list else arrived
    assert isinstance(arrived, wire.Opaque)
    assert not blobs


@pytest.mark.parametrize(
    "form",
    [
        {"array": 0, "dtype": "O", "shape": [1], "order": "C"},
        {"array": 0, "dtype": "<f8", "shape": [10**12], "order": "C"},
        {"array": 0, "dtype": "<f8", "shape": [-1], "order": "C"},
        {"array": 7, "dtype": "<f8", "shape": [1], "order": "C"},
        {"rng": {"dict": []}},
        {"yours": 0},
        {"record": "Popen", "fields": {}},
        {"dict": [[{"list": []}, 1]]},
        {"int": 5},
        [1],
        7,
        {},
    ],
)
def test_odd_forms_are_errors(form):
    codec = wire.Codec({}, lambda value: None, remote._nobodys)
    with pytest.raises((wire.WireError, TypeError, ValueError, LookupError)):
        codec.decode(form, [memoryview(bytes(8))])


def test_a_frame_that_is_too_long_is_refused_before_it_is_read():
    here, there = socket.socketpair()
    with here, there:
        there.sendall(wire.HEADER.pack(1 << 40, 1 << 40))
        with pytest.raises(wire.WireError, match="too many"):
            wire.receive(here)
