"""System calls refused to a student's process: those that make a user namespace.

In one of its own a process may do what is an administrator's: mount file systems of memory, which no limit
counts, and reach parts of the system that were never meant for everybody. The filter is a program for the
kernel (BPF, as in its seccomp_filter.rst); whatever the process starts has it, too.
"""

import ctypes
import errno
import platform
import struct

NEW_USER_NAMESPACE = 0x10000000  # CLONE_NEWUSER
# machine: (its name to the kernel, numbers of clone and unshare); clone3 is 435 on all
MACHINES = {"x86_64": (0xC000003E, 56, 272), "aarch64": (0xC00000B7, 220, 97)}
CLONE3 = 435
X32 = 0x40000000  # numbers from here on are those of another set of calls of x86_64
LOAD, IF_EQUAL, IF_AT_LEAST, IF_BITS, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, MACHINE, FLAGS = 0, 4, 16  # where it looks: at the call's number, its machine, its first argument
ALLOW, REFUSE = 0x7FFF0000, 0x00050000
SET_SECCOMP, FILTER = 22, 2  # of prctl


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.c_char_p)]


def program(machine: str) -> bytes:
    """The filter for a machine, as the kernel takes it; empty where its calls are not known.

    Args:
        machine: as `platform.machine` names it.
    """
    if machine not in MACHINES:
        return b""
    name, clone, unshare = MACHINES[machine]
    # (what to do, with what, steps to skip if so, steps to skip if not)
    steps = [
        (LOAD, MACHINE, 0, 0),
        (IF_EQUAL, name, 0, 10),
        (LOAD, NUMBER, 0, 0),
        (IF_AT_LEAST, X32, 8, 0),
        (IF_EQUAL, CLONE3, 7, 0),  # its flags cannot be seen; the C library goes back to clone
        (IF_EQUAL, clone, 2, 0),
        (IF_EQUAL, unshare, 1, 0),
        (RETURN, ALLOW, 0, 0),
        (LOAD, FLAGS, 0, 0),
        (IF_BITS, NEW_USER_NAMESPACE, 1, 0),
        (RETURN, ALLOW, 0, 0),
        (RETURN, REFUSE | errno.EPERM, 0, 0),
        (RETURN, REFUSE | errno.ENOSYS, 0, 0),
    ]
    return b"".join(struct.pack("=HBBI", code, yes, no, value) for code, value, yes, no in steps)


def install(libc: ctypes.CDLL):
    """Put the filter on this process, which has given up new privileges, for ever.

    Raises:
        OSError: if the kernel does not take it.
    """
    steps = program(platform.machine())
    if steps and libc.prctl(SET_SECCOMP, FILTER, ctypes.byref(_Program(len(steps) // 8, steps)), 0, 0):
        number = ctypes.get_errno()
        raise OSError(number, f"the kernel takes no filter of system calls: {errno.errorcode.get(number)}")
