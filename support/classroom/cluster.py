"""Executing on other machines: each worker of a Dask cluster does for a notebook what the pool here would do.

Marks, submissions and solutions stay with the grader; a worker is sent one notebook with its files and sends
back the same notebook with outputs. A worker that is lost takes nothing with it: its notebooks go to others.
"""

import multiprocessing
import threading
import time
from collections.abc import Iterator
from multiprocessing import forkserver

from . import cache, fanout, sandbox
from .errors import ClassroomError
from .execute import Executed

REACH = 15  # seconds to reach the cluster
ALONE = 60  # seconds without any worker after which grading ends


def engine(address: str, unsafe: bool = False):
    """Engine for the Dask cluster with its scheduler at `address`; called as `fanout.fan_out` is.

    Raises:
        ClassroomError: when called, if there is no such cluster or its workers cannot do the work.
    """
    try:
        import distributed
    except ImportError:
        raise ClassroomError("--dask needs the package distributed: pip install distributed") from None

    def fan_out(jobs, workers, preload=()) -> Iterator:
        try:
            client = distributed.Client(address, timeout=REACH)
        except (OSError, ValueError) as error:
            raise ClassroomError(f"no Dask scheduler answers at {address} ({_line(error)})") from None
        with client:
            _look_at_workers(client, address, unsafe)
            yield from _results(client, address, iter(jobs), tuple(sorted(preload)))

    return fan_out


def _look_at_workers(client, address, unsafe):
    """Refuse workers that would give other results than this machine, or none."""
    try:
        client.wait_for_workers(1, timeout=REACH)
    except TimeoutError:
        raise ClassroomError(f"the Dask cluster at {address} has no workers: start some first") from None
    for worker, state in client.run(_state, unsafe, on_error="return").items():
        if isinstance(state, Exception):
            raise ClassroomError(f"the worker {worker} cannot grade ({_line(state)})")
        environment, problem = state
        if problem:
            raise ClassroomError(f"the worker {worker} cannot grade: {problem}")
        if environment != cache.environment():
            raise ClassroomError(
                f"the worker {worker} has other packages than this machine, which may give other marks: "
                "install the same requirements.lock and the same course there, and start it anew"
            )


def _state(unsafe):
    """Of a worker: hash of its environment, and what it lacks or None."""
    cache.environment.cache_clear()
    try:
        if not unsafe:
            sandbox.refuse_without()
    except ClassroomError as error:
        return cache.environment(), str(error)
    return cache.environment(), None


def _results(client, address, jobs, preload):
    """Keep every worker busy, with few notebooks waiting, so that a class of any size fits into memory."""
    from distributed import CancelledError, wait

    running, alone = {}, None
    environment = cache.environment()
    while True:
        threads = [worker["nthreads"] for worker in client.scheduler_info(n_workers=-1)["workers"].values()]
        while len(running) < 2 * sum(threads) and (job := next(jobs, None)):
            ticket, task = job
            arguments = (task, environment, preload)
            running[client.submit(_execute, *arguments, key=f"classroom-{ticket}", retries=1)] = ticket
        if not running and threads:
            return
        try:
            finished = wait(list(running), timeout=5, return_when="FIRST_COMPLETED").done if running else ()
            alone = None
        except TimeoutError:
            finished, alone = (), None if threads else alone or time.monotonic()
        except (CancelledError, OSError) as error:
            raise _gone(address) from error
        if client.status != "running" or any(future.status == "cancelled" for future in finished):
            raise _gone(address)
        if alone and time.monotonic() > alone + ALONE:
            raise ClassroomError(
                f"all workers of {address} are gone: start some, and go on with the same command"
            )
        for future in finished:
            error = future.exception() if future.status == "error" else None
            yield running.pop(future), RuntimeError(_line(error)) if error else future.result()


def _gone(address):
    return ClassroomError(
        f"the Dask scheduler at {address} is gone: start it, and go on with the same command"
    )


def _line(error):
    """The first line of an error's text."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


# On a worker: the pool's own way, one notebook long.

_lock = threading.Lock()
_server = {"environment": None, "modules": set()}  # what the process that others are forked from was made of


def _execute(task, environment, preload) -> Executed:
    """Body of a Dask task.

    Raises:
        RuntimeError: if this worker would give another result, or the notebook cannot be executed.
    """
    if cache.environment() != environment:
        raise RuntimeError("a worker that came late has other packages than the grader")
    with _lock:
        # Dask's nanny starts workers as processes that may have no children; these children end with it.
        multiprocessing.current_process()._config["daemon"] = False
        if _server["environment"] != environment or not set(preload) <= _server["modules"]:
            forkserver._forkserver._stop()
            _server.update(environment=environment, modules=_server["modules"] | set(preload))
    ((_, result),) = fanout.fan_out([(0, task)], 1, sorted(_server["modules"]))
    if isinstance(result, Exception):
        raise result
    return result
