"""One's own work: an answer may not have another library do the very thing it is asked to do.

Two looks complement each other. `scan` follows everything a function refers to, without running it: names,
attributes, imports, closures, defaults, helpers, containers, partials. `watch` looks on while it runs: it
refuses imports, hides forbidden objects behind a stand-in and notices calls into forbidden modules, however
they were reached. What an import elsewhere in the notebook brings in is nobody's business unless an answer
uses it.
"""

import builtins
import contextlib
import dis
import functools
import gc
import importlib
import sys
import types

import numpy as np

# They show or time things and compute none of what an exercise asks for.
HARMLESS = frozenset({"IPython", "ipykernel", "ipywidgets", "matplotlib", "tqdm"})
# Parts of the standard library with which one reaches around a check.
SNEAKY = frozenset({"ctypes", "gc", "inspect", "multiprocessing", "pty", "runpy", "subprocess"})
SNEAKY_PARTS = {
    "sys": ("modules", "_getframe", "_current_frames"),
    "os": ("exec", "fork", "popen", "posix_spawn", "spawn", "system"),
}
STANDARD = frozenset(sys.stdlib_module_names)
DEPTH = 30
# A line of Python has about ten operations; it counts twice when it has many times that.
OPERATIONS_A_LINE = 100
# Calls inside libraries, where training happens: about a minute of it, some ten times what an answer needs.
LIBRARY_CALLS = 30_000_000


class ForbiddenUse(Exception):
    """A student's answer used what its assignment does not allow."""


class StepsExceeded(BaseException):
    """A student's function went on for longer than any correct answer needs.

    Not an `Exception`: a loop that catches every exception must not go on.
    """


class Trusted:
    """A function of the checks in the student's hands: an argument, or a correct version of an answer."""

    def __init__(self, function):
        self._function = function
        self.__name__ = getattr(function, "__name__", "function")
        self.expired = False

    def __call__(self, *args, **kwargs):
        """Call the function, as long as the check lasts it was lent for."""
        if self.expired:
            raise ForbiddenUse("this function was lent for one check only")
        return self._function(*args, **kwargs)


class _Hidden:
    """Stands in a namespace where a forbidden object was; any use of it is noticed."""

    def __init__(self, guard, module):
        object.__setattr__(self, "_seen", functools.partial(guard.refuse, module))

    def __getattribute__(self, name):
        object.__getattribute__(self, "_seen")()

    def __call__(self, *args, **kwargs):
        object.__getattribute__(self, "_seen")()

    __getitem__ = __iter__ = __array__ = __add__ = __radd__ = __mul__ = __rmul__ = __call__


class Guard:
    """Looks after the answers of one notebook.

    Args:
        namespace: the notebook's `globals()`.
        modules: modules allowed beside the standard library, dotted names allowing a part only.

    Attributes:
        foreign: module that was used against the rules in the last `watch`, or None.
        exceeded: whether the last `watch` ran out of steps.
    """

    def __init__(self, namespace: dict, modules: tuple[str, ...]):
        self.namespace = namespace
        self.modules = modules
        self.foreign = None
        self.exceeded = False
        self._skip = frozenset()
        self._watching = False
        self._judged = {}  # {name: (what it was, what `_hides` said of that)}
        self._allowed_names = set()  # of modules whose frames have been seen and are nobody's business

    def allow(self, modules: tuple[str, ...]):
        """Allow these modules from now on, and no others."""
        if modules != self.modules:
            self.modules = modules
            self._allowed_names.clear()
            self._judged.clear()

    def allows(self, module: str) -> bool:
        """Whether an answer may use `module`."""
        root = module.partition(".")[0]
        if root in SNEAKY:
            return False
        if root in STANDARD or root in HARMLESS or root in ("", "__main__"):
            return True
        return any(module == allowed or module.startswith(allowed + ".") for allowed in self.modules)

    # Looking without running.

    def scan(self, value, skip: tuple[str, ...] = ()) -> str | None:
        """Name of the first forbidden module that `value` reaches, or None; not through globals in `skip`."""
        self._skip = frozenset(skip)
        try:
            return self._search(value, set(), 0)
        except (RecursionError, ReferenceError):
            return None

    def _search(self, value, seen, depth):
        if id(value) in seen or depth > DEPTH or isinstance(value, Trusted):
            return None
        seen.add(id(value))
        module = _home(value)
        if module and not self.allows(module):
            return None if _is_machinery(value) else module
        if _is_public(value) and not _is_notebook(module):
            return None  # what a library offers under its own name is judged by that library's name
        if isinstance(value, types.FunctionType):
            return self._search_function(value, seen, depth)
        if isinstance(value, np.ufunc):
            return None
        return self._first(_parts(value), seen, depth)

    def _search_function(self, function, seen, depth):
        found = self._search_code(function.__code__, function.__globals__, seen, depth)
        return found or self._first([*_captured(function), *vars(function).values()], seen, depth)

    def _search_code(self, code, names, seen, depth):
        """Resolve the global names, attribute chains and imports that a code object contains."""
        holder = None
        for instruction in dis.get_instructions(code):
            operation, name = instruction.opname, instruction.argval
            if operation == "IMPORT_NAME":
                if not self.allows(name):
                    return name
                holder = None
                with contextlib.suppress(Exception):
                    holder = sys.modules.get(name)
            elif operation in ("LOAD_GLOBAL", "LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS"):
                own = names is self.namespace and name in self._skip
                holder = None if own else names.get(name)
            elif operation in ("LOAD_ATTR", "LOAD_METHOD", "IMPORT_FROM") and isinstance(
                holder, types.ModuleType
            ):
                if name.startswith(SNEAKY_PARTS.get(holder.__name__, ("no such name",))):
                    return f"{holder.__name__}.{name}"
                holder = vars(holder).get(name)
            else:
                holder = None
            if holder is not None and not isinstance(holder, types.ModuleType):
                found = self._search(holder, seen, depth + 1)
            else:
                found = self._module_name(holder)
            if found:
                return found
        nested = (constant for constant in code.co_consts if isinstance(constant, types.CodeType))
        for inner in nested:
            if found := self._search_code(inner, names, seen, depth + 1):
                return found
        return None

    def _module_name(self, module):
        if module is None or self.allows(module.__name__) or self._leads_to_allowed(module.__name__):
            return None
        return module.__name__

    def _leads_to_allowed(self, name):
        return any(allowed.startswith(name + ".") for allowed in self.modules)

    def _first(self, values, seen, depth):
        return next((found for v in values if (found := self._search(v, seen, depth + 1))), None)

    # Looking on while it runs.

    @contextlib.contextmanager
    def watch(self, steps, replace):
        """Refuse forbidden imports and calls, and stop after `steps` lines of the student's Python.

        Args:
            steps: lines, counted in the student's own code only.
            replace: correct functions that stand under these names meanwhile.
        """
        self.foreign, self.exceeded, self._left = None, False, steps
        self._library_left = LIBRARY_CALLS
        lent = {name: Trusted(function) for name, function in replace.items()}
        kept = dict(self.namespace)
        self._judged = {name: self._judgement(name, value) for name, value in kept.items()}
        hidden = {name: _Hidden(self, found) for name, (_, found) in self._judged.items() if found}
        stand_ins = {**hidden, **lent}
        importing, import_module, tracing = builtins.__import__, importlib.import_module, sys.gettrace()
        self.namespace.update(stand_ins)
        builtins.__import__ = functools.partial(self._import, importing)
        importlib.import_module = functools.partial(self._import_module, import_module)
        self._watching = True
        # A collection that falls into the answer runs finalisers and callbacks of any library: not its doing.
        collecting = gc.isenabled()
        gc.disable()
        sys.settrace(self._trace)
        try:
            yield
        finally:
            sys.settrace(tracing)
            if collecting:
                gc.enable()
            self._watching = False
            builtins.__import__, importlib.import_module = importing, import_module
            for name, stand_in in stand_ins.items():
                if self.namespace.get(name) is stand_in:
                    self._restore(name, kept)
            for function in lent.values():
                function.expired = True

    def refuse(self, module):
        """Remember that `module` was used and stop the answer."""
        if self._watching:
            self.foreign = self.foreign or module
            raise ForbiddenUse(f"{module} is not allowed here")

    def _restore(self, name, kept):
        if name in kept:
            self.namespace[name] = kept[name]
        else:
            del self.namespace[name]

    def _judgement(self, name, value):
        known = self._judged.get(name)
        return known if known and known[0] is value else (value, self._hides(value))

    def _hides(self, value):
        """Forbidden module a global is, comes from, or holds directly."""
        if isinstance(value, types.ModuleType):
            return self._module_name(value)
        module = _home(value)
        return module if module and not self.allows(module) and not _is_machinery(value) else None

    def _import(self, importing, name, names=None, locals_=None, fromlist=(), level=0):
        if level == 0 and not self._may_import(name, fromlist) and self._is_students(sys._getframe(1)):
            self.refuse(name)
        return importing(name, names, locals_, fromlist, level)

    def _import_module(self, importing, name, package=None):
        if not self._may_import(name, ()) and self._is_students(sys._getframe(1)):
            self.refuse(name)
        return importing(name, package)

    def _may_import(self, name, fromlist):
        if self.allows(name):
            return True
        return bool(fromlist) and all(self.allows(f"{name}.{part}") for part in fromlist)

    def _trace(self, frame, event, argument):
        """Count the student's lines and notice calls into forbidden modules; for `sys.settrace`.

        Keras calls half a million functions to train for an epoch: what a library does costs a look-up here.
        """
        names = frame.f_globals
        name = names.get("__name__")
        if name in self._allowed_names and names is not self.namespace:
            self._library_left -= 1
            if self._library_left < 0:
                self.exceeded = True
                raise StepsExceeded("too many steps in libraries")
            return None
        if self._is_own_frame(frame):
            frame.f_trace_opcodes = True  # `while True: pass` is one line without end
            self._step()
            return self._trace_lines
        if not self._is_foreign_frame(frame):
            if name not in _MACHINERY:
                self._allowed_names.add(name)
        elif self._is_students(frame.f_back):
            self.refuse(name)
        return None

    def _trace_lines(self, frame, event, argument):
        if event == "line":
            self._step()
        elif event == "opcode":
            self._step(1 / OPERATIONS_A_LINE)
        return self._trace_lines

    def _step(self, size=1):
        self._left -= size
        if self._left < 0:
            self.exceeded = True
            raise StepsExceeded("too many steps")

    def _is_own_frame(self, frame):
        names = frame.f_globals
        name = names.get("__name__")
        if name in _MACHINERY:  # or one that calls itself so
            return not _is_machinery(names)
        return names is self.namespace or name in (None, "builtins")

    def _is_foreign_frame(self, frame):
        # NumPy and the standard library themselves use parts of it that an answer may not.
        module = _module_of(frame.f_globals)
        known = module in _MACHINERY or self.allows(module)
        return module.partition(".")[0] not in SNEAKY and not known

    def _is_students(self, frame):
        """Whether the student's code is what called, be it through NumPy or the standard library."""
        while frame is not None:
            if self._is_own_frame(frame):
                return True
            root = (frame.f_globals.get("__name__") or "").partition(".")[0]
            # Code that was made by `exec` may call itself after any library, but comes from no module.
            if root not in STANDARD and root != "numpy" and frame.f_globals.get("__spec__"):
                return False
            frame = frame.f_back
        return False


# The frames of the checks themselves: lent functions, stand-ins and the stream that swallows prints.
_MACHINERY = (__name__, f"{__package__}.student", f"{__package__}.models")


def _is_machinery(value):
    """Whether it, or what has these globals, is the checks' own: a name can be given to anything."""
    homes = [vars(sys.modules[name]) for name in _MACHINERY if name in sys.modules]
    if isinstance(value, dict):
        return any(value is names for names in homes)
    if isinstance(value, types.FunctionType):
        return any(value.__globals__ is names for names in homes)
    kind = value if isinstance(value, type) else type(value)
    return any(names.get(kind.__name__) is kind for names in homes)


def _module_of(names):
    """Name of the module whose globals these are; "" for code in no module, as a namedtuple's methods."""
    return (names.get("__name__") or "") if "__spec__" in names else ""


def _home(value):
    """Dotted name of the module an object comes from, or None for plain data."""
    if isinstance(value, types.ModuleType):
        return value.__name__
    if isinstance(value, types.FunctionType):
        return _module_of(value.__globals__) or None
    if isinstance(value, types.BuiltinFunctionType):
        owner = value.__self__
        if isinstance(owner, types.ModuleType):
            return owner.__name__
        return value.__module__ or (None if owner is None else _home(owner))
    if isinstance(value, np.ufunc):
        return _ufunc_home(value)
    if _is_compiled(value):
        return value.__module__ or _home(getattr(value, "__self__", None))
    if isinstance(value, type):
        return value.__module__ if isinstance(value.__module__, str) else None
    return _home(type(value))


def _is_notebook(module):
    return module in (None, "__main__", "builtins")


def _is_public(value):
    """Whether a library has this very object under its own name."""
    if isinstance(value, types.ModuleType):
        return True
    module = sys.modules.get(getattr(value, "__module__", None) or "")
    return module is not None and vars(module).get(getattr(value, "__name__", None), module) is value


def _ufunc_home(ufunc):
    """Ufuncs do not know their module: find the one that offers this very object."""
    if getattr(np, ufunc.__name__, None) is ufunc or ufunc.__name__.endswith("(vectorized)"):
        return "numpy"
    for name, module in list(sys.modules.items()):
        holds = isinstance(module, types.ModuleType) and vars(module).get(ufunc.__name__) is ufunc
        if holds and name != "__main__":
            return name
    return "numpy"


def _captured(function):
    """Everything a function carries with it: closure, defaults, what it wraps."""
    cells = (cell for cell in function.__closure__ or () if cell != types.CellType())
    carried = [cell.cell_contents for cell in cells]
    carried += function.__defaults__ or ()
    carried += (function.__kwdefaults__ or {}).values()
    wrapped = vars(function).get("__wrapped__")
    return carried if wrapped is None else [*carried, wrapped]


def _is_compiled(value):
    """Whether this is a function compiled by Cython, as all of numpy.random are."""
    return type(value).__name__ == "cython_function_or_method"


def _parts(value):
    """Objects inside an object that could be called through it."""
    if isinstance(value, types.ModuleType | np.ndarray | str | bytes | int | float) or _is_compiled(value):
        return []
    if isinstance(value, functools.partial):
        return [value.func, *value.args, *value.keywords.values()]
    if isinstance(value, types.MethodType):
        return [value.__func__, value.__self__]
    if isinstance(value, staticmethod | classmethod):
        return [value.__func__]
    if isinstance(value, property):
        return [f for f in (value.fget, value.fset) if f]
    if isinstance(value, dict):
        return list(value.values())[:1000]
    if isinstance(value, list | tuple | set | frozenset):
        return list(value)[:1000]
    if isinstance(value, type):
        own = value.__module__ == "__main__"
        return list(vars(value).values()) + list(value.__bases__) if own else []
    parts = list(getattr(value, "__dict__", {}).values())
    wrapped = getattr(value, "__wrapped__", None)
    return [*parts, type(value)] if wrapped is None else [*parts, type(value), wrapped]
