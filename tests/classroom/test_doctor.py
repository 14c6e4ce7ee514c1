"""`classroom doctor`: what is missing is named with the way to get it, and only what is missing."""

import shutil
import signal
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest
from classroom import doctor
from classroom.cli import main
from classroom.errors import ClassroomError

ROOT = Path(__file__).parents[2]


@pytest.fixture
def course(tmp_path):
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    place = tmp_path / "solutions" / "tiny" / "tiny.ipynb"
    place.parent.mkdir(parents=True)
    place.write_text("{}")
    return tmp_path


def found(course):
    return {one.what: one for one in doctor.look(course)}


def test_a_course_that_is_ready(course, monkeypatch):
    monkeypatch.setenv("PATH", "/usr/bin:/bin")  # a student's shell, where nobody activated the environment
    findings = found(course)
    for what in (
        "Python",
        "nbgrader",
        "alembic",
        "course",
        "assignments",
        "submitted/",
        "autograded/",
        "gradebook",
    ):
        assert findings[what].ok, findings[what]
    assert findings["assignments"].told == "tiny"


def test_exit_code_says_whether_something_needed_is_missing(course, capsys, monkeypatch):
    Finding = doctor.Finding
    monkeypatch.setattr(
        doctor, "look", lambda root: [Finding("a", True, "x"), Finding("b", False, "y", needed=False)]
    )
    assert main(["doctor", "--course", str(course)]) == 0
    assert capsys.readouterr().out.splitlines()[:2] == ["ok       a: x", "without  b: y"]
    monkeypatch.setattr(doctor, "look", lambda root: [Finding("c", False, "get it")])
    assert main(["doctor", "--course", str(course)]) == 1
    assert "MISSING  c: get it" in capsys.readouterr().out


def test_missing_programs_are_named_with_a_way_to_get_them(course, monkeypatch):
    monkeypatch.setattr(doctor.shutil, "which", lambda name, path=None: None)
    monkeypatch.delenv("CHROMIUM", raising=False)
    findings = found(course)
    assert "apt-get install bubblewrap" in findings["bubblewrap"].told
    assert not findings["sandbox"].ok
    assert "make venv" in findings["alembic"].told
    assert "apt-get install chromium" in findings["Chromium"].told
    assert not findings["Chromium"].needed


def test_a_sandbox_that_may_not_be_made(course, monkeypatch):
    def refuse():
        raise ClassroomError("bubblewrap cannot make a sandbox (setting up uid map: Permission denied)")

    monkeypatch.setattr(doctor.shutil, "which", lambda name, path=None: f"/usr/bin/{name}")
    monkeypatch.setattr(doctor.sandbox, "refuse_without", refuse)
    told = found(course)["sandbox"]
    assert not told.ok
    assert "setting up uid map: Permission denied" in told.told
    assert "unprivileged_userns" in told.told


def test_python_and_disk(course, monkeypatch):
    monkeypatch.setattr(doctor.sys, "version_info", (3, 10, 1))
    assert "3.11, 3.12 or 3.13 is needed" in found(course)["Python"].told
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda path: usage(1, 1, 10**8))
    assert "only 0.1 GB free" in found(course)["disk"].told


def test_a_course_with_something_wrong(course, tmp_path):
    (course / "submitted").write_text("a file where a folder belongs")
    (course / "gradebook.db").write_text("this is no database at all, whatever its name may say")
    findings = found(course)
    assert "cannot be written" in findings["submitted/"].told
    assert "does not answer" in findings["gradebook"].told
    (course / "nbgrader_config.py").write_text("1 / 0")
    assert "does not run: ZeroDivisionError" in found(course)["course"].told
    assert "no course folder" in found(course / "solutions")["course"].told


def test_a_password_is_not_shown(course):
    with (course / "nbgrader_config.py").open("a") as file:
        file.write('\nc.CourseDirectory.db_url = "postgresql://me:secret@localhost:1/x"\n')
    told = found(course)["gradebook"]
    assert not told.ok
    assert "secret" not in told.told


def test_a_reader_who_has_seen_enough_is_no_error(course):
    command = [Path(sys.executable).with_name("classroom"), "doctor", "--course", str(course)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 128 + signal.SIGPIPE
