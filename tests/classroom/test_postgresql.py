"""The gradebook in PostgreSQL, by nbgrader's own `db_url`: a real server, and two graders at once."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
import small_course
from classroom.cli import main
from machine import require
from small_course import FULL, SLUG

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("bubblewrap")]
NOBODY = pwd.getpwnam("nobody") if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root


def programs():
    """Folder with PostgreSQL's programs: Debian has them off the path."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    if not folders and (path := shutil.which("postgres")):
        folders.append(Path(path).resolve().parent)
    return folders[-1] if folders else require("no PostgreSQL found: run make system")


@pytest.fixture(scope="module")
def server():
    """Folder with the socket of a running server."""
    found = programs()
    folder = Path(tempfile.mkdtemp(prefix="postgresql-", dir="/tmp"))  # a socket's path must be short
    who = {}
    if NOBODY:
        os.chown(folder, NOBODY.pw_uid, NOBODY.pw_gid)
        who = {"user": NOBODY.pw_uid, "group": NOBODY.pw_gid, "extra_groups": []}
    folder.chmod(0o755)
    quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **who}
    settings = ["--username=course", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C"]
    subprocess.run([found / "initdb", "-D", folder / "data", *settings], check=True, **quiet)
    options = ["-c", "listen_addresses=", "-c", "fsync=off", "-c", f"unix_socket_directories={folder}"]
    running = subprocess.Popen([found / "postgres", "-D", folder / "data", *options], **quiet)
    try:
        ready = [found / "pg_isready", "-q", "-h", folder]
        end = time.monotonic() + 60
        while subprocess.run(ready, check=False).returncode:
            assert time.monotonic() < end
            assert running.poll() is None
            time.sleep(0.1)
        yield folder
    finally:
        running.terminate()
        running.wait(60)
        shutil.rmtree(folder)


@pytest.fixture
def db_url(server, request):
    """Address of a new, empty database."""
    name = f"course_{abs(hash(request.node.nodeid))}"
    subprocess.run([programs() / "createdb", "-h", server, "-U", "course", name], check=True)
    return f"postgresql+psycopg://course@/{name}?host={server}"


def make(folder, db_url, *students):
    return small_course.make(folder, *students, settings=f"c.CourseDirectory.db_url = {db_url!r}\n")


def test_all_commands_work_and_marks_are_those_of_sqlite(tmp_path, db_url, capsys):
    people = ("ada", "née O'Brien; DROP TABLE student --")
    course = make(tmp_path / "postgresql", db_url, *people)
    small_course.add(course, "blank", sources={})
    (course / "submitted" / "broken" / SLUG).mkdir(parents=True)
    (course / "submitted" / "broken" / SLUG / f"{SLUG}.ipynb").write_text("{")
    shutil.copytree(course, tmp_path / "sqlite")
    settings = tmp_path / "sqlite" / "nbgrader_config.py"
    settings.write_text(
        settings.read_text().replace(db_url, f"sqlite:///{tmp_path / 'sqlite' / 'gradebook.db'}")
    )
    for folder in (course, tmp_path / "sqlite"):
        assert small_course.grade(folder) == 1
    found = small_course.marks(course, db_url)
    assert found == {**dict.fromkeys(people, FULL), "blank": 0, "broken": None}
    assert small_course.marks(tmp_path / "sqlite") == found
    assert small_course.notebooks(tmp_path / "sqlite") == small_course.notebooks(course)
    assert not (course / "gradebook.db").exists()
    capsys.readouterr()
    assert main(["report", SLUG, "--course", str(course)]) == 0
    assert people[1] in capsys.readouterr().out
    assert main(["feedback", SLUG, "--course", str(course)]) == 1  # broken
    assert main(["export", SLUG, "--course", str(course)]) == 0
    assert main(["doctor", "--course", str(course)]) == 0


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_two_graders_at_once(tmp_path, store, request):
    people = ["ada", "ben", "cleo", "dan"]
    if store == "sqlite":
        db_url = None
        course = small_course.make(tmp_path / "course", *people)
    else:
        db_url = request.getfixturevalue("db_url")
        course = make(tmp_path / "course", db_url, *people)
    both = [small_course.command(course), small_course.command(course)]
    for grader in both:
        printed, _ = grader.communicate(timeout=600)
        assert grader.returncode == 0, printed
        assert "4 of 4 students graded" in printed
    assert small_course.marks(course, db_url) == dict.fromkeys(people, FULL)
    assert set(small_course.notebooks(course)) == set(people)


def test_a_server_that_does_not_answer_is_named_in_a_sentence(tmp_path, capfd):
    course = make(tmp_path / "course", f"postgresql+psycopg://course@/course?host={tmp_path}", "ada")
    for command in (["grade", SLUG], ["report", SLUG], ["feedback", SLUG], ["export", SLUG]):
        assert main([*command, "--course", str(course)]) == 2
        said = capfd.readouterr().err
        assert "gradebook" in said
        assert "Traceback" not in said


def test_a_store_whose_driver_is_missing_is_named_in_a_sentence(tmp_path, capfd):
    course = make(tmp_path / "course", "mysql://course@localhost/course", "ada")
    assert small_course.grade(course) == 2
    assert "c.CourseDirectory.db_url" in capfd.readouterr().err
