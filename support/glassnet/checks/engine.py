"""The order of looking at an answer: exists, own work, type, shape, dtype, values, edge cases."""

import copy
import importlib
import os
import sys
import textwrap

import numpy as np

from .compare import close, difference
from .feedback import Feedback, Points
from .models import View
from .remote import Elsewhere, RemoteStudent, StudentGone, side
from .spec import VARIANTS, Assignment, Edge, Function, map_arrays, map_values
from .student import STEPS, Student, unlogged

WIDTH = 88
_DISPLAY_NAMES = {"numpy": "NumPy", "keras": "Keras", "tensorflow": "TensorFlow"}


REMEMBERS = (
    "Called again with the same arguments, it gives another result. Does it keep something from one call to "
    "the next, such as a global variable or an array that is added to in place, or draw random numbers? All "
    "it needs comes in as arguments."
)


class _CalledAgain(Exception):
    """An answer that was right once failed when a judge called it again."""

    def __init__(self, feedback):
        self.feedback = feedback


class Checks:
    """Checks the answers in a notebook.

    Args:
        slug: the assignment, such as "neurons".
        namespace: `globals()` of the notebook; names are looked up anew at every check.

    Raises:
        ValueError: if there is no such assignment.
    """

    def __new__(cls, slug: str, namespace: dict):
        """Checks, or what stands for them where they run in another process."""
        return Elsewhere() if side() == "student" else super().__new__(cls)

    def __init__(self, slug: str, namespace: dict):
        self._assignment = load(slug)
        modules = self._assignment.modules
        self._student = RemoteStudent(modules) if side() == "tests" else Student(namespace, modules)

    def run(self, name: str, points: float = 1, seed: int = 0, edge_cases: bool = False) -> Points:
        """Check the function `name`, print what was found and return the points earned.

        Whatever the student's code does, nothing is raised but KeyboardInterrupt.

        Args:
            name: function of the assignment.
            points: how many it is worth; with edge cases, half of them are for the edge cases.
            seed: chooses the data.
            edge_cases: whether to go on to the edge cases once the values are right.
        """
        function = self._assignment[name]
        feedback, earned = self._judge(function, seed, edge_cases)
        self._show(function, feedback, edge_cases)
        return Points(points * earned, points, feedback)

    def ready(self, *names: str) -> bool:
        """Whether these functions give right values, for demonstrations that use them; says which do not.

        While nbgrader grades or validates nobody looks on: demonstrations are left out, and it says so.
        """
        if "NBGRADER_EXECUTION" in os.environ:
            print("This part is left out while the notebook is graded or validated.")
            return False
        missing = [name for name in names if not self._judge(self._assignment[name], 0, False)[0].passed]
        if missing:
            print(f"This part needs a right {' and '.join(missing)}: come back when the check above says so.")
        return not missing

    def _judge(self, function, seed, edge_cases):
        """Feedback and the share of points earned."""
        self._student.allow(self._modules(function))
        try:
            with unlogged():
                edge, covers = None, any(case.covers for case in function.edges)
                if edge_cases and covers:
                    edge = self._definition(function) or self._edges(function, seed)
                    if not edge:
                        return Feedback(function.name, "passed", "Right."), 1.0
                feedback = self._answer(function, seed)
                if not feedback.passed:
                    return feedback, 0.0
                if edge_cases and not covers:
                    edge = self._edges(function, seed)
                return (edge, 0.5) if edge else (feedback, 1.0)
        except (KeyboardInterrupt, StudentGone):
            raise
        except BaseException as error:  # what came back was so odd that looking at it failed
            text = f"It could not be checked ({type(error).__name__}): it must return {function.returns}."
            return Feedback(function.name, "type", text), 0.0

    def _answer(self, function, seed):
        """Look at everything but the edge cases."""
        feedback = self._definition(function)
        if feedback:
            return feedback
        calls = function.cases(np.random.default_rng(seed))
        feedback, changed = self._values(function, calls, {})
        if feedback and function.uses:
            on_lent, changed = self._values(function, calls, self._lent(function))
            # What is wrong on correct functions is this function's own mistake, so that is what to look at.
            feedback = feedback if on_lent and on_lent.stage == "runs" else on_lent
        if feedback:
            return feedback
        text = "Right."
        if changed:
            text += f" But {_changed_text(function, changed)}"
        return Feedback(function.name, "passed", text)

    def _modules(self, function):
        return self._assignment.modules if function.modules is None else function.modules

    def _definition(self, function):
        name = function.name
        if problem := self._student.problem(name, arguments_of(function)):
            return Feedback(name, "exists", problem)
        if foreign := self._student.foreign(name, function.uses):
            return Feedback(name, "own work", self._foreign_text(function, foreign))
        return None

    def _lent(self, function):
        """Correct versions of the functions an answer may build on."""
        return {name: self._assignment[name].reference for name in function.uses}

    def _values(self, function, calls, lent):
        """Feedback on the first call with a wrong result, and arguments any call changed in place."""
        changed = set()
        for arguments in calls:
            outcome = self._call(function, arguments, lent)
            feedback = self._failure(function, outcome)
            feedback = feedback or self._mismatch(function, arguments, outcome, lent)
            if feedback:
                remembers = feedback.stage == "values" and self._remembering(
                    function, arguments, lent, outcome
                )
                return remembers or feedback, changed
            changed.update(outcome.changed)
        return self._remembering(function, calls[0], lent), changed

    def _remembering(self, function, arguments, lent, wrong=None):
        """Feedback on an answer that gives another result when the same arguments come again, or None.

        `wrong` is the outcome of the first call, where that was a wrong one.
        """
        if function.judge or function.look:  # a judge calls again by itself
            return None
        again = self._call(function, arguments, lent).value
        with np.errstate(all="ignore"), self._student.contained():
            correct = function.reference(*copy.deepcopy(arguments))
            right = close(again, correct, function.precision)
            same = right if wrong is None else not right and not _differ(wrong.value, again, correct)
        return None if same else Feedback(function.name, "values", REMEMBERS)

    def _call(self, function, arguments, lent, steps=None, look=None):
        look = look or (function.look and function.look(*arguments))
        outcome = self._student.call(function.name, arguments, steps or STEPS, lent, function.lazy, look)
        outcome.look = look
        return outcome

    def _failure(self, function, outcome, prefix=""):
        """Feedback on a call that ended in anything but a result."""
        stage = "edge cases" if prefix else "runs"
        if outcome.foreign:
            return Feedback(function.name, "own work", self._foreign_text(function, outcome.foreign))
        if outcome.slow:
            text = "It went on and on and was stopped. Does every loop come to an end?"
        elif outcome.error == "NotImplementedError":
            stage, text = stage if prefix else "exists", "It is not written yet."
        elif outcome.error == "RecursionError":
            text = "It calls itself without end: does it use its own name where another was meant?"
        elif outcome.error in ("SystemExit", "GeneratorExit"):
            text = f"It leaves Python with {outcome.error} instead of returning a result."
        elif outcome.error:
            told = f": {outcome.message}" if outcome.message else ""
            text = f"It stopped with {outcome.error}{told}{'' if told.endswith('.') else '.'}"
            text += f" Look at {outcome.where}." if outcome.where else ""
        else:
            return None
        return Feedback(function.name, stage, prefix + text)

    def _mismatch(self, function, arguments, outcome, lent, prefix="", precision=None, judge=None):
        """Feedback on a result that differs from the reference's, or that its judge finds wrong."""
        if outcome.look and (feedback := self._misfit(function, outcome, prefix)):
            return feedback
        if judge or outcome.look:
            judge = judge or function.judge
            return judge and self._verdict(judge, function, arguments, outcome, lent, prefix)
        with np.errstate(all="ignore"), self._student.contained():
            expected = function.reference(*copy.deepcopy(arguments))
            precision = None if function.judge else precision or function.precision
            found = difference(outcome.value, expected, precision, parts=function.parts)
            mistake = None
            if found and not prefix:
                mistake = self._known_mistake(function, arguments, outcome.value, expected)
        if not found:
            return function.judge and self._verdict(
                function.judge, function, arguments, outcome, lent, prefix
            )
        stage = "edge cases" if prefix else found.stage
        text = found.text
        if mistake:
            text = f"This looks like {mistake}\n{text}"
        elif found.stage in ("type", "shape"):
            text += f" It must return {function.returns}."
        return Feedback(function.name, stage, prefix + text, mistake)

    def _misfit(self, function, outcome, prefix):
        """Feedback on what is no model, or on one that cannot do what it is there for."""
        view, look = outcome.value, outcome.look
        if type(view) is not View:  # nothing came back, or something that is no view
            view = View(kind="nothing to look at")
        if not view.is_model:
            told = {
                "None": "It returns None: a function gives back what stands after `return`.",
                "an ellipsis": "It returns `...`, which stands for what is still to be written.",
            }
            text = told.get(view.kind, f"It returns {view.kind}.") + f" It must return {function.returns}."
            return Feedback(function.name, "edge cases" if prefix else "type", prefix + text)
        if look.like is not None and (found := difference(view.returned, look.like, None)):
            stage = "edge cases" if prefix else found.stage
            return Feedback(function.name, stage, f"{prefix}{found.text} It must return {function.returns}.")
        if view.failed:
            stage = "edge cases" if prefix else "shape" if view.failed == "outputs" else "runs"
            return Feedback(function.name, stage, prefix + _failed_text(view, look))
        return None

    def _verdict(self, judge, function, arguments, outcome, lent, prefix):
        """Feedback on what a judge finds wrong, or None."""

        def again(*arguments, look=None):
            outcome = self._call(function, arguments, lent, look=look)
            feedback = self._failure(function, outcome, prefix)
            if feedback := feedback or (outcome.look and self._misfit(function, outcome, prefix)):
                raise _CalledAgain(feedback)
            return outcome.value

        try:
            with np.errstate(all="ignore"), self._student.contained():
                text = judge(outcome.value, arguments, again)
        except _CalledAgain as failed:
            return failed.feedback
        return text and Feedback(function.name, "edge cases" if prefix else "values", prefix + text, text)

    def _known_mistake(self, function, arguments, received, expected):
        """Hint of the first known mistake that gives what was received, or None."""
        for hint, formula in function.mistakes.items():
            try:
                wrong = formula(*arguments)
            except (ValueError, TypeError, IndexError, ZeroDivisionError, OverflowError):
                continue  # this mistake is not possible with these arguments
            precision = function.precision
            if not close(wrong, expected, precision) and close(received, wrong, precision):
                return hint
        return None

    def _edges(self, function, seed):
        """Feedback on the first edge case that fails, or None."""
        lent = self._lent(function)
        rng = np.random.default_rng([seed, 1])
        for case in (*function.edges, *_variants(function)):
            arguments = case.arguments(rng)
            feedback = self._edge(function, case, arguments, {})
            if feedback and lent:
                feedback = self._edge(function, case, arguments, lent)
            if feedback:
                return feedback
        return None

    def _edge(self, function, case, arguments, lent):
        prefix = f"Edge case, {case.title}: "
        look = case.look and case.look(*arguments)
        outcome = self._call(function, arguments, lent, case.steps, look)
        hint = case.hint
        if case.quiet and not outcome.warned and _ordinary(outcome.value):
            hint = case.wrong  # what is wrong with such numbers is another thing than overflow
        hint = f" {hint}" if hint else ""
        if outcome.foreign:
            return self._failure(function, outcome)
        if case.raises:
            return self._refusal(function, outcome, prefix, hint)
        if case.steps and outcome.slow:
            return Feedback(function.name, "edge cases", prefix + "too many steps of Python." + hint)
        precision = "float32" if "float32" in case.title else None
        feedback = self._failure(function, outcome, prefix)
        feedback = feedback or self._mismatch(
            function, arguments, outcome, lent, prefix, precision, case.judge
        )
        if feedback:
            return Feedback(function.name, "edge cases", feedback.text + hint, feedback.mistake)
        if outcome.changed:
            return Feedback(function.name, "edge cases", prefix + _changed_text(function, outcome.changed))
        if case.quiet and outcome.warned:
            text = f"{prefix}the numbers are right, but NumPy warns: {outcome.warned[0]}.{hint}"
            return Feedback(function.name, "edge cases", text)
        return None

    def _refusal(self, function, outcome, prefix, hint):
        if outcome.error == "ValueError":
            return None
        if outcome.error == "NotImplementedError":
            text = "it is not written yet."
        elif outcome.slow:
            text = "it went on and on instead of raising ValueError."
        elif outcome.error:
            text = f"it stopped with {outcome.error} where ValueError is the right one."
        else:
            text = "it must raise ValueError, but returned a result."
        return Feedback(function.name, "edge cases", prefix + text + hint)

    def _foreign_text(self, function, module):
        modules, root = self._modules(function), module.partition(".")[0]
        if not any(allowed.startswith(root) for allowed in (*modules, "sys")):
            module = root
        allowed = [_DISPLAY_NAMES.get(name, name) for name in (*modules, "Python's standard library")]
        return (
            f"This answer uses `{module}`, so it is not your own work and earns no points. "
            f"Answers here may use {', '.join(allowed[:-1])} and {allowed[-1]} only."
        )

    def _show(self, function, feedback, edge_cases):
        if feedback.passed:
            lines = [f"{function.name}: {feedback.text[0].lower()}{feedback.text[1:]}"]
            if not edge_cases:
                titles = "; ".join(case.title for case in (*function.edges, *_variants(function)))
                lines.append(f"Graded later on other data, and on edge cases: {titles}.")
        else:
            telling = feedback.stage in ("type", "shape", "dtype", "values", "edge cases", "own work")
            lines = [f"{function.name}: not yet" + f" ({feedback.stage})" * telling]
            lines += feedback.text.split("\n")
        text = "\n".join(
            textwrap.fill(line, WIDTH, initial_indent="  " * bool(i), subsequent_indent="  ")
            for i, line in enumerate(lines)
        )
        print(text)
        # nbgrader's Validate shows a failed cell's error stream and nothing else.
        if not feedback.passed and os.environ.get("NBGRADER_EXECUTION") == "validate":
            print(text, file=sys.stderr)


def load(slug: str) -> Assignment:
    """Description of the assignment `slug`; ValueError if there is none."""
    try:
        return importlib.import_module(f"{__package__}.{slug}").ASSIGNMENT
    except (ModuleNotFoundError, AttributeError):
        raise ValueError(f"There is no assignment {slug!r} to check") from None


def arguments_of(function: Function) -> tuple[str, ...]:
    """Names of the arguments the function must take."""
    code = function.reference.__code__
    return code.co_varnames[: code.co_argcount]


def _variants(function):
    """The first case once more, as other kinds of array."""
    for name in function.variants:
        title, change, hint = VARIANTS[name]

        def arguments(rng, change=change, first_only=name == "integer_inputs"):
            case = function.cases(rng)[0]
            if first_only:
                return (map_arrays(change, case[0]), *case[1:])
            return map_arrays(change, case)

        yield Edge(title, arguments, hint=hint)


def _differ(a, b, correct):
    """Whether two results of the correct one's form hold other numbers."""
    alike = close(a, correct, None) and close(b, correct, None)
    return alike and difference(a, b, "float32") is not None


def _ordinary(value):
    """Whether all of a result's numbers are finite."""
    finite = []
    map_values(lambda part: finite.append(_is_finite(part)), value)
    return all(finite)


def _is_finite(value):
    try:
        return bool(np.all(np.isfinite(value)))
    except TypeError:
        return False


def _failed_text(view, look):
    """Which step a model failed at, what it said and what to look at."""
    hint = look.hints.get(view.failed, "")
    if view.failed == "outputs":
        return f"{view.message} {hint}".rstrip()
    shapes = [part.shape for part in (look.inputs if isinstance(look.inputs, list) else [look.inputs])]
    given = " and ".join(str(("n", *shape[1:])).replace("'n'", "n") for shape in shapes)
    text = {
        "call": f"The model does not take what it is given, inputs of shape {given}",
        "compile": "The model is not ready to be trained",
        "test": "The model's loss and metrics cannot be computed",
        "fit": "The model cannot be trained",
    }[view.failed]
    return f"{text}. {view.message.rstrip('.')}. {hint}".rstrip()


def _changed_text(function, changed):
    names = " and ".join(f"`{arguments_of(function)[i]}`" for i in sorted(changed))
    return f"it changes {names} in place. Inputs are never changed: build a new array."
