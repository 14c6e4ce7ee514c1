"""`classroom grade`: looks at what was handed in, has it executed, records it, and accounts for everybody."""

import os
import shutil
import tempfile
from collections import defaultdict
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook
from tqdm import tqdm

from . import cluster, preflight, sandbox, server
from .cache import Cache, key
from .closing import closing, shown
from .errors import ClassroomError
from .execute import Task
from .fanout import clear_scratch, fan_out
from .record import Outcome, Recorder, patiently, read_outcome
from .release import generate
from .settings import Course


def grade(root: Path, slug: str, workers: int, students=(), unsafe=False, dask: str | None = None) -> int:
    """Grade an assignment and print who got how far.

    Args:
        root: the course folder.
        slug: the assignment.
        workers: how many notebooks are executed at a time.
        students: whom to grade, whatever was graded before; everybody, if empty.
        unsafe: do without the sandbox.
        dask: address of a Dask cluster's scheduler, whose workers execute instead of this machine.

    Returns:
        Exit code: 0 if everybody was graded, otherwise 1.

    Raises:
        ClassroomError: if nothing can be graded as things are.
    """
    course = Course(root)
    if not unsafe and not dask:
        sandbox.refuse_without()
    engine = cluster.engine(dask, unsafe) if dask else fan_out
    clear_scratch()
    run = _Run(course, slug, unsafe, again=bool(students))
    everybody = run.students()
    for student in students:
        if student not in everybody:
            raise ClassroomError(f"there is nothing from {shown(student)!r} in submitted/ for {slug}")
    chosen = sorted(students or everybody)
    with tqdm(total=len(chosen), unit="student", disable=None) as bar:
        run.grade(chosen, engine, workers, told=bar.update)
    print(closing(run.rows, () if students else run.absent))
    return 0 if all(outcome.status == "graded" for outcome in run.rows.values()) else 1


class _Run:
    def __init__(self, course, slug, unsafe, again):
        self.course, self.slug, self.unsafe, self.again = course, slug, unsafe, again
        self.rows, self.absent = {}, []
        self.release = _register(course, slug)
        self.given = _read(course.folder("source", ".", slug))
        code = (course.settings.serve, course.settings.borrow)
        self.preload = server.imported(course.folder("source", ".", slug) / f"{slug}.ipynb", code)
        self.recorder = Recorder(course, slug)
        self.cache = Cache(course.own / "executed")
        self.settings = {
            **{name: getattr(course.settings, name) for name in ("timeout", "deadline", "serve", "borrow")},
            "limits": sandbox.Limits(memory=course.settings.memory),
            "hide": tuple(course.settings.hide),
            "unsafe": unsafe,
        }

    def students(self) -> list[str]:
        """Everybody whose folder holds something for the assignment."""
        place = self.course.folder("submitted", "student", self.slug)
        root = place.parent.parent
        if not root.is_dir():
            raise ClassroomError(f"nothing was handed in: there is no folder {root}")
        people = [p for p in root.iterdir() if p.is_dir() and (p.name != ".ipynb_checkpoints")]
        # What cannot be looked into is somebody's, too; grading says that it cannot be read.
        found = [
            p.name for p in people if os.path.lexists(p / self.slug) or not os.access(p, os.R_OK | os.X_OK)
        ]
        self.absent = sorted({p.name for p in people} - set(found))
        if not found:
            raise ClassroomError(
                f"nothing was handed in for {self.slug}: no {root.name}/<student>/{self.slug}"
            )
        return sorted(found)

    def grade(self, students, engine, workers, told):
        """Grade students; `told` is called for each as soon as it is recorded."""
        waiting = defaultdict(list)

        def done(student, outcome):
            self.rows[student] = outcome
            told()

        def jobs():
            for student in students:
                ready = self._ready(student)
                if isinstance(ready, Outcome):
                    done(student, ready)
                    continue
                name, task, notes, files = ready
                waiting[name].append((student, notes, files))
                if len(waiting[name]) > 1:
                    continue  # the very same is being executed
                if stored := self.cache.get(name):
                    self._record(name, stored, waiting.pop(name), done)
                    continue
                yield name, task

        for name, result in engine(jobs(), workers, self.preload):
            if not isinstance(result, Exception) and not (result.late or result.died):
                self.cache.put(name, result)
            self._record(name, result, waiting.pop(name), done)

    def _ready(self, student):
        """What is to be executed for a student: (key, task, notes, files); an Outcome if there is no need."""
        place = self.course.folder("submitted", student, self.slug)
        try:
            student.encode()
        except UnicodeEncodeError:
            return Outcome("failed", problem="the folder's name is not UTF-8: rename it")
        try:
            found = preflight.inspect(place / f"{self.slug}.ipynb", self.release)
            if found.problem:
                return self._failed(student, found.problem, found.notes)
            files = {str(path.relative_to(place)): preflight.read(path) for path in found.files}
            notebook = patiently(lambda: self.recorder.sanitize(student, found.notebook))
            task = Task(nbformat.writes(notebook), files, self.given, **self.settings)
        except ClassroomError as error:
            return self._failed(student, str(error), [])
        except Exception as error:  # whatever was handed in, the others are graded
            return self._failed(student, f"it could not be read ({type(error).__name__}: {error})", [])
        name = key(task)
        before = read_outcome(self.course.folder("autograded", student, self.slug))
        if before and before.status == "graded" and before.key == name and not self.again:
            return before
        return name, task, found.notes, files

    def _record(self, name, result, people, done):
        """Record one result for all who handed in the same."""
        for student, notes, files in people:
            if isinstance(result, Exception):
                done(student, self._failed(student, f"it could not be executed ({result})", notes))
                continue
            remarks = [*notes, *result.notes]
            outcome = Outcome(
                "graded",
                remarks,
                unsafe=self.unsafe,
                timed_out=result.late,
                seconds=round(result.seconds, 2),
                key=name,
            )
            try:
                given = {**files, **self.given}
                patiently(lambda: self.recorder.record(student, result.notebook, given, outcome))  # noqa: B023
            except Exception as error:
                outcome = self._failed(student, f"its marks could not be recorded ({error})", notes)
            done(student, outcome)

    def _failed(self, student, problem, notes):
        outcome = Outcome("failed", list(notes), problem=problem, unsafe=self.unsafe)
        try:
            patiently(lambda: self.recorder.fail(student, outcome))
        except Exception:  # the closing table says so in any case, and no page shows the marks of before
            shutil.rmtree(self.course.folder("autograded", student, self.slug), ignore_errors=True)
        return outcome


def _register(course, slug):
    """Enter the assignment into the gradebook; return it as it is released."""
    if not (course.folder("source", ".", slug)).is_dir():
        raise ClassroomError(f"there is no assignment {slug!r} in {course.directory.source_directory}/")
    with course.lock(), tempfile.TemporaryDirectory(prefix=".grade-", dir=course.root) as scratch:
        with patiently(lambda: Gradebook(course.db_url, course.directory.course_id)):
            pass  # made, if it is the first time; or it says by itself why it cannot be used
        folder = generate(course.root, slug, Path(scratch), course.directory)
        return nbformat.read(folder / f"{slug}.ipynb", as_version=4)


def _read(folder):
    """Contents of the instructor's files for an assignment."""
    files = (p for p in folder.rglob("*") if p.is_file() and ".ipynb_checkpoints" not in p.parts)
    return {str(p.relative_to(folder)): p.read_bytes() for p in files if p.suffix != ".ipynb"}
