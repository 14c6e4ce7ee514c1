"""Executing many notebooks: a process each, so many at a time; a process that dies takes nobody with it."""

import ctypes
import json
import multiprocessing
import os
import resource
import shutil
import signal
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from multiprocessing.connection import wait
from pathlib import Path

from .execute import SCRATCH, Executed, execute

MEMORY = 3 << 30  # bytes a process that runs a notebook may allocate: what it was sent may be huge
TRIES = 2


class WorkerDied(Exception):
    """The process that ran a notebook ended without a result, twice."""


def fan_out(jobs: Iterable, workers: int) -> Iterator:
    """Execute tasks and yield their results as they come.

    Args:
        jobs: pairs (ticket, task); the next is taken when there is room for it.
        workers: how many run at a time.

    Yields:
        pairs (ticket, `Executed`, or the exception that ended it).
    """
    jobs, running, free = iter(jobs), {}, list(range(workers))
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([execute.__module__, __name__])
    try:
        while True:
            while free:
                job = next(jobs, None)
                if job is None:
                    break
                _start(context, running, free.pop(), job, TRIES)
            if not running:
                return
            for line in wait(list(running)):
                slot, process, job, tries = running.pop(line)
                result = _result(line)
                process.join()
                free.append(slot)
                if result is None and tries > 1:
                    _start(context, running, free.pop(), job, tries - 1)
                else:
                    yield job[0], result or WorkerDied("the process that ran it ended twice without a result")
    finally:
        for _, process, _, _ in running.values():
            process.terminate()
            process.join()


def clear_scratch():
    """Remove scratch folders of processes that are no more."""
    for folder in Path("/tmp").glob(f"{SCRATCH}*-*"):
        number = folder.name.removeprefix(SCRATCH).partition("-")[0]
        if (
            number.isdigit()
            and not os.path.exists(f"/proc/{number}")
            and folder.owner() == Path.home().owner()
        ):
            shutil.rmtree(folder, ignore_errors=True)


def _start(context, running, slot, job, tries):
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(there, slot, job[1]), daemon=True)
    process.start()
    there.close()
    running[here] = (slot, process, job, tries)


def _work(line, slot, task):
    """Body of a process: execute one task, send the result back as JSON."""
    _end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the grader ends us
    signal.signal(signal.SIGTERM, lambda *_: os._exit(1))
    # The hard limit stays: kernels have limits of their own.
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, resource.getrlimit(resource.RLIMIT_DATA)[1]))
    object.__setattr__(task, "slot", slot)
    try:
        result = {"executed": asdict(execute(task))}
    except Exception as error:
        result = {"error": f"{type(error).__name__}: {error}"}
    line.send_bytes(json.dumps(result).encode())


def _result(line):
    """What a process sent; None if it ended before that."""
    try:
        result = json.loads(line.recv_bytes())
    except (EOFError, OSError):
        return None
    finally:
        line.close()
    if "error" in result:
        return RuntimeError(result["error"])
    return Executed(**result["executed"])


def _end_with_parent():
    """Have the system end this process when the one that started it ends, however that happens."""
    set_parent_death_signal = 1
    ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL)
