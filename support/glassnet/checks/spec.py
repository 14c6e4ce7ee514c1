"""The words an assignment is described in: functions, cases, known mistakes and edge cases.

An assignment is a module `glassnet.checks.<slug>` that holds one `Assignment` named `ASSIGNMENT`. Data are
made by functions of a NumPy generator, so that visible and hidden checks share one description and differ
in their seed only.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True)
class Edge:
    """A case at the border of what a function must cope with.

    Args:
        title: completes "edge case: …".
        arguments: makes the arguments from a NumPy generator.
        raises: whether a ValueError is the right answer (otherwise: the reference's result).
        quiet: whether a NumPy warning (overflow, division by zero) is a mistake.
        steps: how many steps of Python the answer may take, where a loop over every number is too slow.
        hint: what to look at when the case fails.
        wrong: what to look at instead when `quiet` and the result is made of ordinary numbers, of wrong ones.
        judge: judges the result instead of the reference, as a function's `judge` does.
        look: what to find out about a model, instead of the function's `look`.
        covers: whether it asks for all that the function's cases do, and more. An answer that passes all
            edge cases is then not tried on those: a network is trained once, not twice.
    """

    title: str
    arguments: Callable
    raises: bool = False
    quiet: bool = False
    steps: int | None = None
    hint: str = ""
    wrong: str = ""
    judge: Callable | None = None
    look: Callable | None = None
    covers: bool = False


def refuses(title, arguments, hint=""):
    """Edge case that must raise ValueError."""
    return Edge(title, arguments, raises=True, hint=hint)


def accepts(title, arguments, hint=""):
    """Edge case that must give the reference's result."""
    return Edge(title, arguments, hint=hint)


def stays_finite(title, arguments, hint="", wrong=""):
    """Edge case that must give the reference's result without NaN, infinity or a NumPy warning."""
    return Edge(title, arguments, quiet=True, hint=hint, wrong=wrong)


def is_fast(title, arguments, steps, hint=""):
    """Edge case on many numbers that must be done in at most `steps` lines of Python."""
    return Edge(title, arguments, steps=steps, hint=hint)


def behaves(title, arguments, judge, steps=None, hint="", covers=False):
    """Edge case whose result is judged by what it does, without a reference."""
    return Edge(title, arguments, steps=steps, hint=hint, judge=judge, covers=covers)


@dataclass(frozen=True)
class Function:
    """One function a student writes, and all that is known about it.

    Args:
        name: its name in the notebook.
        reference: a correct version, the oracle. The names of its arguments are the assignment's.
        cases: makes a list of argument tuples from a NumPy generator. A square one comes first, in which
            a swapped axis still gives a result, so that the mistake can be recognised; the others have
            sizes that differ, so that it always shows.
        returns: what comes back, in words and letters: "an array (n, m)".
        parts: where several things come back, their names, as in `glassnet.checks.compare.difference`.
        mistakes: wrong formulas that real answers contain, under their hints; the first that gives the
            received result is named. A hint completes "This looks like …" and says where to look, never
            the solution.
        edges: edge cases, in the order they are tried.
        variants: which of `VARIANTS` to try on the first case: same numbers, other kind of array.
        uses: functions of the same assignment the answer may build on. Where its own versions of them are
            wrong, the answer is checked once more on correct ones, so that a mistake costs points once.
        judge: where many results are right, as with random ones, this judges them: a function of (received,
            arguments, again) that returns None or a sentence on what is wrong and where to look. The
            reference's result then stands for type, shape and dtype only. `again(*arguments)` calls the
            answer once more; every call gets copies of its arguments, a random generator included. With
            `look=` it looks at the model in another way: what costs more, when all else was right.
        lazy: whether a generator is as good as the list of what it yields.
        look: where the result is a Keras model, or an argument is one to be trained: a function of the
            arguments that says what to find out about it (`glassnet.checks.models.Look`). The judge then
            receives a `View`, plain data, in place of the model, and the reference is not called. An argument
            that is a model is a `Recipe`.
        modules: modules allowed for this function, where they are fewer than the assignment's.
        precision: dtype whose tolerance applies: "float32" where the numbers come from a Keras model.
    """

    name: str
    reference: Callable
    cases: Callable
    returns: str
    parts: tuple | list = ()
    mistakes: dict[str, Callable] = field(default_factory=dict)
    edges: tuple[Edge, ...] = ()
    variants: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    judge: Callable | None = None
    lazy: bool = False
    look: Callable | None = None
    modules: tuple[str, ...] | None = None
    precision: str = "float64"


@dataclass(frozen=True)
class Assignment:
    """The functions of one assignment and the modules its answers may use.

    Args:
        slug: the assignment's folder name.
        modules: importable names allowed beside Python's standard library, such as "numpy"; a dotted name
            allows that part of a package only.
        functions: in the order of the notebook.
    """

    slug: str
    modules: tuple[str, ...]
    functions: tuple[Function, ...]

    def __getitem__(self, name):
        """Function of that name; ValueError names those there are."""
        for function in self.functions:
            if function.name == name:
                return function
        names = ", ".join(function.name for function in self.functions)
        raise ValueError(f"The assignment {self.slug!r} has no function {name!r}; it has {names}")


def map_values(change, value):
    """Return `value` with everything in its tuples, lists and dictionaries replaced by `change(…)` of it."""
    if isinstance(value, tuple | list):
        return type(value)(map_values(change, item) for item in value)
    if isinstance(value, dict):
        return {key: map_values(change, item) for key, item in value.items()}
    return change(value)


def map_arrays(change, value):
    """Return `value` with every array in it replaced by `change(array)`."""
    return map_values(lambda item: change(item) if isinstance(item, np.ndarray) else item, value)


def _read_only(array):
    array = array.copy()
    array.flags.writeable = False
    return array


def _strided(array):
    """Same numbers as a view whose neighbours lie two places apart in memory."""
    wide = np.zeros((*array.shape[:-1], 2 * array.shape[-1]), array.dtype)
    wide[..., ::2] = array
    return wide[..., ::2]


CUT = "An array of integers cuts off decimals that are written into it."


def _whole(array):
    return np.rint(3 * array).astype(np.int64)


VARIANTS = {
    "integers": ("whole numbers", _whole, CUT),
    "integer_inputs": ("whole numbers in the first argument, decimals in the others", _whole, CUT),
    "float32": (
        "dtype float32",
        lambda array: array.astype(np.float32),
        "Images and weights usually come as float32.",
    ),
    "read_only": (
        "read-only arrays",
        _read_only,
        "Inputs are never changed: build a new array.",
    ),
    "strided": (
        "slices of larger arrays",
        _strided,
        "Numbers of a slice do not lie side by side in memory.",
    ),
}
