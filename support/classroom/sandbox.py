"""A bubblewrap sandbox: one kernel, no network, nothing to read but Python, nothing to write but memory.

Inside, the process belongs to an unprivileged user, also when started by root. Its files are a copy in a
file system of memory that ends with it, as does every process it started.
"""

import fcntl
import importlib.util
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from .errors import ClassroomError

HOME = "/home/student"
WORK = f"{HOME}/work"
# Above the users of a machine and below those systemd hands out: no two sandboxes share one.
FIRST_USER = 60_600
USERS = 500
HELD = "/run/classroom-users"  # a file for each that is in use, locked
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
SETTINGS = ("/etc/ld.so.cache", "/etc/alternatives", "/etc/localtime", "/etc/fonts", "/etc/ssl/openssl.cnf")
INSTALL = "bubblewrap is missing, in which grading runs: sudo apt-get install -y bubblewrap"


@dataclass(frozen=True)
class Limits:
    """What one kernel may use.

    Attributes:
        memory: bytes, of all its processes together; also what one of them may allocate.
        processes: how many, threads counted.
        files: bytes of what it writes into its scratch folders.
    """

    memory: int = 4 << 30
    processes: int = 256
    files: int = 512 << 20

    def each(self):
        """Limits of one process, {name: value}."""
        sizes = {"data": self.memory, "nproc": self.processes, "fsize": self.files}
        return {**sizes, "nofile": 1024, "core": 0}


@contextmanager
def users():
    """Hold two user numbers that no other sandbox of this machine has; only root needs them."""
    if os.geteuid():
        yield FIRST_USER, FIRST_USER
        return
    os.makedirs(HELD, mode=0o700, exist_ok=True)
    for number in range(FIRST_USER, FIRST_USER + USERS, 2):
        with open(f"{HELD}/{number}", "w") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            yield number, number + 1
            return
    raise RuntimeError(f"{USERS // 2} notebooks run on this machine already")


def refuse_without():
    """Raise ClassroomError, with what to do, unless a sandbox can be made here."""
    if not shutil.which("bwrap"):
        raise ClassroomError(INSTALL)
    command = confined(["true"], Limits(), Path("/var/empty"), user=FIRST_USER)
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=60)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise ClassroomError(
            f"bubblewrap cannot make a sandbox on this machine ({reason}); in a container, start it with "
            "--security-opt seccomp=unconfined --security-opt systempaths=unconfined"
        )


def confined(command, limits, submission, bind=(), hide=(), user=FIRST_USER, tell=None):
    """Command line that runs `command` in a sandbox.

    Args:
        command: program and arguments. With none the sandbox stays empty: it says "ready", and lasts until
            its input ends.
        limits: what it may use.
        submission: folder whose copy is its working folder; may be missing.
        bind: folders of the host it may write into.
        hide: files that read as empty.
        user: user and group it runs as when started by root.
        tell: file descriptor to which the number of the first process inside is written.
    """
    sandbox = ["bwrap", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"]
    sandbox += ["--unshare-cgroup-try", "--die-with-parent", "--new-session"]
    if tell is not None:
        sandbox += ["--info-fd", str(tell)]
    if os.geteuid() == 0:
        # No user namespace: in one, files of root would belong to the process inside.
        sandbox += ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
        sandbox += ["--cap-add", "CAP_SETPCAP"]
        drop = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", "--no-new-privs"]
        drop += ["--inh-caps=-all", "--bounding-set=-all"]
    else:
        sandbox += ["--unshare-user", *_only_user_namespace()]
        drop = []
    for path in SYSTEM:
        if os.path.islink(path):
            sandbox += ["--symlink", os.readlink(path), path]
        elif os.path.isdir(path):
            sandbox += ["--ro-bind", path, path]
    for path in SETTINGS:
        sandbox += ["--ro-bind-try", path, path]
    sandbox += ["--proc", "/proc", "--dev", "/dev"]
    for path in ("/tmp", "/dev/shm", HOME):
        sandbox += ["--perms", "1777", "--size", str(limits.files), "--tmpfs", path]
    sandbox += ["--perms", "1777", "--dir", WORK]
    # bubblewrap would make the folders above these for root alone.
    inner = (*_python(), fonts(), *bind)
    for path in sorted({str(parent) for place in inner for parent in Path(place).parents}):
        if path not in ("/", "/tmp", *SYSTEM):
            sandbox += ["--perms", "0755", "--dir", path]
    for path in _python():
        sandbox += ["--ro-bind", path, path]
    # Matplotlib says so where it may not write beside its list of fonts, and makes the list again.
    sandbox += ["--perms", "1777", "--size", str(1 << 20), "--tmpfs", fonts()]
    for path in Path(fonts()).glob("fontlist*"):
        sandbox += ["--ro-bind", str(path), str(path)]
    for path in hide:
        sandbox += ["--ro-bind", "/dev/null", str(path)]
    for path in bind:
        sandbox += ["--bind", str(path), str(path)]
    sandbox += ["--ro-bind-try", str(submission), "/submission", "--chdir", WORK]
    copy = "[ ! -d /submission ] || cp -R /submission/. . ;"
    if not command:
        return [*sandbox, "--", *drop, "sh", "-c", f"{copy} echo ready; read -r _"]
    limit = [f"--{name}={value}" for name, value in limits.each().items()]
    # The first victim, should the machine's memory run out all the same.
    limited = ["choom", "-n", "1000", "--", "prlimit", *limit, "--"]
    return [*sandbox, "--", *drop, *limited, "sh", "-c", f'{copy} exec "$0" "$@"', *command]


@cache
def _only_user_namespace():
    """Option that makes a sandbox's user namespace the last, where bubblewrap (0.8 and later) has it."""
    told = subprocess.run(["bwrap", "--help"], capture_output=True, text=True, check=False)
    return ["--disable-userns"] if "--disable-userns" in told.stdout + told.stderr else []


def environment(**more):
    """Environment of a kernel: nothing of the grader's own but where Python finds its modules."""
    threads = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL")}
    return {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/local/bin", "/usr/bin", "/bin"]),
        "PYTHONPATH": os.pathsep.join(packages()),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": HOME,
        "USER": "student",
        "LOGNAME": "student",
        "LANG": "C.UTF-8",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "MPLCONFIGDIR": fonts(),
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "NBGRADER_EXECUTION": "autograde",
        # Arrays that come and go would else be given back and fetched anew, page by page, each time.
        "MALLOC_MMAP_THRESHOLD_": str(32 << 20),
        "MALLOC_TRIM_THRESHOLD_": str(128 << 20),
        **threads,
        **more,
    }


@cache
def fonts() -> str:
    """Folder with matplotlib's list of fonts, which takes a second to make."""
    folder = Path.home() / ".cache" / "classroom" / f"matplotlib-{version('matplotlib')}"
    folder.mkdir(parents=True, exist_ok=True)
    if not any(folder.glob("fontlist*")):
        env = {**os.environ, "MPLCONFIGDIR": str(folder)}
        command = [sys.executable, "-c", "import matplotlib.font_manager"]
        subprocess.run(command, env=env, capture_output=True, check=False)
    return str(folder)


def sources(module) -> list[Path]:
    """Files of a module, its compiled forms included; found without importing anything."""
    package, *parts = module.split(".")
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return []
    place = Path(spec.submodule_search_locations[0]).joinpath(*parts)
    files = [place.with_suffix(".py"), *place.parent.glob(f"__pycache__/{place.name}.*.pyc")]
    return [path for path in files if path.is_file()]


@cache
def search_path() -> list[str]:
    """Where Python looks for modules, but for folders that hold a course."""
    # Asked of a fresh Python: this one also looks beside the script it was started with.
    command = [sys.executable, "-P", "-c", "import sys; print(*sys.path, sep='\\n')"]
    paths = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    return [path for path in paths if not _is_course(path)]


def packages() -> list[str]:
    """List folders with modules beside Python's own."""
    own = (sys.prefix, sys.base_prefix)
    return [path for path in search_path() if os.path.isdir(path) and not path.startswith(own)]


def _is_course(path):
    return os.path.exists(os.path.join(path, "nbgrader_config.py"))


def _python():
    """Everything Python needs, outer folders first."""
    return sorted({sys.prefix, sys.base_prefix, *packages()})
