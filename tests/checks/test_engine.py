"""The order of looking, the messages, and that nothing a student writes gets out of a check."""

# ruff: noqa: E501

import numpy as np
import pytest
from glassnet.checks import Checks
from glassnet.checks.engine import arguments_of
from glassnet.checks.guard import Trusted
from glassnet.checks.neurons import ASSIGNMENT
from glassnet.checks.spec import VARIANTS, Assignment, Function, behaves, refuses
from glassnet.checks.student import Student
from IPython.core.formatters import DisplayFormatter

RELU = "def relu(Z):\n    return np.maximum(Z, 0)"


@pytest.fixture
def notebook(monkeypatch):
    """Run cells in a namespace like a notebook's: returns that namespace and its checks."""
    monkeypatch.setattr("glassnet.checks.engine.STEPS", 20_000)  # what has no end is found out sooner

    def run(*cells):
        names = {"__name__": "__main__", "np": np}
        names["checks"] = Checks("neurons", names)
        for cell in cells:
            exec(cell, names)
        return names, names["checks"]

    return run


def stage(points):
    return points.feedback.stage


@pytest.mark.parametrize(
    ("cell", "expected_stage", "fragment"),
    [
        ("", "exists", "There is no `relu` yet."),
        ("relu = 3", "exists", "`relu` is an int, not a function."),
        ("def relu(Z, W): return Z", "exists", "must take the arguments (Z); yours takes (Z, W)"),
        ("def relu(Z): raise NotImplementedError()", "exists", "not written yet"),
        ("def relu(Z): return Z.foo", "runs", "AttributeError"),
        ("def relu(Z): raise SystemExit(1)", "runs", "leaves Python with SystemExit"),
        ("def relu(Z): return relu(Z)", "runs", "calls itself without end"),
        ("def relu(Z):\n    while True: pass", "runs", "went on and on"),
        (
            "def relu(Z):\n    while True:\n        try: 1 / 0\n        except Exception: pass",
            "runs",
            "went on and on",
        ),
        ("def relu(Z): pass", "type", "returns None"),
        ("def relu(Z): return ...", "type", "`...`"),
        ("def relu(Z): return np.maximum(Z, 0).tolist()", "type", "must be a NumPy array, not a list"),
        (
            "def relu(Z): return np.maximum(Z, 0).T",
            "shape",
            "has shape (4, 3), expected (3, 4). Rows and columns",
        ),
        ("def relu(Z): return np.maximum(Z, 0)[None]", "shape", "an axis of length 1 too many"),
        ("def relu(Z): return np.maximum(Z, 0).astype(object)", "dtype", "dtype object, expected float64"),
        ("def relu(Z): return np.maximum(Z, 0) + 0j", "dtype", "complex128"),
        ("def relu(Z): return 3 * np.maximum(Z, 0)", "values", "Your result is 3 times the correct one."),
        ("def relu(Z): return np.maximum(Z, 0) + 1", "values", "the correct one plus 1 everywhere"),
        ("def relu(Z): return np.maximum(Z, 0) * np.nan", "values", "contains NaN (not a number) at [0, 0]"),
    ],
)
def test_first_failing_stage_is_told(notebook, cell, expected_stage, fragment):
    _, checks = notebook(cell)
    points = checks.run("relu")
    assert (float(points), stage(points)) == (0.0, expected_stage)
    assert fragment in points.feedback.text


def test_worst_entry_is_the_worst(notebook):
    _, checks = notebook(
        "def relu(Z):\n    A = np.maximum(Z, 0)\n    A.flat[1] += 1e-3\n    A.flat[-1] += 7\n    return A"
    )
    text = checks.run("relu").feedback.text
    assert "2 of 12 entries are off; the worst at [2, 3]" in text


HOSTILE = [
    "class W:\n    def __array__(self, *a, **k): raise SystemExit\n    def __eq__(self, o): raise KeyError",
    "class W:\n    __class__ = property(lambda self: 1 / 0)",
    "class M(type):\n    __name__ = property(lambda cls: 1 / 0)\nclass W(metaclass=M): pass",
    "class W(np.ndarray):\n    def __new__(cls): return np.zeros((3, 4)).view(cls)\n    shape = property(lambda self: 1 / 0)",
    "class W(float):\n    def __float__(self): raise SystemExit",
    "class W(dict):\n    __len__ = __iter__ = None",
    "class W(Exception):\n    def __str__(self): raise ValueError\ndef relu(Z): raise W",
    "import sys\ndef W(): sys.settrace(None); raise BaseException('!')",
    "def W():\n    yield 1",
    "def W(): del globals()['checks'], globals()['relu']",
]


@pytest.mark.parametrize("cell", HOSTILE)
@pytest.mark.parametrize("function", [f.name for f in ASSIGNMENT.functions])
def test_nothing_gets_out_of_a_check(notebook, cell, function):
    names, checks = notebook(cell, f"def {function}(*args): return W()", cell)
    points = checks.run(function, points=2, seed=3, edge_cases=True)
    assert float(points) == 0.0
    assert "checks" in names or "del globals" in cell


def test_interrupt_gets_through(notebook):
    _, checks = notebook("def relu(Z): raise KeyboardInterrupt")
    with pytest.raises(KeyboardInterrupt):
        checks.run("relu")


def test_only_the_feedback_is_printed_whatever_the_answer_prints(notebook, capfd):
    noise = (
        "import os, sys, warnings, logging\n"
        "logging.basicConfig()\n"
        "def relu(Z):\n"
        "    print('loud'); print('loud', file=sys.stderr); os.write(1, b'loud'); os.write(2, b'loud')\n"
        "    warnings.warn('loud'); logging.error('loud'); sys.__stderr__.write('loud')\n"
        "    return np.maximum(Z, 0)"
    )
    _, checks = notebook(noise)
    assert checks.run("relu", points=3, edge_cases=True) == 3.0
    out, err = capfd.readouterr()
    assert "loud" not in out
    assert out.startswith("relu: right.")
    assert err == ""


def test_validate_shows_the_feedback_of_a_failed_check_and_of_no_other(notebook, capsys, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    _, checks = notebook(RELU)
    checks.run("relu")
    assert capsys.readouterr().err == ""
    checks.run("tanh")
    assert "There is no `tanh` yet." in capsys.readouterr().err


def test_points_are_a_bare_number_for_nbgrader_and_a_badge_for_readers(notebook):
    _, checks = notebook(RELU)
    points = checks.run("relu", points=3, edge_cases=True)
    data, _ = DisplayFormatter().format(points)
    assert data["text/plain"] == "3.0"
    assert "✓ relu: 3 of 3 points" in data["text/html"]
    record = data["application/vnd.glassnet.check+json"]
    assert (record["function"], record["stage"], record["points"], record["maximum"]) == (
        "relu",
        "passed",
        3.0,
        3.0,
    )


def test_edge_cases_are_half_of_the_points(notebook):
    _, checks = notebook("def relu(Z):\n    Z[Z < 0] = 0\n    return Z")
    assert checks.run("relu") == 1.0
    assert "But it changes `Z` in place." in checks.run("relu").feedback.text
    points = checks.run("relu", points=2, edge_cases=True)
    assert (float(points), stage(points)) == (1.0, "edge cases")


def test_arrays_arrive_as_they_are_made():
    _, read_only, _ = VARIANTS["read_only"]
    _, strided, _ = VARIANTS["strided"]
    names = {"__name__": "__main__"}
    exec("def look(*arrays): return [(a.flags.writeable, a.strides, a.tolist()) for a in arrays]", names)
    plain = np.arange(12.0).reshape(3, 4)
    given = (plain, read_only(plain), strided(plain), plain.T, plain[::-1, 1:], [plain + 1])
    seen = Student(names, ("numpy",)).call("look", given[:-1]).value
    assert seen == [(a.flags.writeable, a.strides, a.tolist()) for a in given[:-1]]
    assert [writeable for writeable, *_ in seen] == [True, False, True, True, True]
    exec("def change(a, b, c, d, e, f): c[:] = 7; e[:] = 8; f[0][:] = 9", names)
    outcome = Student(names, ("numpy",)).call("change", given)
    assert outcome.changed == [2, 4, 5]
    np.testing.assert_array_equal(plain, np.arange(12.0).reshape(3, 4))


def test_nan_in_a_list_is_not_taken_for_a_change():
    names = {"__name__": "__main__"}
    exec("def look(values): return len(values)", names)
    outcome = Student(names, ("numpy",)).call("look", ([0.5, float("nan")],))
    assert (outcome.value, outcome.changed) == (2, [])


def test_writing_into_a_read_only_input_is_told(notebook):
    cell = """
def relu(Z):
    if not Z.flags.writeable:
        Z[Z < 0] = 0
    return np.maximum(Z, 0)
"""
    points = notebook(cell)[1].run("relu", points=2, edge_cases=True)
    assert points == 1
    assert points.feedback.text.startswith("Edge case, read-only arrays: It stopped with ValueError")
    assert points.feedback.text.endswith("Inputs are never changed: build a new array.")


def test_other_seeds_are_other_data(notebook):
    answer = "SEEN = {}\ndef relu(Z):\n    return SEEN.setdefault(Z.shape, np.maximum(Z, 0))"
    _, checks = notebook(answer)
    assert checks.run("relu", seed=1) == 1.0
    assert checks.run("relu", seed=2) == 0.0


def test_one_mistake_costs_once_and_the_notebook_stays_as_it_is(notebook):
    broken = [f"def {name}(*a): return None" for name in ("dense", "relu", "softmax")]
    mlp = (
        "def mlp_forward(X, params):\n"
        "    for W, b in params[:-1]:\n        X = relu(dense(X, W, b))\n"
        "    return softmax(dense(X, *params[-1]))"
    )
    names, checks = notebook(*broken, mlp)
    before = dict(names)
    assert checks.run("mlp_forward", points=2, edge_cases=True) == 2.0
    assert checks.run("dense") == 0.0
    assert names == before


def test_an_answer_on_its_own_extended_functions_is_right(notebook):
    cells = (
        "def dense(X, W, b, f=None):\n"
        "    if X.shape[1] != W.shape[0] or b.shape != (W.shape[1],): raise ValueError('shapes')\n"
        "    Z = X @ W + b\n    return Z if f is None else f(Z)",
        RELU,
        "def softmax(Z):\n    E = np.exp(Z - Z.max(-1, keepdims=True))\n    return E / E.sum(-1, keepdims=True)",
        "def mlp_forward(X, params):\n    for W, b in params[:-1]: X = dense(X, W, b, relu)\n"
        "    return dense(X, *params[-1], softmax)",
    )
    _, checks = notebook(*cells)
    assert checks.run("mlp_forward", points=2, edge_cases=True) == 2.0


def test_ready_says_what_is_missing_and_leaves_out_demonstrations_while_grading(
    notebook, capsys, monkeypatch
):
    _, checks = notebook(RELU)
    assert checks.ready("relu")
    assert not checks.ready("relu", "tanh")
    assert "needs a right tanh" in capsys.readouterr().out
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert not checks.ready("relu")


def test_an_author_hears_of_wrong_names():
    with pytest.raises(ValueError, match="There is no assignment 'neuron' to check"):
        Checks("neuron", {})
    with pytest.raises(ValueError, match="has no function 'relo'; it has neuron, dense, relu"):
        Checks("neurons", {}).run("relo")


@pytest.mark.parametrize("function", ASSIGNMENT.functions, ids=lambda f: f.name)
def test_every_known_mistake_is_recognised_by_its_own_hint(function):
    for hint, formula in function.mistakes.items():
        names = {"__name__": "__main__", function.name: Trusted(formula)}
        feedback = Checks("neurons", names).run(function.name).feedback
        assert feedback.mistake == hint, feedback


@pytest.mark.parametrize(
    ("name", "solution"),
    [
        ("neuron", "w @ x"),
        ("dense", "X @ W"),
        ("relu", "maximum(Z"),
        ("softmax", "Z.max("),
        ("sigmoid", "np.exp("),
    ],
)
def test_hints_do_not_contain_the_solution(name, solution):
    function = ASSIGNMENT[name]
    assert not any(solution in text for text in [*function.mistakes, *(case.hint for case in function.edges)])


def test_arguments_are_those_of_the_assignment():
    arguments = {f.name: arguments_of(f) for f in ASSIGNMENT.functions}
    assert arguments == {
        "neuron": ("x", "w", "b", "f"),
        "dense": ("X", "W", "b"),
        "relu": ("Z",),
        "sigmoid": ("Z",),
        "tanh": ("Z",),
        "softmax": ("Z",),
        "mlp_forward": ("X", "params"),
        "count_parameters": ("sizes",),
    }


# ---------------------------------------------------------------- answers that may differ and still be right


def shuffled(X, rng):
    """X with its rows in another order."""
    return [rng.permutation(X)]


def judge_shuffled(received, arguments, again):
    X, rng = arguments
    (rows,) = received
    if not np.array_equal(np.sort(rows, axis=0), np.sort(X, axis=0)):
        return "Rows are missing."
    if not np.array_equal(again(X, rng)[0], rows):
        return "It draws from something else than rng."
    if np.array_equal(again(X, np.random.default_rng(9))[0], rows):
        return "It takes no notice of rng."
    return None


@pytest.fixture
def judged(monkeypatch):
    """Run a cell that defines `shuffled` and return the points of its check."""
    function = Function(
        "shuffled",
        shuffled,
        lambda rng: [(rng.normal(size=(12, 1)), np.random.default_rng(int(rng.integers(1000))))],
        "a list with one array",
        edges=(
            behaves(
                "an empty array",
                lambda rng: (np.ones((0, 1)), rng),
                lambda r, a, again: len(r[0]) and "Too long.",
            ),
            refuses("X is flat", lambda rng: (np.ones(3), rng)),
        ),
        judge=judge_shuffled,
        lazy=True,
    )
    assignment = Assignment("order", ("numpy",), (function,))
    monkeypatch.setattr("glassnet.checks.engine.load", lambda slug: assignment)

    def run(cell, **settings):
        names = {"__name__": "__main__", "np": np}
        exec(cell, names)
        return Checks("order", names).run("shuffled", **settings)

    return run


RIGHT = "if X.ndim != 2: raise ValueError('shape')\n    "


@pytest.mark.parametrize(
    ("body", "expected_stage", "fragment"),
    [
        (RIGHT + "return [rng.permutation(X)]", "passed", "Right."),
        (RIGHT + "yield X[rng.permutation(len(X))]", "passed", "Right."),
        (RIGHT + "return iter([X[rng.random(len(X)).argsort()]])", "passed", "Right."),
        ("return rng.permutation(X)", "type", "must be a list, not an array"),
        ("return [rng.permutation(X)[:3]]", "shape", "has shape (3, 1), expected (12, 1)"),
        ("return [rng.permutation(X).astype(bool)]", "dtype", "dtype bool"),
        ("return [rng.choice(X, len(X))]", "values", "Rows are missing."),
        ("return [np.random.permutation(X)]", "values", "It draws from something else than rng."),
        ("return [np.random.default_rng(1).permutation(X)]", "values", "It takes no notice of rng."),
        ("return [rng.permutation(X)]", "edge cases", "it must raise ValueError"),
        ("yield rng.permutation(X)", "edge cases", "it must raise ValueError"),
        (RIGHT + "return [rng.permutation(X) if len(X) else np.ones(3)]", "edge cases", "Too long."),
        ("yield rng.permutation(X)\n    while True: yield X", "runs", "went on and on"),
        (
            "if 'seen' in globals(): raise KeyError('again')\n    globals()['seen'] = 1\n    return [rng.permutation(X)]",
            "runs",
            "stopped with KeyError",
        ),
    ],
)
def test_a_judge_decides_where_many_results_are_right(judged, body, expected_stage, fragment):
    points = judged(f"def shuffled(X, rng):\n    {body}\n", points=2, edge_cases=True)
    assert points.feedback.stage == expected_stage, points.feedback.text
    assert fragment in points.feedback.text
    assert points == {"passed": 2, "edge cases": 1}.get(expected_stage, 0)


def test_a_lazy_answer_is_watched_while_it_yields(judged):
    points = judged("def shuffled(X, rng):\n    import glassnet\n    yield X")
    assert stage(points) == "own work"
    points = judged(
        "import sklearn.utils\ndef shuffled(X, rng):\n    yield getattr(globals()['sk' + 'learn'].utils, 'shuffle')(X)"
    )
    assert stage(points) == "own work"


@pytest.mark.parametrize(
    ("body", "points", "expected_stage", "asked"),
    [
        ("return n", 2, "passed", [2]),  # right where more is asked: the case is not tried any more
        ("return 1", 1, "edge cases", [2, 1]),
        ("return 0", 0, "values", [2, 1]),
        ("return 2", 2, "passed", [2]),
        ("raise KeyError", 0, "runs", []),
    ],
)
def test_an_edge_case_that_covers_the_cases_spares_them(monkeypatch, body, points, expected_stage, asked):
    seen = []

    def judge(received, arguments, again):
        seen.append(arguments[0])
        return None if received == arguments[0] else "Another number."

    covering = behaves("two", lambda rng: (2,), judge, covers=True)
    function = Function("same", lambda n: n, lambda rng: [(1,)], "a number", edges=(covering,), judge=judge)
    monkeypatch.setattr(
        "glassnet.checks.engine.load", lambda slug: Assignment("numbers", ("numpy",), (function,))
    )
    names = {"__name__": "__main__"}
    exec(f"def same(n):\n    {body}", names)
    found = Checks("numbers", names).run("same", points=2, edge_cases=True)
    assert (found, found.feedback.stage, seen) == (points, expected_stage, asked)
    assert Checks("numbers", names).run("same").feedback.passed == (body in ("return n", "return 1"))
