"""Executing many notebooks: a process each, so many at a time; a process that dies takes nobody with it."""

import contextlib
import ctypes
import dataclasses
import gc
import json
import os
import resource
import shutil
import signal
from collections.abc import Iterable, Iterator, Sequence
from multiprocessing.connection import wait
from pathlib import Path

from . import server
from .execute import SCRATCH, Executed, execute
from .kernels import START
from .seed import Seed

MEMORY = 3 << 30  # bytes a process that runs a notebook may allocate: what it was sent may be huge
TRIES = 3
AHEAD = 50  # notebooks made ready at the most while others run: each takes two users of its own
SLACK = 60  # seconds a process may take beyond its notebook's deadline


class WorkerDied(Exception):
    """The process that ran a notebook ended without a result, each time it was tried."""


def fan_out(jobs: Iterable, workers: int, preload: Sequence[str] = ()) -> Iterator:
    """Execute tasks and yield their results as they come.

    While `workers` notebooks run, others are made ready: their kernels start and wait for their turn.

    Args:
        jobs: pairs (ticket, task); the next is taken when there is room for it.
        workers: how many run at a time.
        preload: modules the notebooks import, which are then imported only once.

    Yields:
        pairs (ticket, `Executed`, or the exception that ended it).
    """
    first_tries = ((job, TRIES) for job in jobs)
    again, ready, running = [], {}, {}
    server.start(preload)
    try:
        while True:
            _fill(running, ready, workers)
            while len(running) + len(ready) < workers + min(workers, AHEAD) and (
                one := again.pop() if again else next(first_tries, None)
            ):
                ready |= _started(*one)
                _fill(running, ready, workers)
            if not running:
                return
            finished = []
            for line in wait([*running, *ready]):
                process, job, tries = (running if line in running else ready).pop(line)
                result = _result(line)
                process.join()
                if result is None and process.exitcode == -signal.SIGALRM:
                    result = WorkerDied("it took much longer than its deadline")
                if _may_be_chance(result, tries):
                    again.append((job, tries - 1))
                    continue
                result = result or WorkerDied("the process that ran it ended each time without a result")
                finished.append((job[0], result))
            _fill(running, ready, workers)  # before the result is recorded: that takes time, too
            yield from finished
    finally:
        for process, _, _ in (running | ready).values():
            process.terminate()
            process.join()
        clear_scratch()


def clear_scratch():
    """Remove scratch folders of processes that are no more."""
    for folder in Path("/tmp").glob(f"{SCRATCH}*-*"):
        number = folder.name.removeprefix(SCRATCH).partition("-")[0]
        with contextlib.suppress(OSError):  # somebody else was quicker
            ours = folder.lstat().st_uid == os.geteuid()
            if ours and number.isdigit() and not os.path.exists(f"/proc/{number}"):
                shutil.rmtree(folder, ignore_errors=True)


def _fill(running, ready, workers):
    """Tell those that were made ready first that it is their turn."""
    while ready and len(running) < workers:
        line = next(iter(ready))
        running[line] = ready.pop(line)
        with contextlib.suppress(OSError):  # it has died already: seen when its result is read
            line.send(None)


def _started(job, tries):
    """Make a task ready in a process of its own: {line to it: (process, job, tries)}."""
    server.keep_running()
    here, there = server.context.Pipe()
    process = server.context.Process(target=_work, args=(there,), daemon=True)
    process.start()
    there.close()
    with contextlib.suppress(OSError):
        here.send(job[1])
    return {here: (process, job, tries)}


def _work(line):
    """Body of a process: receive a task, execute it when told, send the result back as JSON."""
    _end_with_parent()
    gc.freeze()  # what was imported stays
    gc.enable()
    # Before there is anything to be told: a kernel's memory begins as a copy of this one.
    seeds = [Seed(), Seed()]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the grader ends us
    signal.signal(signal.SIGTERM, lambda *_: os._exit(1))
    # The hard limit stays: kernels have limits of their own.
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, resource.getrlimit(resource.RLIMIT_DATA)[1]))
    try:
        task = line.recv()

        def turn():
            signal.alarm(0)
            line.recv()
            # Should anything that a notebook sent hold this process itself up.
            signal.alarm(int(task.deadline) + SLACK)

        signal.alarm(START + SLACK)
        result = {"executed": dataclasses.asdict(execute(task, seeds, turn))}
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


def _may_be_chance(result, tries):
    """Whether something ended that another try may bring to its end: killed, or short of memory."""
    if isinstance(result, Executed):
        return result.died and tries == TRIES  # as likely the student's own doing: once more is enough
    return tries > 1 and not isinstance(result, WorkerDied)


def _end_with_parent():
    """Have the system end this process when the one that started it ends, however that happens."""
    set_parent_death_signal = 1
    ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL)
