"""A sample class from the answer bank, graded in a scratch course: `make grade`.

    python tests/classroom/sample_class.py [FOLDER]

FOLDER (_build/sample-course if left out) is made anew and becomes a course of its own; the course this
file belongs to, and what was submitted there, stays untouched.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import nbformat

sys.path.insert(0, str(Path(__file__).parents[1] / "answers"))
from bank import ROOT, answers, grade_id, notebook, replaced
from classroom.cli import main as classroom

SLUG = "neurons"
MARK = "sample course of Glassnet: made anew by every run\n"
WRITTEN = "Without relu, $Z_2 = X (W_1 W_2) + (b_1 W_2 + b_2)$: both layers are one linear layer."


def submissions(slug):
    """What the sample class hands in: {student: {grade_id: source}}; written answers included."""
    solved = {
        grade_id(cell): cell.source
        for cell in notebook("solutions", slug).cells
        if cell.metadata.get("nbgrader", {}).get("solution") and cell.cell_type == "code"
    }
    bank = answers(slug)

    def with_each(choose):
        """The solution, with one answer of the bank in the place of each function `choose` finds one for."""
        chosen = {function: choose([a for a in bank if a.function == function]) for function in solved}
        return {**solved, **{function: answer.code for function, answer in chosen.items() if answer}}

    return {
        "ada": {**solved, "why": WRITTEN},
        "blaise": {},
        "carl": {**with_each(lambda own: next(a for a in own if not a.right)), "why": "I do not know."},
        "dorothy": {
            **with_each(lambda own: [a for a in own if not a.right and "own work" not in a.fragment][-1]),
            "why": WRITTEN,
        },
        "emmy": with_each(lambda own: [a for a in own if a.right][-1]),
        "fritz": with_each(lambda own: next((a for a in own if "own work" in a.fragment), None)),
    }


def make_course(folder, slug=SLUG):
    """Course in an empty folder: settings, the assignment, and the class's submissions."""
    folder.mkdir(parents=True)
    (folder / ".sample-course").write_text(MARK)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    shutil.copytree(ROOT / "solutions" / slug, folder / "solutions" / slug)
    run_nbgrader(folder, "generate_assignment", slug)
    released = folder / "exercises" / slug / f"{slug}.ipynb"
    for student, sources in submissions(slug).items():
        place = folder / "submitted" / student / slug / f"{slug}.ipynb"
        place.parent.mkdir(parents=True)
        nb = nbformat.read(released, as_version=4)
        written = {name: text for name, text in sources.items() if name == "why"}
        for cell in nb.cells:
            if grade_id(cell) in written:
                cell.source = written[grade_id(cell)]
        nbformat.write(replaced(nb, {k: v for k, v in sources.items() if k not in written}), place)


def run_nbgrader(folder, *arguments):
    """Run an nbgrader command in a course and return the finished process; RuntimeError if it fails."""
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"nbgrader {' '.join(arguments)} failed:\n{done.stderr}")
    return done


def grade(folder, slug=SLUG):
    """Grade the class and write its feedback pages."""
    run_nbgrader(folder, "autograde", slug)
    run_nbgrader(folder, "generate_feedback", slug)


def marks(folder, slug=SLUG):
    """What the gradebook holds: {student: {grade_id: (score or None if still to be given, maximum)}}."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        return {
            submission.student.id: {
                grade.name: (None if grade.needs_manual_grade else grade.score, grade.max_score)
                for notebook in submission.notebooks
                for grade in notebook.grades
            }
            for submission in gradebook.assignment_submissions(slug)
        }


def main(folder):
    """Make the course, grade it, show the table."""
    if folder.exists():
        if not (folder / ".sample-course").exists():
            sys.exit(f"{folder} exists and is no sample course: choose another folder")
        shutil.rmtree(folder)
    make_course(folder)
    unsafe = [] if shutil.which("bwrap") else ["--unsafe"]  # answers of the bank harm nobody
    for command in (["grade", SLUG, *unsafe], ["feedback", SLUG], ["report", SLUG]):
        print(f"\n$ classroom {' '.join(command)}", flush=True)
        if code := classroom([*command, "--course", str(folder)]):
            sys.exit(code)
    print(f"\nWritten answers: start JupyterLab in {folder}, menu Nbgrader, Formgrader")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "_build" / "sample-course")
