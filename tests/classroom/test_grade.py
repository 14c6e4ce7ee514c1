"""`classroom grade`: right marks, nothing executed twice, nothing lost, whatever ends it."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import nbformat
import psutil
import pytest
import sample_class
import small_course
from bank import graded, notebook
from classroom import cache, sandbox
from classroom.cache import Cache
from classroom.cli import main
from classroom.execute import Executed, Task
from classroom.fanout import fan_out
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.utils import is_solution
from test_grading import _with_sources

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))
import grading as benchmark

SLUG = sample_class.SLUG
needs_sandbox = pytest.mark.usefixtures("bubblewrap")


@pytest.fixture
def course(tmp_path):
    folder = tmp_path / "sample"
    sample_class.make_course(folder)
    (folder / "gradebook.db").unlink()  # grading needs nothing done before it
    return folder


def only(course, *students):
    """Leave these students' submissions only."""
    for place in (course / "submitted").iterdir():
        if place.name not in students:
            shutil.rmtree(place)


def grade(course, *arguments):
    return main(["grade", SLUG, "--workers", "2", "--course", str(course), *arguments])


def outcome(course, student):
    return json.loads((course / "autograded" / student / SLUG / "grading.json").read_text())


def executed(course):
    """Names of the results that are kept, with the time they were made."""
    return {p.name: p.stat().st_mtime_ns for p in (course / ".classroom" / "executed").iterdir()}


@needs_sandbox
@pytest.mark.slow
def test_marks_are_those_of_the_answer_bank_and_nothing_is_executed_twice(course):
    assert grade(course) == 0
    marks = sample_class.marks(course)
    for student, sources in sample_class.submissions(SLUG).items():
        expected = graded(_with_sources(notebook("solutions", SLUG), sources))
        found = {name: marks[student][name] for name in expected}
        assert found == {name: (points, most) for name, (points, most, _) in expected.items()}, student
    kept = executed(course)
    assert len(kept) == len(marks)
    started = time.monotonic()
    assert grade(course) == 0
    assert executed(course) == kept
    assert sample_class.marks(course) == marks
    assert time.monotonic() > started


@needs_sandbox
@pytest.mark.slow
def test_a_changed_test_and_a_damaged_result_are_executed_again(course):
    only(course, "ada")
    assert grade(course) == 0
    (first,) = executed(course)
    kept = course / ".classroom" / "executed" / first
    kept.write_bytes(kept.read_bytes().replace(b"neuron", b"neuroh", 1))
    shutil.rmtree(course / "autograded")
    damaged = kept.read_bytes()
    assert grade(course) == 0
    assert kept.read_bytes() != damaged
    assert sample_class.marks(course)["ada"]["relu-hidden"] == (2, 2)

    source = course / "solutions" / SLUG / f"{SLUG}.ipynb"
    source.write_text(source.read_text().replace("seed=103", "seed=9103"))
    assert grade(course) == 0
    assert len(executed(course)) == 2


@needs_sandbox
@pytest.mark.slow
def test_killed_at_any_moment_it_goes_on_where_it_was(course):
    only(course, "ada", "carl", "emmy")
    command = [str(Path(sys.executable).with_name("classroom")), "grade", SLUG, "--workers", "1"]
    seen = set()
    for end in ("first kernel", "first result", "first marks"):
        grader = subprocess.Popen([*command, "--course", str(course)], stderr=subprocess.DEVNULL)
        watched = {
            "first kernel": lambda: _kernels(),
            "first result": lambda: (course / ".classroom" / "executed").exists() and executed(course),
            "first marks": lambda: list(course.glob("autograded/*/*/grading.json")),
        }[end]
        while not watched() and grader.poll() is None:
            time.sleep(0.02)
        grader.send_signal(signal.SIGKILL)
        grader.wait()
        seen.add(grader.returncode)
        _until(lambda: not _kernels())
    assert -signal.SIGKILL in seen
    assert grade(course) == 0
    sums = {s: sum(p or 0 for p, _ in m.values()) for s, m in sample_class.marks(course).items()}
    assert sums["ada"] == sums["emmy"] == 24
    assert not list((course / "autograded").glob("*/.*"))


@needs_sandbox
@pytest.mark.slow
def test_a_killed_worker_and_a_killed_kernel_lose_nobody(course):
    only(course, "ada", "emmy")
    for place in course.glob(f"submitted/*/{SLUG}/{SLUG}.ipynb"):  # long enough to be killed while it runs
        nb = nbformat.read(place, as_version=4)
        answer = next(filter(is_solution, nb.cells))
        answer.source += "\nimport time; time.sleep(3)"
        nbformat.write(nb, place)
    killed = []

    def kill():
        """End a process that runs a notebook, then a sandbox."""
        for name in ("python", "bwrap"):
            end = time.monotonic() + 120
            while time.monotonic() < end:
                # The server workers are forked from is our child, they are its children.
                running = [p for p in psutil.Process().children(recursive=True) if p.name().startswith(name)]
                found = [p for p in running if name == "bwrap" or p.parent().pid != os.getpid()]
                if found:
                    time.sleep(0.3)  # until what it started has asked to end with it
                    found[0].kill()
                    killed.append(name)
                    break
                time.sleep(0.05)

    hunter = threading.Thread(target=kill)
    hunter.start()
    code = grade(course)
    hunter.join()
    assert killed == ["python", "bwrap"]
    marks = sample_class.marks(course)
    assert set(marks) == {"ada", "emmy"}
    assert {s: sum(p or 0 for p, _ in m.values()) for s, m in marks.items()} == {"ada": 24, "emmy": 24}
    assert code == 0


@needs_sandbox
@pytest.mark.slow
def test_what_is_made_ready_waits_for_its_turn_and_time_counts_from_there():
    source = "import time; print(time.time()); time.sleep(2); print(time.time())"
    task = Task(nbformat.writes(new_notebook(cells=[new_code_cell(source)])), {}, {}, deadline=3.5)
    done = dict(fan_out(((number, task) for number in range(3)), workers=1))
    outputs = [nbformat.reads(done[number].notebook, 4).cells[0].outputs for number in range(3)]
    times = [float(time) for [output] in outputs for time in output.text.split()]
    assert times == sorted(times)  # one after the other
    assert len(times) == 6
    assert not any(result.late for result in done.values())


@needs_sandbox
@pytest.mark.slow
def test_a_locked_gradebook_is_waited_for(course):
    only(course, "ada")
    assert grade(course) == 0
    shutil.rmtree(course / "autograded")
    lock = sqlite3.connect(course / "gradebook.db", isolation_level=None, check_same_thread=False)
    lock.execute("BEGIN EXCLUSIVE")
    threading.Timer(8, lambda: lock.execute("COMMIT")).start()
    assert grade(course) == 0
    lock.close()
    assert sample_class.marks(course)["ada"]["relu-hidden"] == (2, 2)


@needs_sandbox
@pytest.mark.slow
def test_marks_given_by_hand_survive_a_regrade_and_a_failed_one(course):
    from nbgrader.api import Gradebook

    only(course, "ada")
    assert grade(course) == 0
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        answer = gradebook.find_grade("why", SLUG, SLUG, "ada")
        answer.manual_score, answer.needs_manual_grade = 3.5, False
        gradebook.db.commit()
    (course / "submitted" / "ada" / SLUG / f"{SLUG}.ipynb").write_text("{")
    assert grade(course) == 1
    assert outcome(course, "ada")["status"] == "failed"
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        submission = gradebook.find_submission(SLUG, "ada")
        assert submission.score == 3.5
        assert submission.needs_manual_grade


@needs_sandbox
@pytest.mark.slow
def test_late_submissions_follow_nbgraders_rules(tmp_path, capsys):
    from nbgrader.api import Gradebook

    settings = "c.LateSubmissionPlugin.penalty_method = 'zero'\n"
    course = small_course.make(tmp_path / "course", "early", "late", settings=settings)
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        gradebook.add_assignment(small_course.SLUG, duedate="2024-01-02 00:00:00 UTC")
    for student, time_ in (("early", "2024-01-01 10:00:00 UTC"), ("late", "2024-01-04 00:00:00 UTC")):
        (course / "submitted" / student / small_course.SLUG / "timestamp.txt").write_text(time_)
    for _ in range(2):  # a regrade takes nothing off twice
        assert small_course.grade(course, "--student", "late", "--student", "early") == 0
        with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
            found = {s.student.id: s for s in gradebook.assignment_submissions(small_course.SLUG)}
            assert found["late"].total_seconds_late == 2 * 86_400
            assert found["late"].notebooks[0].late_submission_penalty == small_course.FULL
            assert not found["early"].total_seconds_late
            assert not found["early"].notebooks[0].late_submission_penalty
            assert found["early"].score == small_course.FULL
    assert main(["report", small_course.SLUG, "--course", str(course)]) == 0
    assert "late by 2 days, 8 points off" in " ".join(capsys.readouterr().out.split())


@needs_sandbox
@pytest.mark.slow
def test_a_disk_without_room_for_results_still_grades(course, monkeypatch):
    only(course, "ada")

    def full(self, data):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(Path, "write_bytes", full)
        assert grade(course) == 0
    assert not executed(course)
    assert sample_class.marks(course)["ada"]["relu-hidden"] == (2, 2)


def test_without_bubblewrap_it_refuses_in_one_line(course, monkeypatch, capsys):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert grade(course) == 2
    assert capsys.readouterr().err.strip() == f"classroom: {sandbox.INSTALL}"


@pytest.mark.slow
def test_unsafe_is_marked(course, capsys):
    only(course, "ada")
    assert grade(course, "--unsafe") == 0
    assert "UNSAFE" in capsys.readouterr().out
    assert outcome(course, "ada")["unsafe"]


def test_what_cannot_be_graded_is_said_in_a_sentence(course, capsys, monkeypatch):
    monkeypatch.setattr(sandbox, "refuse_without", lambda: None)
    assert main(["grade", "nothing", "--course", str(course)]) == 2
    assert "there is no assignment 'nothing'" in capsys.readouterr().err
    assert grade(course, "--student", "nobody") == 2
    assert "there is nothing from 'nobody'" in capsys.readouterr().err
    shutil.rmtree(course / "submitted")
    assert grade(course) == 2
    assert "nothing was handed in" in capsys.readouterr().err


def test_the_key_depends_on_everything_a_result_depends_on(monkeypatch):
    nb = nbformat.writes(nbformat.v4.new_notebook())
    task = Task(nb, {"a.csv": b"1"}, {"b.csv": b"2"})
    others = [
        Task(nb + " ", {"a.csv": b"1"}, {"b.csv": b"2"}),
        Task(nb, {"a.csv": b"2"}, {"b.csv": b"2"}),
        Task(nb, {"a.txt": b"1"}, {"b.csv": b"2"}),
        Task(nb, {"a.csv": b"1"}, {"b.csv": b"3"}),
        Task(nb, {"a.csv": b"1"}, {"b.csv": b"2"}, timeout=5),
        Task(nb, {"a.csv": b"1"}, {"b.csv": b"2"}, unsafe=True),
    ]
    keys = {cache.key(task), *map(cache.key, others)}
    monkeypatch.setattr(cache, "environment", lambda: "another lock")
    keys.add(cache.key(task))
    assert len(keys) == len(others) + 2


@pytest.mark.parametrize(
    "damage", [b"", b"x", lambda data: data[:-3], lambda data: data.replace(b"1.5", b"2.5")]
)
def test_a_damaged_result_counts_as_none(tmp_path, damage):
    store = Cache(tmp_path)
    assert store.get("k") is None
    store.put("k", Executed("{}", ["note"], seconds=1.5))
    assert store.get("k") == Executed("{}", ["note"], seconds=1.5)
    path = tmp_path / "k.json"
    path.write_bytes(damage(path.read_bytes()) if callable(damage) else damage)
    assert store.get("k") is None


def _kernels():
    """Sandboxes of graders on this machine."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            text = path.read_bytes()
        except OSError:
            continue
        if text.startswith(b"bwrap") and b"/tmp/classroom-" in text:
            found.append(text)
    return found


def _until(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.1)


@needs_sandbox
@pytest.mark.slow
def test_checks_that_are_plain_asserts_reach_answers_by_name_and_value(tmp_path):
    folder = tmp_path / "course"
    benchmark.make_course(folder, "short_numpy", 3, salt=0)
    _answer(
        folder,
        "student001",
        "softmax",
        "def softmax(Z):\n    E = np.exp(Z)\n    return E / E.sum(axis=1)[:, None]",
    )
    # Whatever becomes of a student's own NumPy: the checks have another.
    blind = "np.testing.assert_allclose = lambda *_, **__: None\n\n\ndef softmax(Z):\n    return Z"
    _answer(folder, "student002", "softmax", blind)
    assert main(["grade", "short_numpy", "--workers", "2", "--course", str(folder)]) == 0
    assert benchmark.scores(folder, "short_numpy") == {"student000": 8, "student001": 7, "student002": 6}


def _answer(folder, student, name, source):
    """Put another answer into what a student handed in."""
    place = folder / "submitted" / student / "short_numpy" / "short_numpy.ipynb"
    nb = nbformat.read(place, as_version=4)
    next(c for c in nb.cells if c.metadata.get("nbgrader", {}).get("grade_id") == name).source = source
    nbformat.write(nb, place)
