"""The student's code in a process of its own: tests reach it by name and by value over a socket.

A grader that runs notebooks in two processes gives each of them one end of a socket, its descriptor in
`CLASSROOM_CHANNEL`, and in `CLASSROOM_SIDE` either "tests" or "student". In the first, `Checks` speaks to a
`RemoteStudent`; in the second, `serve(globals())` answers for the notebook until it is told that the test
cell is done (a frame of 16 zero bytes), and `Checks` itself does nothing there.
"""

import ast
import builtins
import contextlib
import functools
import os
import socket
from types import SimpleNamespace

import numpy as np

from .guard import Trusted
from .models import Look, Recipe, View
from .student import Outcome, Student, unlogged
from .wire import Codec, WireError, receive, send

STOPPED = "the notebook's own Python ended"
# What the tests take from the student's process, and what that takes from them; each field is plain data.
FROM_STUDENT = {"Outcome": Outcome, "View": View}
FROM_TESTS = {"Recipe": Recipe, "Look": Look, "SimpleNamespace": SimpleNamespace}


class StudentGone(BaseException):
    """There is nobody to ask any more: the cell that asked is at an end.

    Not an `Exception`, so that no check takes it for an answer.
    """


def side() -> str | None:
    """Which side of a split notebook this process is, "tests" or "student"; None in an ordinary one."""
    return os.environ.get("CLASSROOM_SIDE")


def line() -> socket.socket:
    """End of the socket that is this process's."""
    global _line
    if _line is None:
        _line = socket.socket(fileno=int(os.environ["CLASSROOM_CHANNEL"]))
    return _line


_line = None


class RemoteStudent:
    """A `Student` in another process: the same methods, each a question that is sent over.

    Args:
        modules: modules the answers may use beside the standard library.
    """

    contained = Student.contained

    def __init__(self, modules: tuple[str, ...]):
        self._modules = modules

    def __getattr__(self, method):
        if method.startswith("_"):
            raise AttributeError(method)
        return lambda *args, **kwargs: self._ask(method, args, kwargs)

    def _ask(self, method, args, kwargs):
        lent = []  # functions of the checks, for this one question

        def lend(value):
            lent.append(value)
            return len(lent) - 1

        questions = Codec(FROM_TESTS, lend, _nobodys)
        answers = Codec(FROM_STUDENT, _nobodys, _nobodys)
        try:
            blobs = []
            values = questions.encode([args, kwargs], blobs)
            send(line(), {"method": method, "modules": list(self._modules), "values": values}, blobs)
            while True:
                answer, blobs = receive(line()) or ({}, [])
                if "lent" not in answer:
                    break
                function, values = lent[int(answer["lent"])], answers.decode(answer["values"], blobs)
                send(line(), *self._lent_called(function, values, questions))
            value, raised = answers.decode(answer["value"], blobs), answer["raised"]
        except StudentGone:
            raise
        except Exception as error:  # it is gone, or what came is no answer
            raise StudentGone(STOPPED) from error
        if raised:
            raise RuntimeError(str(raised)[:500])
        return value

    def _lent_called(self, function, values, codec):
        """What a function of the checks returns for the student, as a frame; functions in it are lent."""
        blobs = []
        try:
            args, kwargs = values
            with np.errstate(all="ignore"), self.contained():
                value = function(*args, **kwargs)
            reply = {"value": value, "states": [rng.bit_generator.state for rng in _generators(args, kwargs)]}
            return {key: codec.encode(part, blobs) for key, part in reply.items()}, blobs
        except Exception as error:
            return {"error": type(error).__name__, "message": str(error)[:500]}, []


def _generators(args, kwargs):
    return [value for value in (*args, *kwargs.values()) if type(value) is np.random.Generator]


def _nobodys(handle):
    raise WireError("an object nobody lent")


def serve(namespace: dict):
    """Answer for a notebook until the tests are done.

    Args:
        namespace: `globals()` of the notebook.
    """
    students = {}
    with unlogged(), contextlib.suppress(WireError):
        while frame := receive(line()):
            question, blobs = frame
            modules = tuple(question["modules"])
            student = students.setdefault(modules, Student(namespace, modules))
            answer, blobs = _respond(student, question, blobs)
            send(line(), answer, blobs)


_objects = []  # of the student, known to the tests by their place in this list


def _keep(value):
    _objects.append(value)
    return len(_objects) - 1


def _respond(student, question, blobs):
    try:
        args, kwargs = _QUESTIONS.decode(question["values"], blobs)
        if question["method"] in _PLAIN:
            value = _PLAIN[question["method"]](student.namespace, *args, **kwargs)
        else:
            value = getattr(student, question["method"])(*args, **kwargs)
    except KeyboardInterrupt:  # the grader's patience is at an end
        value = Outcome(error="KeyboardInterrupt", slow=True)
    except BaseException as error:
        return _raised(error), []
    try:
        blobs = []
        return {"value": _ANSWERS.encode(value, blobs), "raised": None}, blobs
    except (RecursionError, MemoryError) as error:
        return _raised(error), []


def _raised(error):
    return {"value": None, "raised": f"{type(error).__name__}: {error}"[:500]}


class Lent:
    """A function of the checks in the student's hands: a call is sent back to where it lives."""

    def __init__(self, handle, name):
        self._handle = handle
        self.__name__ = name

    def __call__(self, *args, **kwargs):
        blobs = []
        values = _ANSWERS.encode([list(args), kwargs], blobs)
        send(line(), {"lent": self._handle, "values": values}, blobs)
        reply, blobs = receive(line())
        if "error" in reply:
            kind = getattr(builtins, reply["error"], RuntimeError)
            raise kind(reply["message"])
        # What was drawn there is drawn: the generators here go on from where theirs have come to.
        states = _QUESTIONS.decode(reply["states"], blobs)
        for rng, state in zip(_generators(args, kwargs), states, strict=True):
            rng.bit_generator.state = state
        return _QUESTIONS.decode(reply["value"], blobs)


def _lent(handle, name):
    return Trusted(Lent(handle, name))


_QUESTIONS = Codec(FROM_TESTS, _keep, _objects.__getitem__, _lent)
_ANSWERS = Codec(FROM_STUDENT, _keep, _objects.__getitem__, _lent)


# Tests that use the notebook's names directly, without `Checks`.


def borrow(namespace: dict, source: str):
    """Make the student's names that a test cell uses known to it: data by value, functions to be called.

    Args:
        namespace: `globals()` of the test cells.
        source: the test cell.
    """
    with contextlib.suppress(SyntaxError):
        used = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)]
        for name in dict.fromkeys(node.id for node in used if isinstance(node.ctx, ast.Load)):
            if name in _borrowed or not (name in namespace or hasattr(builtins, name)):
                namespace.pop(name, None)
                _borrowed.discard(name)
                there, value, is_function = RemoteStudent(())._ask("look", (name,), {})
                if there is True:
                    namespace[name] = functools.partial(_call, name) if is_function is True else value
                    _borrowed.add(name)


_borrowed = set()


def _call(name, *args, **kwargs):
    return RemoteStudent(())._ask("plainly", (name, args, kwargs), {})


def _look(namespace, name):
    value = namespace.get(name)
    return name in namespace, None if callable(value) else value, callable(value)


_PLAIN = {"look": _look, "plainly": lambda namespace, name, args, kwargs: namespace[name](*args, **kwargs)}


class Elsewhere:
    """What `Checks` is in the student's process: the checks run in the other one."""

    def run(self, *args, **kwargs):
        """Say that nothing is checked here."""
        print("Checks run elsewhere while the notebook is graded.")

    def ready(self, *names) -> bool:
        """Whether to show a demonstration: not while nobody looks on."""
        print("This part is left out while the notebook is graded or validated.")
        return False
