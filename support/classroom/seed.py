"""A kernel without the second it takes to start: forked from a process that has imported what kernels need.

A worker is forked from such a process, and forks seeds before it is told what to grade, so that a seed's
memory holds nobody's work. To become a kernel a seed enters the namespaces that bubblewrap has made, gives
up every right, as the command line of `sandbox.confined` does, and runs ipykernel.

Where the grader is not root, bubblewrap makes two user namespaces, one in the other: the outer owns all other
namespaces, and in the inner the process has its own number again. A seed may enter both: they are its user's.
"""

import contextlib
import ctypes
import fcntl
import json
import os
import random
import resource
import signal
import socket
import sys

from . import seccomp

LIBC = ctypes.CDLL(None, use_errno=True)
NAMESPACES = ("mnt", "net", "ipc", "uts", "pid")
CAPABILITIES = 64
# As in the system's headers: of prctl, of ioctl, of capset.
PDEATHSIG, DUMPABLE, CAPBSET_DROP, NO_NEW_PRIVS = 1, 4, 24, 38
NS_GET_USERNS = 0xB701
NO_CAPABILITIES = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
INSIDE = b"1"  # what a seed says once it is in its sandbox


class Seed:
    """A forked process that waits to become a kernel."""

    def __init__(self):
        self._line, there = socket.socketpair()
        self.pid = os.fork()
        if not self.pid:
            try:
                self._line.close()
                _grow(there)
            finally:
                os._exit(1)
        there.close()

    def grow(self, channel: int, **instructions) -> bool:
        """Tell it what to become: `_become` has the words; `channel` is an open file descriptor.

        Returns:
            Whether it could enter the sandbox; otherwise it has ended.
        """
        with self._line, contextlib.suppress(OSError):
            socket.send_fds(self._line, [json.dumps(instructions).encode()], [channel])
            return self._line.recv(1) == INSIDE
        return False

    def poll(self) -> int | None:
        """Exit code once it has ended, as `Popen.poll`."""
        try:
            return 1 if os.waitpid(self.pid, os.WNOHANG)[0] else None
        except ChildProcessError:
            return 1


def _grow(line):
    """Body of a seed: wait for instructions, become a kernel, end with it."""
    LIBC.prctl(PDEATHSIG, signal.SIGKILL)
    text, channels, _, _ = socket.recv_fds(line, 1 << 20, 1)
    if not text:
        return  # not needed
    instructions = json.loads(text)
    with contextlib.suppress(OSError):
        _enter(f"/proc/{instructions.pop('inside')}/ns")
        line.send(INSIDE)
        line.close()
        if kernel := os.fork():  # only a child is inside the new process namespace
            os.waitpid(kernel, 0)
        else:
            _become(channels[0], **instructions)


def _enter(place):
    """Enter the namespaces of a process, of which this is the folder in /proc."""
    namespaces = [os.open(f"{place}/{name}", os.O_RDONLY) for name in NAMESPACES]
    if os.geteuid():
        namespaces.insert(0, fcntl.ioctl(namespaces[0], NS_GET_USERNS))
        inner = os.open(f"{place}/user", os.O_RDONLY)
        if not os.path.sameopenfile(inner, namespaces[0]):
            namespaces.append(inner)
    for namespace in namespaces:
        _checked(LIBC.setns(namespace, 0))
    # Whoever enters a user namespace is no longer ended with its parent, nor to be looked at by its user.
    LIBC.prctl(PDEATHSIG, signal.SIGKILL)
    LIBC.prctl(DUMPABLE, 1)


def _become(channel, user, limits, folder, environment, path, connection, settings):
    """Give up every right and run the kernel.

    Args:
        channel: file descriptor that stays open.
        user: user and group to run as, where the grader is root.
        limits: {name of a limit in `resource`: value}.
        folder: working folder.
        environment: all of it.
        path: where Python looks for modules.
        connection: the kernel's connection file.
        settings: of ipykernel, {class: {trait: value}}.
    """
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    os.closerange(3, channel)
    os.closerange(channel + 1, 65_536)
    os.chdir(folder)
    with open("/proc/self/oom_score_adj", "w") as file:
        file.write("1000")
    for name, value in limits.items():
        resource.setrlimit(getattr(resource, name), (value, value))
    for capability in range(CAPABILITIES):
        LIBC.prctl(CAPBSET_DROP, capability)
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    _checked(LIBC.capset(*NO_CAPABILITIES))
    _checked(LIBC.prctl(NO_NEW_PRIVS, 1, 0, 0, 0))
    seccomp.install(LIBC)
    LIBC.prctl(DUMPABLE, 1)  # or it could not read its own entries in /proc, as some libraries do
    os.setsid()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(environment, CLASSROOM_CHANNEL=str(channel))
    sys.path[:] = path
    sys.argv = ["ipykernel_launcher.py", "-f", connection]
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    from ipykernel.kernelapp import IPKernelApp
    from traitlets.config import Config

    kernel = IPKernelApp.instance(connection_file=connection, config=Config(settings))
    kernel.parse_command_line = lambda _: None  # there is none; making its parser takes a sixth of the start
    kernel.initialize()
    kernel.start()
    os._exit(0)


def _checked(result):
    if result:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
