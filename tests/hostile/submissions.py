"""What a class may hand in, and the outcome each must have: one entry a submission.

The assignment has four functions' worth of points: relu and sigmoid by `Checks` (3 each, 1 of them in sight),
double by plain asserts (2), and a written question. An honest submission has 8 points of the checks.
"""

import copy
import os
import socket
import stat
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

SLUG = "attack"
RELU = "def relu(Z):\n    return np.maximum(Z, 0)"
SIGMOID = (
    "def sigmoid(Z):\n    Z = np.asarray(Z, dtype=np.result_type(Z, np.float32))\n"
    "    return 0.5 * (1 + np.tanh(0.5 * Z))"
)
DOUBLE = "def double(x):\n    return 2 * x"
HONEST = {"relu": RELU, "sigmoid": SIGMOID, "double": DOUBLE}
WRONG = {name: f"def {name}(x):\n    return None" for name in HONEST}
FULL = 8.0


def cell(name, source, **kind):
    meta = {"grade": False, "locked": False, "solution": False, "task": False, "schema_version": 3}
    made = new_code_cell(source, metadata={"nbgrader": {**meta, "grade_id": name, **kind}})
    made.id = f"cell-{name}"
    return made


def solution():
    """The assignment, with what students must not see."""
    nb = new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    )
    setup = 'import numpy as np\nfrom glassnet.checks import Checks\n\nchecks = Checks("neurons", globals())'
    nb.cells = [cell("setup", setup, locked=True)]
    for name, source in HONEST.items():
        head, _, body = source.partition("\n")
        marked = f"{head}\n    ### BEGIN SOLUTION\n    # secret-solution\n{body}\n    ### END SOLUTION"
        nb.cells.append(cell(name, marked, solution=True))
        if name == "double":
            hidden = "### BEGIN HIDDEN TESTS\nassert double(3) == 6  # secret-test\n### END HIDDEN TESTS"
            nb.cells.append(cell("double-hidden", f"# later\n{hidden}", grade=True, locked=True, points=2))
            continue
        check = f'checks.run("{name}")'
        nb.cells.append(cell(f"{name}-check", check, grade=True, locked=True, points=1))
        hidden = f'checks.run("{name}", points=2, seed=7, edge_cases=True)  # secret-test'
        hidden = f"### BEGIN HIDDEN TESTS\n{hidden}\n### END HIDDEN TESTS"
        nb.cells.append(cell(f"{name}-hidden", f"# later\n{hidden}", grade=True, locked=True, points=2))
    written = new_markdown_cell("Model answer: secret-solution")
    written.metadata["nbgrader"] = cell("why", "", grade=True, solution=True, points=4).metadata["nbgrader"]
    written.id = "cell-why"
    nb.cells.append(written)
    return nb


@dataclass(frozen=True)
class Submission:
    """One submission.

    Attributes:
        points: of the checks, at the most 8; several if chance decides; None if not graded.
        sources: what stands in the solution cells.
        first: code in a cell before all others.
        change: of the notebook, in place.
        write: puts the submission into its folder in another way than as a notebook.
        says: part of what the closing table must say.
    """

    points: float | tuple | None
    sources: dict | None = None
    first: str = ""
    change: object = None
    write: object = None
    says: str = ""


def hand_in(folder: Path, released, submission: Submission):
    """Write a submission into its folder."""
    folder.mkdir(parents=True)
    nb = copy.deepcopy(released)
    sources = HONEST if submission.sources is None else submission.sources
    for one in nb.cells:
        name = one.metadata.get("nbgrader", {}).get("grade_id")
        if name in sources:
            one.source = sources[name]
        if name == "why":
            one.source = "Because."
    if submission.first:
        nb.cells.insert(0, new_code_cell(submission.first))
    if submission.change:
        submission.change(nb)
    if submission.write:
        submission.write(folder, nb)
    else:
        nbformat.write(nb, folder / f"{SLUG}.ipynb")


def drop(*names):
    def change(nb):
        nb.cells = [c for c in nb.cells if c.metadata.get("nbgrader", {}).get("grade_id") not in names]

    return change


def each(function):
    def change(nb):
        for one in list(nb.cells):
            function(nb, one, one.metadata.get("nbgrader", {}).get("grade_id"))

    return change


def twice(nb, one, name):
    if name == "relu-check":
        nb.cells.append(copy.deepcopy(one))


def renamed(nb, one, name):
    if name == "relu-hidden":
        one.metadata.nbgrader["grade_id"] = "relu-hidden-2"


def softened(nb, one, name):
    if name and name.endswith(("-check", "-hidden")):
        one.source = "1.0"
        one.metadata.nbgrader["points"] = 100


def retyped(nb, one, name):
    if name == "double-hidden":
        one.cell_type = "markdown"
        one.pop("outputs", None)
        one.pop("execution_count", None)


def raw(content):
    return lambda folder, nb: (folder / f"{SLUG}.ipynb").write_bytes(content)


def with_module(name, text):
    def write(folder, nb):
        nbformat.write(nb, folder / f"{SLUG}.ipynb")
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)

    return write


def linked(folder, nb):
    target = folder.parents[2] / "innocent.txt"
    os.symlink(target, folder / f"{SLUG}.ipynb")


def with_link(folder, nb):
    nbformat.write(nb, folder / f"{SLUG}.ipynb")
    os.symlink("/etc/passwd", folder / "data.txt")
    os.symlink(folder.parents[2] / "solutions", folder / "more")


def with_fifo(folder, nb):
    nbformat.write(nb, folder / f"{SLUG}.ipynb")
    os.mkfifo(folder / "pipe.txt")


def huge(folder, nb):
    nb.cells.append(new_markdown_cell("x" * 25_000_000))
    nbformat.write(nb, folder / f"{SLUG}.ipynb")


def forged_outputs(nb, one, name):
    if name and name.endswith(("-check", "-hidden")):
        one.outputs = [nbformat.v4.new_output("execute_result", data={"text/plain": "2.0"})]


SPY = """
import os, glob, subprocess
found = [str(dict(os.environ))]
for root in ("/", "/proc/1", "/submission", os.getcwd(), "{course}", "/root", "/home", "/tmp", "/work"):
    for folder, folders, files in os.walk(root):
        skipped = ("proc", "sys", "usr", "lib", "site-packages", ".venv", "dev")
        folders[:] = [f for f in folders if f not in skipped]
        for name in files:
            if name.endswith((".ipynb", ".db", ".txt", ".json", ".py")):
                try:
                    text = open(os.path.join(folder, name), errors="replace").read()
                except OSError:
                    continue
                found += [line for line in text.splitlines() if "secret-" in line]
print([text for text in found if "secret" + "-" in text])
"""

WRITER = """
import os
for place in ("{course}/written", "{course}/gradebook.db", "/tmp/written-by-a-student", "/etc/written",
              "/submission/w", os.path.expanduser("~/written"), "/proc/sys/kernel/hostname", np_file):
    try:
        open(place, "a").write("written")
    except OSError as error:
        print(place, error)
"""

GUARD = """
import glassnet.checks.guard as g, glassnet.checks.student as s
g.Guard.scan = lambda *a, **k: None
g.Guard.allows = lambda *a: True
from glassnet.checks.neurons import ASSIGNMENT
"""
STOLEN = {
    name: f"def {name}(*a):\n    from glassnet.checks.neurons import ASSIGNMENT\n"
    f"    return ASSIGNMENT['{name}'].reference(*a)"
    for name in ("relu", "sigmoid")
}

AST = """
import ast
class Drop(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.Pass()
get_ipython().ast_transformers.append(Drop())
"""

PATCHED = """
import numpy as np, numpy.testing, builtins, glassnet.checks.compare as c
np.testing.assert_allclose = np.testing.assert_array_equal = lambda *a, **k: None
np.array_equal = np.allclose = lambda *a, **k: True
c.difference = lambda *a, **k: None
c.close = lambda *a, **k: True
class Always:
    def __eq__(self, other): return True
    def __array__(self, *a, **k): return np.zeros(3)
"""

PUSH = """
import os, socket, struct, json
line = socket.socket(fileno=os.dup(int(os.environ["CLASSROOM_CHANNEL"])))
text = b"[]\\n" + json.dumps({answer}).encode()
for _ in range(50):
    line.sendall(struct.pack(">QQ", len(text), 0) + text)
"""

PICKLE = """
class Bomb:
    def __reduce__(self):
        import os
        return os.system, ("touch /tmp/written-by-a-student",)
def relu(Z):
    return np.array([Bomb()], dtype=object)
def sigmoid(Z):
    return Bomb()
def double(x):
    return Bomb()
"""

FORKS = """
import os, subprocess
for _ in range(60):
    try:
        subprocess.Popen(["sleep", "98765"], start_new_session=True)
    except OSError:
        break
"""

HOGS = """
import os, time
for _ in range(10):
    if os.fork() == 0:
        hog = bytearray(b"x") * (400 << 20)
        time.sleep(9999)
time.sleep(9999)
"""

THREADS = """
import threading, time
for _ in range(5000):
    threading.Thread(target=time.sleep, args=(9999,), daemon=True).start()
"""

FILLER = """
import os
for number in range(20):
    try:
        open(str(number), "wb").write(bytes(100 << 20))
    except OSError:
        break
for number in range(20):
    if os.path.exists(str(number)):
        os.remove(str(number))
"""

SHADOW = """
class Checks:
    def __init__(self, *a):
        pass
    def run(self, *a, points=1, **k):
        return float(points)
"""

EQUAL = """
class Equal(int):
    def __eq__(self, other): return True
    def __hash__(self): return 1
def double(x):
    return Equal(1)
"""

# Looks through everything its process holds while the checks ask, and tells of it in a later cell.
LOOKS = """
import gc, inspect, re, sys
kept = []
def keep(texts):
    kept.extend(text for text in texts if isinstance(text, str) and re.search("secret[-][stio]", text))
def look():
    for frame in [f.frame for f in inspect.stack()] + list(sys._current_frames().values()):
        keep(map(repr, frame.f_locals.values()))
    for one in gc.get_objects():
        if isinstance(one, (dict, list, tuple)):
            keep(list(one.values() if isinstance(one, dict) else one))
    keep(get_ipython().history_manager.input_hist_raw)
    keep(inspect.getsource(m) for n, m in list(sys.modules.items()) if n.startswith("glassnet.checks"))
def double(x):
    look()
    return 2 * x
"""

LIARS = {
    "relu": "class Lie(np.ndarray):\n    def __array__(self, *a, **k): return np.zeros(3)\n"
    "    def __eq__(self, other): return np.True_\n    __array_priority__ = 1e9\n"
    "def relu(Z):\n    return np.asarray(Z).view(Lie)",
    "sigmoid": "class Near(float):\n    __eq__ = __le__ = __ge__ = lambda self, other: True\n"
    "    __sub__ = __rsub__ = lambda self, other: 0.0\ndef sigmoid(Z):\n    return Near(0.3)",
    "double": "class Six:\n    __array__ = lambda self, *a, **k: np.array(6)\n"
    "    __eq__ = lambda self, other: True\n"
    "    __int__ = __index__ = __float__ = lambda self: 6\ndef double(x):\n    return Six()",
}
GIANTS = {
    "relu": "def relu(Z):\n    return np.zeros((11_000, 11_000))",
    "sigmoid": "def sigmoid(Z):\n    return [0.5] * 10**7",
    "double": "def double(x):\n    return 1 << (1 << 28)",
}
ENDLESS = {
    "relu": "def relu(Z):\n    while True:\n        yield Z",
    "sigmoid": "import itertools\ndef sigmoid(Z):\n    return itertools.count()",
    "double": "class Deep(list):\n    __iter__ = lambda self: iter(lambda: 6, None)\n"
    "def double(x):\n    inner = []\n    for _ in range(100_000):\n        inner = [inner]\n    return inner",
}

BUILTINS = """
import builtins, sys
builtins.AssertionError = builtins.ValueError = type("Never", (Exception,), {})
builtins.isinstance = builtins.issubclass = builtins.all = builtins.any = lambda *a: True
builtins.float = builtins.abs = builtins.max = lambda *a, **k: 0.0
sys.excepthook = lambda *a: None
get_ipython().run_cell = get_ipython().run_cell_async = lambda *a, **k: None
"""

STARTUP = """
import os, site
from pathlib import Path
evil = "import builtins, numpy\\nnumpy.testing.assert_allclose = lambda *a, **k: None\\n"
for place in ("~/.ipython/profile_default/startup/00.py", "~/.jupyter/jupyter_config.py", "sitecustomize.py",
              "usercustomize.py", site.getusersitepackages() + "/usercustomize.py", "numpy/__init__.py",
              "glassnet/__init__.py", "conftest.py", "/tmp/numpy.py", "/submission/numpy.py"):
    try:
        path = Path(place).expanduser()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(evil)
    except OSError as error:
        print(place, error)
"""

UNSEEN_MEMORY = """
import mmap, os
held = []
for _ in range(6):
    held.append(mmap.mmap(-1, 500 << 20))
    for page in range(0, 500 << 20, 4096):
        held[-1][page] = 1
import time
time.sleep(9999)
"""
MEMORY_FILES = """
import os, time
for number in range(6):
    file = os.memfd_create(str(number))
    for _ in range(50):
        os.write(file, bytes(10 << 20))
time.sleep(9999)
"""

SOCKETS = """
import os, sys
place = next((os.path.dirname(a) for a in sys.argv if a.endswith("connection.json")), None)
try:
    for name in os.listdir(place):
        os.remove(os.path.join(place, name))
    open(os.path.join(place, "filled"), "wb").write(bytes(1 << 20))
    print("its folder was written")
except OSError as error:
    print(error)
"""

NAMESPACES = """
import ctypes, os
libc, new_user = ctypes.CDLL(None, use_errno=True), 0x10000000
unshare, clone = {"x86_64": (272, 56), "aarch64": (97, 220)}[os.uname().machine]
ways = {
    "unshare": lambda: libc.unshare(new_user) == 0,
    "its number": lambda: libc.syscall(unshare, new_user) == 0,
    "clone": lambda: child(clone, new_user | 17, 0, 0, 0, 0),
    "clone3": lambda: child(435, (ctypes.c_uint64 * 8)(new_user, 0, 0, 0, 17), 64),
}
def child(*call):
    number = libc.syscall(*call)
    return number > 0 or (number == 0 and os._exit(0))
for way, made in ways.items():
    if made():
        print("secret-namespace by", way)
print(os.popen("unshare --user id --user").read() and "secret-namespace by a program")
"""

SHOWS = r"""
from IPython.display import HTML, SVG, Javascript, Latex, Markdown, display
evil = "<script>alert('evil')</script><img src=x onerror=alert('evil')><iframe src='javascript:alert(1)'>"
display(HTML(evil), Javascript("alert('evil')"), Markdown(evil), Latex("$\\href{javascript:alert(1)}{x}$"))
display(SVG("<svg xmlns='http://www.w3.org/2000/svg' onload=\"alert('evil')\"><script>a()</script></svg>"))
display({"image/png": "A" * 3_000_000, "text/html": evil, "application/vnd.evil+json": [evil]}, raw=True)
print("\x1b[2J\x1b]0;evil\x07\x1b[31mred\ud800" + evil)
raise ValueError("\x1b[2J\udcff" + evil)
"""


def lies_about_points(nb, one, name):
    one.metadata["nbgrader"] = {
        "grade_id": name,
        "points": 1e308,
        "grade": name in HONEST,
        "schema_version": 99,
    }
    one.metadata["nbgrader"] |= {
        "locked": False,
        "solution": name not in HONEST,
        "max_score": -1,
        "cell_type": 1,
    }


def lies_about_itself(nb):
    evil = {"name": "../../evil; touch /tmp/written-by-a-student", "argv": ["sh"], "language": "bash"}
    nb.metadata["kernelspec"] = {**evil, "display_name": "<script>evil</script>"}
    nb.metadata["language_info"] = {"name": "bash", "file_extension": "/../x"}
    nb.metadata["classroom"] = {"assignment": SLUG, "cells": {}, "answers": {}}
    nb.metadata["max_score"] = nb.metadata["score"] = 1e9


def with_odd_files(folder, nb):
    """Names that grading itself uses, things that are no files, deep and many folders."""
    nbformat.write(nb, folder / f"{SLUG}.ipynb")
    for name in (
        "grading.json/x",
        "timestamp.txt",
        ".ipynb_checkpoints/x.ipynb",
        "a/b.ipynb/c",
        "caf\u00e9 \u2603",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(
            "9999-99-99 \ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16")
        )
    (folder / os.fsdecode(b"no-text-\xff")).write_text("x")
    with socket.socket(socket.AF_UNIX) as made:
        here = os.open(folder, os.O_RDONLY)
        made.bind(f"/proc/self/fd/{here}/socket")
        os.close(here)
    if os.geteuid() == 0:
        os.mknod(folder / "device", 0o666 | stat.S_IFBLK, os.makedev(7, 0))
    (folder / "/".join(["d"] * 300)).mkdir(parents=True)
    os.link(folder / f"{SLUG}.ipynb", folder / "hard-link.txt")


def fifo_as_notebook(folder, nb):
    os.mkfifo(folder / f"{SLUG}.ipynb")


def named(name):
    """An honest submission in a folder of that name."""
    return {name: Submission(8)}


CLASS = {
    # Honest people, and the ways of the world.
    "honest": Submission(8),
    "honest [a-z]*, née O'Brien & Søn": Submission(8),
    ".hidden": Submission(8),
    "blank": Submission(0, sources={}),
    "chatter": Submission(
        8,
        sources={
            **HONEST,
            "relu": "import sys, os, warnings\ndef relu(Z):\n    print('debug', file=sys.stderr)\n"
            "    os.write(2, b'raw')\n    warnings.warn('careful')\n    return np.maximum(Z, 0)",
        },
        first="import sys, warnings\nprint('W0000 AVX2 FMA', file=sys.stderr)\nwarnings.warn('old')",
    ),
    "error in a cell": Submission(8, first="1 / 0"),
    "one function wrong": Submission(5, sources={**HONEST, "relu": "def relu(Z):\n    return Z"}),
    "own test cell": Submission(
        8, change=lambda nb: nb.cells.append(new_code_cell("checks.run('relu')\nchecks.ready('relu')"))
    ),
    "same as honest": Submission(8),
    # Broken files.
    "empty file": Submission(None, write=raw(b"")),
    "not json": Submission(None, write=raw(b"{")),
    "zip": Submission(None, write=raw(b"PK\x03\x04rest")),
    "bytes": Submission(None, write=raw(bytes(range(256)))),
    "json list": Submission(None, write=raw(b"[1, 2]")),
    "deep json": Submission(None, write=raw(b'{"cells":' * 50_000)),
    "no notebook": Submission(None, write=lambda folder, nb: (folder / "readme.txt").write_text("sorry")),
    "huge": Submission(None, write=huge),
    "link as notebook": Submission(None, write=linked),
    "link beside": Submission(8, write=with_link),
    "fifo beside": Submission(8, write=with_fifo),
    # Cells lost, copied, changed.
    "copied check": Submission(8, change=each(twice)),
    "renamed check": Submission(8, change=each(renamed)),
    "retyped check": Submission(8, change=each(retyped)),
    "tests deleted": Submission(
        5, sources={**HONEST, "relu": WRONG["relu"]}, change=drop("relu-check", "relu-hidden")
    ),
    "setup deleted": Submission(8, change=drop("setup")),
    "softened checks": Submission(0, sources=WRONG, change=each(softened)),
    "forged outputs": Submission(0, sources=WRONG, change=each(forged_outputs)),
    # Ends, loops and hunger.
    "exit": Submission(0, first="import os\nos._exit(0)", says="ended"),
    "exit in the middle": Submission(
        3, sources={**HONEST, "sigmoid": "import os\nos._exit(1)"}, says="ended"
    ),
    "exit in a check": Submission(
        3, sources={**HONEST, "sigmoid": "def sigmoid(Z):\n    import os\n    os._exit(0)"}
    ),
    "loop": Submission(8, first="while True:\n    pass", says="stopped after"),
    "sleeping function": Submission(
        5, sources={**HONEST, "sigmoid": "import time\ndef sigmoid(Z):\n    time.sleep(9999)"}, says="stopped"
    ),
    "ignores interrupts": Submission(
        0,
        first="import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True:\n    pass",
        says="did not stop",
    ),
    "one large piece of memory": Submission(8, first="hog = bytearray(64 << 30)"),
    "memory of many": Submission(0, first=HOGS, says="GB of memory"),
    "forks": Submission(8, first=FORKS),
    "thousands of threads": Submission(
        tuple(range(9)), first=THREADS
    ),  # some calls find one more, some do not
    "prints a lot": Submission(8, first="for _ in range(100):\n    print('x' * 1_000_000)"),
    "fills the disk": Submission(8, first=FILLER),
    # Attacks on the checks.
    "patched testing": Submission(0, sources=WRONG, first=PATCHED),
    "drops asserts": Submission(0, sources=WRONG, first=AST),
    "shadow numpy": Submission(
        0,
        sources=WRONG,
        write=with_module("numpy/__init__.py", "def __getattr__(n): return lambda *a, **k: True"),
    ),
    "shadow checks": Submission(0, sources=WRONG, write=with_module("glassnet/checks.py", SHADOW)),
    "own checks": Submission(
        0,
        sources={
            **WRONG,
            "double": "class checks:\n    run = staticmethod(lambda *a, points=1, **k: float(points))",
        },
    ),
    "guard patched": Submission(2, sources={**HONEST, **STOLEN}, first=GUARD),
    "equal to everything": Submission(6, sources={**HONEST, "double": EQUAL}),
    "pickle": Submission(0, sources=WRONG, first="import numpy as np" + PICKLE, change=None),
    "answers pushed": Submission(
        0,
        sources=WRONG,
        first=PUSH.replace(
            "{answer}",
            '{"value": {"dict": [["value", {"int": "0x6"}], ["error", None], ["message", ""], ["where", ""], '
            '["foreign", None], ["changed", {"list": []}], ["warned", {"list": []}], ["slow", False]]}, '
            '"outcome": True, "raised": None}',
        ),
    ),
    "garbage pushed": Submission(0, sources=WRONG, first=PUSH.replace("{answer}", "[[[1]]]")),
    "patient serve": Submission(
        0,
        sources=WRONG,
        first="import glassnet.checks.remote as r\nr.serve = lambda *a: None",
        says="stopped answering",
    ),
    "patched display": Submission(
        0,
        sources=WRONG,
        first="from IPython.display import display\nfor i in range(5):\n"
        "    display({'text/plain': '2.0'}, raw=True, display_id='x', update=bool(i))",
    ),
    # Attacks on everything else.
    "spy": Submission(8, first=SPY),
    "writer": Submission(8, first="np_file = __import__('numpy').__file__" + WRITER),
    "network": Submission(
        8,
        first="import socket\ntry:\n    socket.create_connection(('127.0.0.1', {port}), 3).send(b'secret')\n"
        "except OSError as error:\n    print(error)",
    ),
    "script": Submission(
        8, first="from IPython.display import HTML, display\ndisplay(HTML('<script>alert(1)</script>'))"
    ),
    # What else one may think of.
    "looks around": Submission(
        8,
        sources={**HONEST, "double": LOOKS},
        change=lambda nb: nb.cells.append(new_code_cell("print(kept)")),
    ),
    "lying arrays and numbers": Submission(0, sources=LIARS),
    "giant values": Submission(0, sources=GIANTS),
    "values without end": Submission(0, sources=ENDLESS),
    "patched builtins": Submission(0, sources=WRONG, first=BUILTINS),
    "startup files": Submission(0, sources=WRONG, first=STARTUP),
    "metadata of points": Submission(0, sources=WRONG, change=each(lies_about_points)),
    "metadata of the notebook": Submission(8, change=lies_about_itself),
    "odd files": Submission(8, write=with_odd_files),
    "fifo as notebook": Submission(None, write=fifo_as_notebook),
    "memory that is shared": Submission(0, first=UNSEEN_MEMORY, says="GB of memory"),
    "memory in files": Submission(0, first=MEMORY_FILES, says="GB of memory"),
    "the folder of its sockets": Submission(8, first=SOCKETS),
    "namespaces of its own": Submission(8, first=NAMESPACES),
    "kills everybody": Submission(0, first="import os\nos.kill(-1, 9)", says="ended"),
    "stops itself": Submission(0, first="import os\nos.kill(os.getpid(), 19)", says="did not stop"),
    "forks that fork": Submission(
        tuple(range(9)),
        first="import os\nif os.fork() == 0:\n    while True:\n        try:\n            os.fork()\n"
        "        except OSError:\n            pass",
    ),
    "asks": Submission(8, first="name = input('name?')"),
    "leaves": Submission(tuple(range(9)), first="exit()", says="ended"),
    "shows everything": Submission(8, first=SHOWS),
    **named("-x --unsafe"),
    **named("two\nlines\t\x1b[31mred\x1b]0;title\x07"),
    **named(" spaces "),
    **named("日本 ☃ e\u0301 \u202egnp"),
    **named("{slug} %s ${HOME} $(id) `id` * ? [!a]"),
    **named("'; DROP TABLE student; --"),
    **named("<script>alert(1)</script>".replace("/", "\u2215")),
    **named("x" * 200),
}
