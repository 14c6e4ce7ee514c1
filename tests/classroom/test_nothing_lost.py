"""Whatever ends a grader between two of its steps, no submission and no mark is lost or half written."""

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import small_course
from classroom import record
from classroom.record import read_outcome
from small_course import FULL, SLUG

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("bubblewrap")]
NEW = FULL - 3  # what the answer that ada hands in later is worth
STALE = {"relu": "def relu(Z):\n    return Z"}

# Each step is a place in the code at which the grader ends itself as `kill -9` would.
KILL = "import os, signal\nkill = lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL)\n"
STEPS = {
    "before the marks": "import classroom.record as r\nr._SaveAtOnce.preprocess = kill",
    "amid the marks": """
from nbgrader.preprocessors import SaveAutoGrades
whole, seen = SaveAutoGrades.preprocess_cell, []
def cell(self, *a):
    seen.append(whole(self, *a))
    if len(seen) == 5:
        kill()
SaveAutoGrades.preprocess_cell = cell
""",
    "after the marks": "import nbformat\nnbformat.write = kill",
    "amid the folder": """
import classroom.record as r
def half(path, outcome):
    path.write_text('{"status": "gra')
    kill()
r._write = half
""",
    "between old folder and new": """
whole = os.replace
def replace(one, two):
    whole(one, two)
    if str(two).endswith(".old"):
        kill()
os.replace = replace
""",
    "before the old folder goes": """
whole = os.replace
def replace(one, two):
    whole(one, two)
    if str(one).endswith(".new"):
        kill()
os.replace = replace
""",
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Course in which everybody has full marks and ada's other answer has been executed before."""
    course = small_course.make(tmp_path_factory.mktemp("lost") / "course", "ben")
    small_course.add(course, "ada", sources={**small_course.HONEST, **STALE})
    assert small_course.grade(course) == 0
    shutil.rmtree(course / "submitted" / "ada")
    small_course.add(course, "ada")
    assert small_course.grade(course) == 0
    assert small_course.marks(course) == {"ada": FULL, "ben": FULL}
    return course


@pytest.fixture
def course(graded, tmp_path):
    """Copy of it, with ada's other answer handed in."""
    folder = Path(shutil.copytree(graded, tmp_path / "course"))
    shutil.rmtree(folder / "submitted" / "ada")
    small_course.add(folder, "ada", sources={**small_course.HONEST, **STALE})
    return folder


def run(course, patch="", **options):
    arguments = ["grade", SLUG, "--course", str(course)]
    line = f"import sys\nfrom classroom.cli import main\nsys.exit(main({arguments}))"
    return subprocess.run(
        [sys.executable, "-c", f"{KILL}{patch}\n{line}"], capture_output=True, text=True, **options
    )


def assert_whole(course):
    """Graded anew, everything is there, and nothing of what was interrupted."""
    assert small_course.grade(course) == 0
    assert small_course.marks(course) == {"ada": NEW, "ben": FULL}
    assert not list((course / "autograded").glob("*/.*"))
    for student in ("ada", "ben"):
        assert read_outcome(course / "autograded" / student / SLUG).status == "graded"
        assert (course / "submitted" / student / SLUG / f"{SLUG}.ipynb").exists()


@pytest.mark.parametrize("step", STEPS)
def test_killed_while_it_records(course, step):
    assert run(course, STEPS[step]).returncode == -signal.SIGKILL
    found = small_course.marks(course)
    assert found["ben"] == FULL
    assert found["ada"] in (FULL, NEW)  # the marks of one answer, never of both
    assert_whole(course)


def test_killed_while_it_notes_a_failure(course):
    place = course / "submitted" / "ada" / SLUG / f"{SLUG}.ipynb"
    kept = place.read_bytes()
    place.write_text("{")
    assert run(course, "import classroom.record as r\nr._write = kill").returncode == -signal.SIGKILL
    assert small_course.grade(course) == 1
    assert small_course.marks(course) == {"ada": None, "ben": FULL}
    assert read_outcome(course / "autograded" / "ada" / SLUG).status == "failed"
    place.write_bytes(kept)
    assert_whole(course)


def test_killed_while_a_result_is_kept(course):
    shutil.rmtree(course / ".classroom" / "executed")
    half = """
from pathlib import Path
whole = Path.write_bytes
def write(self, data):
    if self.parent.name == "executed":
        whole(self, data[: len(data) // 2])
        kill()
    return whole(self, data)
Path.write_bytes = write
"""
    assert run(course, half).returncode == -signal.SIGKILL
    assert_whole(course)


def test_a_disk_that_is_full(course, tmp_path):
    """No score of before stands for an answer that could not be recorded; with room again, all is well."""
    size = sum(p.stat().st_size for p in course.rglob("*") if p.is_file())
    options, disk = {}, None
    if os.geteuid() == 0:
        disk = tmp_path / "disk"
        disk.mkdir()
        room = size + 4096 * len(list(course.rglob("*"))) + (150 << 10)
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={room}", "tmpfs", disk], check=True)
        course = Path(shutil.copytree(course, disk / "course"))
        (disk / "full").write_bytes(bytes(shutil.disk_usage(disk).free))
    else:
        options["preexec_fn"] = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20 << 10, 20 << 10))
    try:
        before = {p: p.read_bytes() for p in (course / "submitted").rglob("*") if p.is_file()}
        done = run(course, **options)
        assert done.returncode in (1, 2)
        assert "Traceback" not in done.stderr
        assert "classroom:" in done.stderr or "NOT graded" in done.stdout
        assert {p: p.read_bytes() for p in before} == before
        assert small_course.marks(course)["ben"] == FULL
        if disk:
            (disk / "full").unlink()
            subprocess.run(["mount", "-o", "remount,size=1g", disk], check=True)
        assert_whole(course)
    finally:
        if disk:
            subprocess.run(["umount", "--lazy", disk], check=True)


def test_marks_that_cannot_be_recorded_do_not_leave_those_of_before(course, monkeypatch, capsys):
    def full(self, *arguments):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(record.Recorder, "record", full)
        disk.setattr(record.Recorder, "fail", full)
        assert small_course.grade(course) == 1
    assert "No space left on device" in capsys.readouterr().out
    from classroom import results

    found = {one.student: one for one in results.read(course, SLUG).results}
    assert (found["ada"].status, found["ada"].score) == ("failed", None)
    assert found["ben"].status == "graded"
    assert_whole(course)


def test_a_gradebook_that_stays_locked_is_said_in_a_sentence(course, capfd):
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(f"c.CourseDirectory.db_url = 'sqlite:///{course / 'gradebook.db'}?timeout=1'\n")
    lock = sqlite3.connect(course / "gradebook.db", isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(record, "PATIENCE", 0)
        assert small_course.grade(course) == 2
    assert "database is locked" in capfd.readouterr().err
    lock.close()
    assert_whole(course)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_it_ends_at_once_and_goes_on_later(course, number):
    shutil.rmtree(course / ".classroom" / "executed")
    shutil.rmtree(course / "autograded")
    shutil.rmtree(course / "submitted" / "ada")
    answers = {**small_course.HONEST, **STALE}
    small_course.add(course, "ada", sources=answers, first="import time\ntime.sleep(3)")  # ben's comes first
    grader = small_course.command(course)
    while not (course / ".classroom" / "executed").exists() and grader.poll() is None:
        pass
    grader.send_signal(number)
    printed, _ = grader.communicate(timeout=60)
    assert grader.returncode == 130
    assert "the same command goes on where it was" in printed
    assert "Traceback" not in printed
    assert not [p for p in Path("/tmp").glob(f"classroom-{grader.pid}-*")]
    assert_whole(course)
