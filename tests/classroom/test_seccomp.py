"""The filter of system calls: no user namespace, however it is asked for, and all else as before."""

import platform
import struct
import subprocess
import sys

import pytest
from classroom import seccomp

SCRIPT = """
import ctypes, errno, subprocess, sys, threading
from classroom import seccomp
libc = ctypes.CDLL(None, use_errno=True)
assert libc.prctl(38, 1, 0, 0, 0) == 0
seccomp.install(libc)
clone, unshare = seccomp.MACHINES[sys.argv[1]][1:]
new = seccomp.NEW_USER_NAMESPACE
for call in ((unshare, new), (unshare, new | 0x20000), (clone, new | 17, 0, 0, 0, 0), (435, 0, 0)):
    assert libc.syscall(*call) == -1
    print(errno.errorcode[ctypes.get_errno()])
seen = []
thread = threading.Thread(target=seen.append, args=("thread",))
thread.start()
thread.join()
print(*seen, subprocess.run(["echo", "program"], capture_output=True, text=True).stdout.strip())
inner = "import ctypes; print(ctypes.CDLL(None).unshare(0x10000000))"
print(subprocess.run([sys.executable, "-c", inner], capture_output=True, text=True).stdout.strip())
"""


@pytest.mark.skipif(platform.machine() not in seccomp.MACHINES, reason="no filter for this machine")
def test_namespaces_are_refused_and_threads_and_programs_are_not():
    command = [sys.executable, "-c", SCRIPT, platform.machine()]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.split() == ["EPERM", "EPERM", "EPERM", "ENOSYS", "thread", "program", "-1"]


@pytest.mark.parametrize("machine", seccomp.MACHINES)
def test_no_step_leads_out_of_the_filter(machine):
    steps = list(struct.iter_unpack("=HBBI", seccomp.program(machine)))
    for place, (code, yes, no, _) in enumerate(steps):
        if code != seccomp.RETURN:
            assert place + 1 + max(yes, no) < len(steps)
    assert steps[-1][0] == seccomp.RETURN


def test_a_machine_whose_calls_are_not_known_has_no_filter():
    assert seccomp.program("pdp11") == b""
