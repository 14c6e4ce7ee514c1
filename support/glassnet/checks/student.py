"""Calling a student's function safely: whatever it does comes back as an `Outcome`, as plain data.

This is the only place where checks touch the student's code. It is reached by name and by value, so a
grader can run it in another process than the checks themselves.
"""

import contextlib
import copy
import inspect
import io
import itertools
import linecache
import logging
import os
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from .guard import Guard, StepsExceeded, Trusted
from .models import Look, Recipe, prepare, view
from .spec import map_arrays, map_values

STEPS = 500_000
ITEMS = 100_000  # of a generator; one with more is taken for endless


@dataclass
class Outcome:
    """What one call did.

    Attributes:
        value: what was returned.
        error: name of the exception that came out, or None.
        message: that exception's text, in one line.
        where: the student's line it came from, or "".
        foreign: module that is not allowed and was used, or None.
        changed: which arguments were changed in place.
        warned: texts of NumPy's floating-point warnings.
        slow: whether it was stopped after too many steps.
        look: what was to be found out about a model; noted by who asked, not by this side.
    """

    value: object = None
    error: str | None = None
    message: str = ""
    where: str = ""
    foreign: str | None = None
    changed: list = field(default_factory=list)
    warned: list = field(default_factory=list)
    slow: bool = False
    look: Look | None = None


class Student:
    """The student's functions: a notebook's namespace, looked up anew at every call.

    Args:
        namespace: `globals()` of the notebook.
        modules: modules the answers may use beside the standard library.
    """

    def __init__(self, namespace: dict, modules: tuple[str, ...]):
        self.namespace = namespace
        self.guard = Guard(namespace, modules)

    def allow(self, modules: tuple[str, ...]):
        """Change which modules answers may use."""
        self.guard.allow(modules)

    def problem(self, name: str, arguments: tuple[str, ...]) -> str | None:
        """Sentence that says why `name` cannot be called with these arguments, or None."""
        if name not in self.namespace:
            return (
                f"There is no `{name}` yet. Run the cell that defines it; "
                "if that cell stops with an error, the function is not made."
            )
        function = self.namespace[name]
        if not callable(function):
            return (
                f"`{name}` is {kind(function)}, not a function. Was the name used again for something else?"
            )
        with contextlib.suppress(Exception), self.contained():
            try:
                inspect.signature(function).bind(*arguments)
            except TypeError:
                given = ", ".join(inspect.signature(function).parameters)
                return f"`{name}` must take the arguments ({', '.join(arguments)}); yours takes ({given})."
        return None

    def foreign(self, name: str, skip: tuple[str, ...] = ()) -> str | None:
        """Module that is not allowed and that the function `name` refers to, or None.

        Args:
            name: the function.
            skip: functions it may call; what they refer to is their own affair.
        """
        with self.contained():
            return self.guard.scan(self.namespace.get(name), skip)

    def call(
        self,
        name: str,
        arguments: tuple,
        steps: int = STEPS,
        replace: Mapping | None = None,
        lazy: bool = False,
        look: Look | None = None,
    ) -> Outcome:
        """Call `name` on a copy of `arguments`.

        Args:
            name: the function.
            arguments: positional arguments.
            steps: lines of the student's Python after which the call is stopped.
            replace: functions that stand in for the student's of the same name meanwhile.
            lazy: whether to run a generator to its end and take the list of what it yields.
            look: what to find out about a Keras model; the outcome's value is then a `View`.
        """
        outcome = Outcome()
        with self.contained():  # TensorFlow talks while it is imported
            given = map_values(_lend, _copied(arguments))
            if look:
                prepare(look)
        with self.contained() as caught, self.guard.watch(steps, replace or {}):
            try:
                outcome.value = self.namespace[name](*given)
                if lazy and isinstance(outcome.value, Iterator):
                    outcome.value = list(itertools.islice(outcome.value, ITEMS))
                if look:
                    outcome.value = _seen(look, given, outcome.value)
            except KeyboardInterrupt:
                raise
            except BaseException as error:
                outcome.error = type(error).__name__
                outcome.message = _text_of(error)
                outcome.where = self._where(error)
                outcome.slow = isinstance(error, StepsExceeded)
        endless = lazy and isinstance(outcome.value, list) and len(outcome.value) >= ITEMS
        outcome.slow = outcome.slow or endless or self.guard.exceeded
        outcome.foreign = self.guard.foreign
        outcome.warned = [str(w.message) for w in caught if issubclass(w.category, RuntimeWarning)]
        outcome.changed = [i for i, pair in enumerate(zip(arguments, given, strict=True)) if not same(*pair)]
        return outcome

    @contextlib.contextmanager
    def contained(self):
        """Keep output, warnings and log lines of the student's code out of the cell's own output."""
        with (
            unlogged(),
            contextlib.redirect_stdout(_Discard()),
            contextlib.redirect_stderr(_Discard()),
            _descriptors_discarded(),
            warnings.catch_warnings(record=True) as caught,
            np.errstate(divide="warn", over="warn", invalid="warn", under="ignore"),
        ):
            warnings.simplefilter("always")
            yield caught

    def _where(self, error):
        trace, place = error.__traceback__, ""
        while trace is not None:
            frame = trace.tb_frame
            if frame.f_globals is self.namespace:
                line = linecache.getline(frame.f_code.co_filename, trace.tb_lineno).strip()
                place = f"line {trace.tb_lineno} of its cell" + (f", `{line}`" if line else "")
            trace = trace.tb_next
        return place


@contextlib.contextmanager
def unlogged():
    """Keep log lines back. Inside another such block this costs nothing; else every logger has to be told."""
    level = logging.root.manager.disable
    if level >= logging.CRITICAL:
        yield
        return
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(level)


class _Discard(io.TextIOBase):
    """A stream that takes everything and keeps nothing."""

    encoding = "utf-8"

    def writable(self):
        return True

    def write(self, text):
        return len(text)


@contextlib.contextmanager
def _descriptors_discarded():
    """Discard what compiled code writes to the process's own output and error streams."""
    kept = []
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for descriptor in (1, 2):
            kept.append((os.dup(descriptor), descriptor))
            os.dup2(nowhere, descriptor)
        os.close(nowhere)
    except OSError:  # a process without these streams has nothing to keep quiet
        pass
    try:
        yield
    finally:
        for copy_, descriptor in kept:
            os.dup2(copy_, descriptor)
            os.close(copy_)


def _copied(arguments):
    """Deep copy in which arrays stay read-only, and slices slices: `deepcopy` makes plain arrays of both."""
    memo = {}
    map_arrays(lambda array: memo.setdefault(id(array), _twin(array)), arguments)
    return copy.deepcopy(arguments, memo)


def _twin(array):
    """Copy of an array, with the same gaps between its numbers in memory."""
    base, twin = array.base, array.copy(order="K")
    plain = type(array) is np.ndarray and type(base) is np.ndarray and not array.dtype.hasobject
    if plain and base.flags.c_contiguous:
        offset = array.ctypes.data - base.ctypes.data
        twin = np.ndarray(array.shape, array.dtype, base.copy(), offset, array.strides)
    twin.flags.writeable = array.flags.writeable
    return twin


def _lend(value):
    if isinstance(value, Recipe):
        return value.keras()
    return Trusted(value) if callable(value) else value


def _seen(look, given, returned):
    """View of the model returned; if the look is at an argument, of that one, with what was returned."""
    if look.at is None:
        return view(returned, look, kind)
    found = view(given[look.at], look, kind)
    found.returned = returned
    return found


def _text_of(error):
    try:
        text = " ".join(str(error).split())
    except Exception:
        return ""
    return text if len(text) <= 160 else text[:157] + "…"


def kind(value) -> str:
    """A value's type in words a beginner knows: "a list", "an int", "None"."""
    if value is None:
        return "None"
    name = type(value).__name__
    if isinstance(value, np.ndarray) and type(value) is np.ndarray:
        return "an array"
    return f"{'an' if name[0].lower() in 'aeiou' else 'a'} {name}"


def same(before, after) -> bool:
    """Whether nothing about `before` differs in `after`, down to the last bit of its arrays."""
    if isinstance(before, np.ndarray):
        return (
            type(after) is type(before)
            and before.shape == after.shape
            and before.dtype == after.dtype
            and np.array_equal(before, after, equal_nan=before.dtype.kind in "fc")
        )
    if type(before) in (tuple, list):
        return type(after) is type(before) and len(before) == len(after) and all(map(same, before, after))
    if type(before) is dict:
        return (
            type(after) is dict
            and list(before) == list(after)
            and all(same(before[k], after[k]) for k in before)
        )
    if type(before) in (int, float, str, bool, type(None)):
        both_nan = before != before and after != after
        return type(before) is type(after) and (before == after or both_nan)
    return True
