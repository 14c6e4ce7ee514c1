"""A class in which everything happens at once, graded in one run, each with the outcome it must have."""

import json
import os
import re
import socket
import subprocess
import sys
import threading
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from submissions import CLASS, SLUG, Submission, hand_in, solution

ROOT = Path(__file__).parents[2]
SETTINGS = """
c.Classroom.timeout = 20
c.Classroom.deadline = 200
c.Classroom.memory = 2 << 30
c.Classroom.hide = ["glassnet.checks.neurons"]
"""

pytestmark = pytest.mark.slow


def make_course(folder, submissions, settings=SETTINGS):
    """Course with one assignment and what was handed in."""
    folder.mkdir()
    text = (ROOT / "nbgrader_config.py").read_text()
    (folder / "nbgrader_config.py").write_text(text + settings)
    source = folder / "solutions" / SLUG
    source.mkdir(parents=True)
    nbformat.write(solution(), source / f"{SLUG}.ipynb")
    classroom(folder, "release", SLUG)
    for student, submission in submissions.items():
        hand_in(folder / "submitted" / student / SLUG, released(folder), submission)
    return folder


def released(folder):
    return nbformat.read(folder / "exercises" / SLUG / f"{SLUG}.ipynb", as_version=4)


def classroom(folder, *arguments, code=0, **env):
    command = [str(Path(sys.executable).with_name("classroom")), *arguments, "--course", str(folder)]
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, **env}, cwd=folder, timeout=3600
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def marks(folder):
    """Points of the checks as the gradebook has them: {student: sum, or None if any is missing}."""
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        found = {}
        for submission in gradebook.assignment_submissions(SLUG):
            scores = [g.auto_score for n in submission.notebooks for g in n.grades if g.name != "why"]
            found[submission.student.id] = None if None in scores else sum(scores)
        return found


@pytest.fixture(scope="module")
def graded(tmp_path_factory, bubblewrap):
    folder = tmp_path_factory.mktemp("hostile") / "course"
    heard = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen():
            try:
                while True:
                    heard.append(server.accept())
            except OSError:
                pass

        threading.Thread(target=listen, daemon=True).start()
        port = server.getsockname()[1]
        handed_in = {
            student: Submission(
                **{
                    **vars(one),
                    "first": one.first.replace("{course}", str(folder)).replace("{port}", str(port)),
                }
            )
            for student, one in CLASS.items()
        }
        make_course(folder, handed_in)
        (folder / "innocent.txt").write_text("secret-of-the-instructor")
        nameless = os.fsdecode(b"no-text-\xff")
        hand_in(folder / "submitted" / nameless / SLUG, released(folder), Submission(None))
        (folder / "submitted" / "absent").mkdir()
        before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file() and not p.is_symlink()}
        printed = classroom(folder, "grade", SLUG, "--workers", "2", code=1, SECRET="secret-in-environment")
    after = {p: p.read_bytes() if p.exists() else None for p in before}
    return {"folder": folder, "printed": printed, "heard": heard, "before": before, "after": after}


@pytest.mark.parametrize("student", CLASS)
def test_outcome(graded, student):
    expected, folder = CLASS[student], graded["folder"]
    outcome = json.loads((folder / "autograded" / student / SLUG / "grading.json").read_text())
    allowed = expected.points if type(expected.points) is tuple else (expected.points,)
    assert marks(folder)[student] in allowed, outcome
    assert outcome["status"] == ("failed" if expected.points is None else "graded"), outcome
    assert (outcome["problem"] is None) == (expected.points is not None)
    assert expected.says in " ".join(outcome["notes"])
    assert not outcome["unsafe"]


def test_everybody_is_accounted_for(graded):
    assert set(marks(graded["folder"])) == set(CLASS)
    failed = sum(one.points is None for one in CLASS.values())
    printed = graded["printed"]
    assert f"{len(CLASS) - failed} of {len(CLASS) + 1} students graded" in printed
    assert "no-text-\\udcff" in printed
    assert "the folder's name is not UTF-8" in printed
    assert "Nothing handed in: absent." in printed
    assert all(character.isprintable() or character == "\n" for character in printed)


def test_no_cell_of_a_student_shows_a_secret(graded):
    for student in CLASS:
        path = graded["folder"] / "autograded" / student / SLUG / f"{SLUG}.ipynb"
        if path.exists():
            cells = nbformat.read(path, as_version=4).cells  # where a check failed its source is shown
            outputs = [c.get("outputs", "") for c in cells if not c.metadata.get("nbgrader", {}).get("grade")]
            assert "secret-" not in str(outputs), student


@pytest.mark.skipif(os.geteuid() != 0, reason="who is not root cannot take a kernel's folder from it")
def test_the_folder_of_a_kernels_sockets_is_not_written(graded):
    path = graded["folder"] / "autograded" / "the folder of its sockets" / SLUG / f"{SLUG}.ipynb"
    outputs = [str(cell.get("outputs", "")) for cell in nbformat.read(path, as_version=4).cells]
    assert "Permission denied" in outputs[0]
    assert not any("was written" in output for output in outputs)


def test_nothing_is_written_where_it_must_not_be(graded):
    assert graded["after"] == graded["before"]
    assert not Path("/tmp/written-by-a-student").exists()
    assert not Path("/etc/written").exists()
    assert not (graded["folder"] / "written").exists()
    assert not graded["heard"]


def test_nothing_is_left_running_or_lying(graded):
    lines = [p.read_bytes() for p in Path("/proc").glob("[0-9]*/cmdline") if p.exists()]
    assert not any(b"98765" in line for line in lines)
    copied = [p for p in (graded["folder"] / "autograded").rglob("*") if p.is_symlink() or p.is_fifo()]
    assert not copied


def test_pages_and_tables_show_nothing_that_runs(graded):
    folder = graded["folder"]
    printed = classroom(folder, "feedback", SLUG, code=1) + classroom(folder, "report", SLUG)
    assert all(character.isprintable() or character == "\n" for character in printed)
    pages = list((folder / "feedback").glob(f"*/{SLUG}/{SLUG}.html"))
    assert {page.parts[-3] for page in pages} == set(CLASS)
    for page in (*pages, folder / "reports" / f"{SLUG}.html"):
        html = page.read_text(encoding="utf-8")
        assert not re.search(r"<(script|iframe|img|object)\b|\son\w+\s*=\s*['\"]|javascript:", html, re.I), (
            page
        )
        assert "secret-" not in html
        assert len(html) < 500_000


def test_a_huge_output_is_cut(graded):
    path = graded["folder"] / "autograded" / "prints a lot" / SLUG / f"{SLUG}.ipynb"
    assert path.stat().st_size < 5_000_000
    assert "more output was left out" in path.read_text()


def test_a_failed_regrade_takes_the_old_score_with_it(graded):
    folder = graded["folder"]
    place = folder / "submitted" / "same as honest" / SLUG / f"{SLUG}.ipynb"
    place.write_text("{")
    printed = classroom(folder, "grade", SLUG, "--student", "same as honest", code=1)
    assert marks(folder)["same as honest"] is None
    assert marks(folder)["honest"] == 8
    assert "same as honest" in printed
