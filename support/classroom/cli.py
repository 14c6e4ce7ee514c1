"""The command `classroom`: reads the command line and says errors in one sentence."""

import argparse
import contextlib
import gc
import os
import signal
import sys
from pathlib import Path

from .errors import ClassroomError

DESCRIPTION = """\
The way of an exercise, from its author to the student:

  1. An author writes solutions/<slug>/<slug>.ipynb, with the solution and the hidden checks in it.
  2. `classroom release` makes of it what students get, exercises/<slug>/<slug>.ipynb.
  3. A student works in JupyterLab and looks with `classroom validate NOTEBOOK` what has been reached.
  4. The instructor collects submitted/<student>/<slug>/<slug>.ipynb, lets `classroom doctor` look once at the
     machine, and grades with `classroom grade SLUG`.
  5. The written questions are graded by a person, in JupyterLab: menu Nbgrader, Formgrader.
  6. `classroom feedback SLUG` writes a page for each student, `classroom report SLUG` one on the class.
  7. `classroom export SLUG --to canvas` (or moodle, csv) carries the marks to where they are kept.
"""

RELEASE = """\
Generate exercises/ from solutions/, by nbgrader, in a scratch folder; the finished assignment then takes the
place of the old one. The same solution gives the same bytes. Nothing is released if the marker of a solution
or of a hidden check would be left in it.
"""

VALIDATE = """\
Run a notebook in a fresh kernel, on a copy, and list for each function its points and what to look at. Exit
code 0: all checks passed and none is missing or altered; 1: something is left to do; 2: the notebook could
not be run.
"""

GRADE = """\
Grade submitted/<student>/SLUG/SLUG.ipynb of every student: the student's code and the tests run in two
sandboxed kernels, marks go into nbgrader's gradebook and autograded/. What was executed before and has not
changed is not executed again; interrupted and started again, grading goes on where it was. Exit code 0:
everybody was graded; 1: the closing table says who was not, and why; 2: nothing could be graded.
"""

FEEDBACK = """\
Write feedback/<student>/<slug>/<slug>.html for everybody who was graded: points of each function, what
passed, the hint where something did not, and your comments. Run it after the written questions were graded,
and again when marks have changed. Exit code 1: somebody could not be graded, and the page says so.
"""

REPORT = """\
Print the points of the class, how hard each task was, and which mistakes many made; write the same as a page,
reports/<slug>.html. Those who are late, could not be graded or wait for a person are marked.
"""

EXPORT = """\
Write marks into a file for another system: csv (spreadsheets), canvas (Gradebook, Import) or moodle (Grades,
Import, CSV file; map username or email). Who has no final points has an empty cell, not 0.
"""

DOCTOR = """\
Look at this machine and this course, and say in a line each what is missing and how to get it. Exit code 1:
something that grading needs is missing.
"""


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        with contextlib.suppress(ValueError):  # not in the main thread, which alone takes signals
            signal.signal(signal.SIGTERM, signal.default_int_handler)
        code = options.run(options)
        sys.stdout.flush()
        return code
    except ClassroomError as error:
        print(f"classroom: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # whoever read the output has seen enough, as `head` has
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + signal.SIGPIPE
    except OSError as error:  # a full disk, a folder that is not ours
        print(f"classroom: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("classroom: interrupted; the same command goes on where it was", file=sys.stderr)
        return 130


def _parser():
    style = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("classroom", description=DESCRIPTION, formatter_class=style)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    release = commands.add_parser(
        "release",
        help="make the students' version of assignments",
        description=RELEASE,
        formatter_class=style,
    )
    release.add_argument(
        "slugs", nargs="*", metavar="SLUG", help="assignment (all of solutions/ if left out)"
    )
    release.add_argument(
        "--check", action="store_true", help="change nothing; exit code 1 if exercises/ is not up to date"
    )
    release.add_argument(
        "--force", action="store_true", help="replace also what somebody has written answers into"
    )
    release.add_argument(
        "--course", type=Path, default=Path(), help="course folder, with nbgrader_config.py in it (here)"
    )
    release.set_defaults(run=_release)

    validate = commands.add_parser(
        "validate", help="look what a notebook has reached", description=VALIDATE, formatter_class=style
    )
    validate.add_argument("notebook", type=Path, metavar="NOTEBOOK", help="an exercise, .ipynb")
    validate.add_argument("--timeout", type=int, default=60, help="seconds a cell may take (60)")
    validate.set_defaults(run=_validate)

    grade = commands.add_parser("grade", help="grade an assignment", description=GRADE, formatter_class=style)
    grade.add_argument("slug", metavar="SLUG", help="the assignment")
    grade.add_argument("--workers", type=int, default=os.cpu_count(), help="notebooks at a time (one a core)")
    grade.add_argument(
        "--student", action="append", default=[], metavar="ID", help="grade this student again (repeatable)"
    )
    grade.add_argument(
        "--dask",
        metavar="ADDRESS",
        help="execute on the Dask cluster whose scheduler is there (tcp://host:8786)",
    )
    grade.add_argument(
        "--unsafe",
        action="store_true",
        help="without a sandbox, with all your rights; reports say so",
    )
    grade.add_argument("--course", type=Path, default=Path(), help="course folder (here)")
    grade.set_defaults(run=_grade)

    feedback = commands.add_parser(
        "feedback", help="write each student's page", description=FEEDBACK, formatter_class=style
    )
    feedback.add_argument("slug", metavar="SLUG", help="assignment")
    feedback.add_argument("--student", action="append", default=[], metavar="ID", help="only for this one")
    feedback.add_argument("--course", type=Path, default=Path(), help="course folder (here)")
    feedback.set_defaults(run=_feedback)

    report = commands.add_parser(
        "report", help="look how the class did", description=REPORT, formatter_class=style
    )
    report.add_argument("slug", metavar="SLUG", help="assignment")
    report.add_argument("--csv", type=Path, metavar="FILE", help="write the class table there, too")
    report.add_argument("--course", type=Path, default=Path(), help="course folder (here)")
    report.set_defaults(run=_report)

    export = commands.add_parser(
        "export", help="write marks for another system", description=EXPORT, formatter_class=style
    )
    export.add_argument("slugs", nargs="+", metavar="SLUG", help="assignment, a column each")
    export.add_argument("--to", choices=("csv", "canvas", "moodle"), default="csv", help="for which (csv)")
    export.add_argument("--output", type=Path, metavar="FILE", help="file (marks-<to>.csv in the course)")
    export.add_argument("--course", type=Path, default=Path(), help="course folder (here)")
    export.set_defaults(run=_export)

    doctor = commands.add_parser(
        "doctor", help="see what is missing here", description=DOCTOR, formatter_class=style
    )
    doctor.add_argument("--course", type=Path, default=Path(), help="course folder (here)")
    doctor.set_defaults(run=_doctor)
    return parser


# nbgrader takes a second to import: each command imports what it needs.


@contextlib.contextmanager
def _importing():
    """Import without looking for garbage meanwhile, of which there is none: a sixth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _release(options):
    with _importing():
        from .release import release
    return release(options.course, options.slugs, check=options.check, force=options.force)


def _validate(options):
    with _importing():
        from .validate import validate
    return validate(options.notebook, options.timeout)


def _grade(options):
    from . import server

    # Where the course keeps its assignments elsewhere, grading itself starts it, a second later.
    assignment = options.course / "solutions" / options.slug / f"{options.slug}.ipynb"
    if assignment.is_file() and not options.dask:
        server.start(server.imported(assignment, server.told(options.course)))
    with _importing():
        from .grade import grade
    workers = max(1, options.workers)
    return grade(options.course, options.slug, workers, options.student, options.unsafe, options.dask)


def _feedback(options):
    with _importing():
        from .feedback import feedback
    return feedback(options.course, options.slug, options.student)


def _report(options):
    with _importing():
        from .report import report
    return report(options.course, options.slug, options.csv)


def _export(options):
    with _importing():
        from .export import export
    return export(options.course, options.to, options.slugs, options.output)


def _doctor(options):
    with _importing():
        from .doctor import doctor
    return doctor(options.course)
