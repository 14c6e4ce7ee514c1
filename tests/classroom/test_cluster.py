"""`classroom grade --dask`: the pool's results to the byte, on workers of which one is killed on the way."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
import small_course
from classroom import cache
from machine import require
from small_course import COMMAND, FULL, SLUG

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("bubblewrap")]
PEOPLE = ["ada", "ben", "cleo", "dan", "eve"]
DASK = str(Path(sys.executable).with_name("dask"))


@pytest.fixture(scope="module")
def by_the_pool(tmp_path_factory):
    """A course as the pool graded it."""
    course = small_course.make(tmp_path_factory.mktemp("pool") / "course")
    for student in PEOPLE:  # each takes long enough to be seen while it runs
        small_course.add(course, student, first="import time\ntime.sleep(1)")
    small_course.add(course, "exit", first="import os\nos._exit(1)")
    small_course.add(course, "error", first="print('before')\n1 / 0")
    assert small_course.grade(course) == 0
    return course


def again(by_the_pool, folder):
    """The same course before anything was graded."""
    left_out = shutil.ignore_patterns("autograded", "gradebook.db", ".classroom")
    return Path(shutil.copytree(by_the_pool, folder, ignore=left_out))


@pytest.fixture(scope="module")
def local():
    """Address of a cluster on this machine."""
    from distributed import LocalCluster

    # Workers have Dask's nanny, and two notebooks at a time.
    with LocalCluster(n_workers=1, threads_per_worker=2, dashboard_address=None, host="127.0.0.1") as cluster:
        yield cluster.scheduler_address


def test_results_are_the_pools_to_the_byte(by_the_pool, local, tmp_path):
    course = again(by_the_pool, tmp_path / "course")
    assert small_course.grade(course, "--dask", local) == 0
    assert small_course.notebooks(course) == small_course.notebooks(by_the_pool)
    assert small_course.marks(course) == small_course.marks(by_the_pool)
    assert small_course.marks(course) == {**dict.fromkeys(PEOPLE, FULL), "exit": 0, "error": FULL}


def test_workers_with_other_packages_are_refused(by_the_pool, local, tmp_path, monkeypatch, capsys):
    course = again(by_the_pool, tmp_path / "course")
    monkeypatch.setattr(cache, "environment", lambda: "another lock")
    assert small_course.grade(course, "--dask", local) == 2
    assert "has other packages than this machine" in capsys.readouterr().err
    assert not small_course.notebooks(course)


def test_a_cluster_that_is_not_there_is_said_in_a_sentence(by_the_pool, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("classroom.cluster.REACH", 1)
    course = again(by_the_pool, tmp_path / "course")
    assert small_course.grade(course, "--dask", "tcp://127.0.0.1:9") == 2
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in capsys.readouterr().err
    from distributed import LocalCluster

    with LocalCluster(n_workers=0, dashboard_address=None, host="127.0.0.1") as empty:
        assert small_course.grade(course, "--dask", empty.scheduler_address) == 2
    assert "has no workers" in capsys.readouterr().err


@pytest.fixture
def machines():
    """Three network namespaces on a network of their own, as machines have: {name: address}."""
    if os.geteuid() or not shutil.which("ip"):
        require("network namespaces need root and iproute2: run make system as root")
    mark = f"classroom{os.getpid()}"
    names = {f"{mark}-{kind}": f"10.213.77.{i}" for i, kind in enumerate(("hub", "one", "two"), 1)}
    hub, *others = names

    def ip(*arguments):
        subprocess.run(["ip", *arguments], check=True)

    try:
        for name in names:
            ip("netns", "add", name)
            ip("-n", name, "link", "set", "lo", "up")
        for number, name in enumerate(others):
            end = f"v{number}"
            ip("-n", hub, "link", "add", end, "type", "veth", "peer", "name", "eth", "netns", name)
            ip("-n", hub, "addr", "add", names[hub], "peer", names[name], "dev", end)
            ip("-n", hub, "link", "set", end, "up")
            ip("-n", name, "addr", "add", names[name], "peer", names[hub], "dev", "eth")
            ip("-n", name, "link", "set", "eth", "up")
            ip("-n", name, "route", "add", "default", "via", names[hub])
        ip("netns", "exec", hub, "sh", "-c", "echo 1 >/proc/sys/net/ipv4/ip_forward")
        yield names
    finally:
        for name in names:
            subprocess.run(["ip", "netns", "del", name], check=False)


def test_a_worker_killed_midway_on_another_machine_loses_nobody(by_the_pool, machines, tmp_path):
    course = again(by_the_pool, tmp_path / "course")
    address = tmp_path / "scheduler.json"
    started = []

    def on(machine, *command):
        """Start a program on one of the machines; `ip netns exec` becomes that program."""
        process = subprocess.Popen(
            ["ip", "netns", "exec", machine, *command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=tmp_path,
        )
        started.append(process)
        return process

    hub, *others = machines
    where = ["--scheduler-file", str(address)]
    try:
        on(hub, DASK, "scheduler", "--host", machines[hub], "--port", "0", "--no-dashboard", *where)
        until(address.exists)
        one, two = (
            on(name, DASK, "worker", *where, "--nthreads", "1", "--no-nanny", "--no-dashboard")
            for name in others
        )
        scheduler = json.loads(address.read_text())["address"]
        grader = on(hub, COMMAND, "grade", SLUG, "--dask", scheduler, "--course", str(course))
        until(lambda: runs_a_notebook(one) and runs_a_notebook(two))
        below = psutil.Process(one.pid).children(recursive=True)
        one.send_signal(signal.SIGKILL)
        printed, _ = grader.communicate(timeout=900)
        assert grader.returncode == 0, printed
        _, alive = psutil.wait_procs(below, timeout=20)
        assert not alive
    finally:
        for process in started:
            process.kill()
            process.communicate()
    assert small_course.notebooks(course) == small_course.notebooks(by_the_pool)
    assert small_course.marks(course) == small_course.marks(by_the_pool)


def runs_a_notebook(worker):
    return any(child.name() == "bwrap" for child in psutil.Process(worker.pid).children(recursive=True))


def until(condition, seconds=400):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)
