"""A kernel in its sandbox: started, spoken to through sockets in a folder of its own, and surely ended."""

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import zmq
import zmq.asyncio
from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.connect import write_connection_file

from . import sandbox

LONGEST = 256 << 20  # bytes of one message that are taken from it; a longer one cuts the line
# Of ipykernel. What Matplotlib says of its fonts, TensorFlow of the processor, is no student's doing.
SETTINGS = {"IPKernelApp": {"log_level": 40}, "HistoryManager": {"enabled": False}}
START = 120  # seconds a kernel may take to be ready, on a machine that is busy


class Kernel:
    """A Python kernel.

    Args:
        folder: a new one for its sockets, whose names take 100 characters at the most.
        limits: what it may use.
        submission: folder it gets a copy of, open to all; without a sandbox it works there itself.
        channel: file descriptor it inherits, its end of the line between the two kernels.
        side: "student" or "tests", told to it in its environment.
        hide: files that read as empty.
        user: number of the user it runs as.
        unsafe: whether to do without the sandbox.
        seed: process that becomes the kernel, or None to start one.
    """

    def __init__(
        self,
        folder,
        limits,
        submission,
        channel,
        side,
        hide=(),
        user=sandbox.FIRST_USER,
        unsafe=False,
        seed=None,
    ):
        self.folder = folder
        self.limits = limits
        self.ended = None
        connection = self.folder / "connection.json"
        write_connection_file(
            str(connection),
            transport="ipc",
            ip=str(self.folder / "socket"),
            key=os.urandom(16).hex().encode(),
        )
        pairs = [(owner, *pair) for owner, traits in SETTINGS.items() for pair in traits.items()]
        options = [f"--{owner}.{trait}={value}" for owner, trait, value in pairs]
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", str(connection), *options]
        environment = sandbox.environment(CLASSROOM_CHANNEL=str(channel), CLASSROOM_SIDE=side)
        if not unsafe and os.geteuid() == 0:
            for path in (self.folder, connection):
                os.chown(path, user, user)
        where = {"limits": limits, "submission": submission, "bind": [folder], "hide": hide, "user": user}
        self._seed = None
        if seed and self._grown(seed, channel, where, connection, environment):
            self._seed = seed
        elif unsafe:
            environment["HOME"] = str(self.folder)
            self._process = _started(command, cwd=submission, env=environment, pass_fds=[channel])
        else:
            command = sandbox.confined(command, **where)
            self._process = _started(command, env=environment, pass_fds=[channel])
        self._context = zmq.asyncio.Context()
        self._context.setsockopt(zmq.MAXMSGSIZE, LONGEST)
        self.client = AsyncKernelClient(connection_file=str(connection), context=self._context)
        self.client.load_connection_file()

    def _grown(self, seed, channel, where, connection, environment):
        """Have a seed become the kernel; False where its user may not enter the sandbox it has made."""
        self._process, inside = _holder(where)
        limits = where["limits"].each()
        entered = seed.grow(
            channel,
            inside=inside,
            user=where["user"],
            limits={f"RLIMIT_{name.upper()}": value for name, value in limits.items()},
            folder=sandbox.WORK,
            environment=environment,
            path=["", *sandbox.search_path()],
            connection=str(connection),
            settings=SETTINGS,
        )
        if not entered:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            if os.geteuid() == 0:
                raise RuntimeError("a process of root's could not enter its sandbox")
        return entered

    async def ready(self):
        """Wait until it answers.

        Raises:
            RuntimeError: if it does not start.
        """
        self.client.start_channels(stdin=False, hb=False)
        async with asyncio.timeout(START):
            # The first message may come before anybody listens, and what it tells everybody may pass by
            # before we do, when the end of the first cell would be missed: ask until both are heard.
            while True:
                self.client.kernel_info()
                if not self.alive():
                    raise RuntimeError("the kernel did not start")
                with contextlib.suppress(Exception):
                    await self.client.get_shell_msg(timeout=0.5)
                    await self.client.get_iopub_msg(timeout=0.5)
                    break
        if os.geteuid() == 0:
            # Its sockets are in their places: from now on it makes no file there, where no limit would hold.
            for path in (self.folder, self.folder / "connection.json"):
                os.chown(path, 0, 0)
            self.folder.chmod(0o755)

    def alive(self):
        """Whether its process is still there."""
        return (self._seed or self._process).poll() is None

    def interrupt(self):
        """Raise KeyboardInterrupt in it; a signal would reach the sandbox only."""
        message = self.client.session.msg("interrupt_request", {})
        self.client.control_channel.send(message)

    def kill(self, reason):
        """End it at once with every process it started; the first reason stays."""
        if self.alive():
            self.ended = self.ended or reason
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)

    def is_too_large(self) -> bool:
        """Whether it and all it started use more memory of their own, socket folder included, than it may."""
        # What is resident is never less, for it holds what they share, and is told a hundred times sooner.
        return all(self._memory(of) > self.limits.memory for of in (_resident, _own))

    def _memory(self, of):
        total = sum(path.lstat().st_size for path in self.folder.iterdir())
        with contextlib.suppress(psutil.Error):
            for number in (self._process.pid, *([self._seed.pid] if self._seed else [])):
                first = psutil.Process(number)
                for process in (first, *first.children(recursive=True)):
                    place = Path("/proc", str(process.pid))
                    total += of(place) + _in_files(place)
        return total

    def close(self):
        """End it."""
        self.kill("closed")
        self._process.wait()
        self.client.stop_channels()
        self._context.destroy(linger=0)


def _resident(place):
    """Bytes of a process, given its folder in /proc, that are in memory, those it shares included."""
    with contextlib.suppress(OSError):  # it has ended
        return int((place / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def _own(place):
    """Bytes of a process that are no file's: shared pages by its share in them."""
    total = 0
    with contextlib.suppress(OSError, ValueError):  # it has ended, or is not ours to look at
        for line in (place / "smaps_rollup").read_text().splitlines():
            if line.startswith(("Pss_Anon:", "Pss_Shmem:")):
                total += int(line.split()[1]) << 10
    return total


def _in_files(place):
    """Bytes of a process' files that live in memory alone (memfd)."""
    total = 0
    with contextlib.suppress(OSError):
        for handle in (place / "fd").iterdir():
            with contextlib.suppress(OSError):
                if os.readlink(handle).startswith("/memfd:"):
                    total += handle.stat().st_blocks * 512
    return total


def _started(command, **options):
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(
        command, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True, **options
    )


def _holder(where):
    """Start a sandbox that holds nothing but namespaces; return it and the number of a process inside."""
    there, tell = os.pipe()
    command = sandbox.confined([], tell=tell, **where)
    holder = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=sandbox.environment(),
        pass_fds=[tell],
        start_new_session=True,
    )
    os.close(tell)
    with os.fdopen(there) as told, holder.stdout:
        inside = json.load(told)["child-pid"]
        if holder.stdout.readline() != b"ready\n":
            raise RuntimeError("the sandbox did not start")
    return holder, inside
