"""A process that becomes a kernel: inside the sandbox, and with no right that could lead out of it.

Told by Linux (/proc/self/status), in place of ipykernel, for a grader that is root and for one that is not.
And what a student sees of it is what one started from nothing shows.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import forkserver
from pathlib import Path

import nbformat
import psutil
import pytest
from classroom.execute import Task, execute
from classroom.fanout import fan_out
from nbformat.v4 import new_code_cell, new_notebook

SUPPORT = Path(__file__).parents[2] / "support"
NOBODY = 65_534
STUB = """\
import os, socket
class IPKernelApp:
    @classmethod
    def instance(cls, connection_file, config):
        return cls()
    def initialize(self):
        pass
    def start(self):
        line = socket.socket(fileno=int(os.environ["CLASSROOM_CHANNEL"]))
        line.send(open("/proc/self/status", "rb").read())
"""
SCRIPT = """
import json, os, signal, socket, subprocess, sys
sys.path.insert(0, sys.argv[1])
from classroom.seed import Seed

def grown(inside):
    seed, (one, two) = Seed(), socket.socketpair()
    told = seed.grow(two.fileno(), inside=inside, user=65534, limits={"RLIMIT_NOFILE": 100}, folder="/",
                     environment={}, path=sys.path, connection="", settings={})
    two.close()
    print(told)
    if told:
        print(one.recv(1 << 16).decode())

if os.geteuid():
    grown(1)  # of root: nothing this user may enter
there, tell = os.pipe()
user = ["--unshare-user"] if os.geteuid() else []
apart = [f"--unshare-{what}" for what in ("pid", "net", "ipc", "uts")]
files = ["--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "--info-fd", str(tell)]
sandbox = subprocess.Popen(
    ["bwrap", *user, *apart, *files, "sh", "-c", "echo ready; exec sleep infinity"],
    stdout=subprocess.PIPE, pass_fds=[tell], start_new_session=True,
)
os.close(tell)
inside = json.load(os.fdopen(there))["child-pid"]
sandbox.stdout.readline()
grown(inside)
os.killpg(sandbox.pid, signal.SIGKILL)
"""


@pytest.fixture
def open_folder():
    """A folder that everybody may read, with what a seed needs and what it becomes."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        folder = Path(folder)
        for name in ("classroom/__init__.py", "classroom/seed.py", "classroom/seccomp.py"):
            (folder / name).parent.mkdir(exist_ok=True)
            shutil.copy(SUPPORT / name, folder / name)
        for name, content in {"ipykernel/kernelapp.py": STUB, "traitlets/config.py": "Config = dict"}.items():
            (folder / name).parent.mkdir()
            (folder / name).with_name("__init__.py").touch()
            (folder / name).write_text(content)
        for place in (folder, *folder.rglob("*")):
            place.chmod(0o755)
        yield folder


def _told(folder, *command):
    """What the script prints: lines of "key: value" as a dictionary, and the others."""
    done = subprocess.run([*command, "-c", SCRIPT, folder], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    pairs = dict(line.split(":", 1) for line in done.stdout.splitlines() if ":" in line)
    others = [line for line in done.stdout.splitlines() if line and ":" not in line]
    return {name: value.split() for name, value in pairs.items()}, others


def _assert_is_confined(status, user):
    assert status["Uid"] == status["Gid"] == [str(user)] * 4
    for rights in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"):
        assert int(status[rights][0], 16) == 0, rights
    assert status["NoNewPrivs"] == ["1"]
    assert status["Seccomp"] == ["2"]
    assert int(status["Pid"][0]) < 10  # a number of the sandbox's own


@pytest.mark.usefixtures("bubblewrap")
@pytest.mark.skipif(os.geteuid() != 0, reason="for a grader that is root")
def test_of_root(open_folder):
    status, others = _told(open_folder, sys.executable)
    assert others == ["True"]
    _assert_is_confined(status, NOBODY)


@pytest.mark.usefixtures("bubblewrap")
@pytest.mark.skipif(not os.access("/usr/bin/python3", os.X_OK), reason="no Python that everybody may run")
def test_of_somebody_else(open_folder):
    drop = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    command = [*drop, "/usr/bin/python3"] if os.geteuid() == 0 else [sys.executable]
    status, others = _told(open_folder, *command)
    assert others == ["False", "True"]
    _assert_is_confined(status, NOBODY if os.geteuid() == 0 else os.geteuid())


LOOK = """\
import gc, os, resource, signal, sys, threading
shell = get_ipython()
print(gc.isenabled(), gc.get_threshold(), sys.getrecursionlimit(), sys.argv[1], sys.flags, sys.executable)
print(shell.history_manager.enabled, shell.kernel.parent.log_level, sorted(shell.extension_manager.loaded))
print(__name__, os.getcwd(), os.getuid(), os.getgroups(), os.umask(0o22))
print(sorted(thread.name for thread in threading.enumerate()))
print([signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)], sys.stdout.encoding)
print([resource.getrlimit(getattr(resource, name)) for name in dir(resource) if name.startswith("RLIMIT")])
"""


@pytest.mark.usefixtures("bubblewrap")
def test_it_is_like_a_kernel_that_was_started_from_nothing():
    task = Task(nbformat.writes(new_notebook(cells=[new_code_cell(LOOK)])), {}, {})
    [(_, forked)] = fan_out([("", task)], workers=1)
    with ThreadPoolExecutor(1) as thread:  # an open browser's event loop may be running in this one
        started = thread.submit(execute, task).result()
    assert _printed(forked) == _printed(started)


DRAW = ["import matplotlib.pyplot as plt", "plt.plot([1, 2]);", "plt.figure(); plt.show()"]


@pytest.mark.usefixtures("bubblewrap")
@pytest.mark.parametrize("preload", [(), ("matplotlib.pyplot",)])
def test_a_figure_is_shown_where_it_is_drawn_and_nothing_is_said(preload):
    forkserver._forkserver._stop()  # it imports when it starts
    task = Task(nbformat.writes(new_notebook(cells=[new_code_cell(source) for source in DRAW])), {}, {})
    [(_, executed)] = fan_out([("", task)], workers=1, preload=preload)
    forkserver._forkserver._stop()
    cells = nbformat.reads(executed.notebook, 4).cells
    shown = [[output.output_type for output in cell.outputs] for cell in cells]
    assert shown == [[], ["display_data"], ["display_data"]]


def _printed(executed):
    [output] = nbformat.reads(executed.notebook, 4).cells[0].outputs
    assert len(output.text.splitlines()) == 6
    return output.text


class _Outside:
    """A seed that may not enter its sandbox, and has ended."""

    def grow(self, channel, **instructions):
        return False


def _executed_from(seeds):
    task = Task(nbformat.writes(new_notebook(cells=[new_code_cell("print(6 * 7)")])), {}, {})
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(execute, task, seeds).result()


@pytest.mark.usefixtures("bubblewrap")
def test_where_a_seed_may_not_enter_a_kernel_is_started_from_nothing(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)  # whoever is root may
    executed = _executed_from([_Outside(), _Outside()])
    assert nbformat.reads(executed.notebook, 4).cells[0].outputs[0].text == "42\n"
    assert not [p for p in psutil.Process().children(recursive=True) if p.name() == "bwrap"]


@pytest.mark.usefixtures("bubblewrap")
@pytest.mark.skipif(os.geteuid() != 0, reason="for a grader that is root")
def test_where_a_seed_of_roots_may_not_enter_something_is_wrong():
    with pytest.raises(RuntimeError, match="could not enter its sandbox"):
        _executed_from([_Outside(), _Outside()])
    assert not [p for p in psutil.Process().children(recursive=True) if p.name() == "bwrap"]
