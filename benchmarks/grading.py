"""How fast a class is graded: stock `nbgrader autograde` against `classroom grade`, taking turns in one run.

    python benchmarks/grading.py [--slug neurons] [--students 24] [--rounds 2] [--json FILE]

Each round hands in the solution once a student, every copy with content of its own, and grades the same
class with both, imports and start-up included. The ratio is what counts: seconds depend on the machine.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook
from nbgrader.utils import is_solution

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent


def make_course(folder, slug, students, salt):
    """Course with `students` right submissions that all differ."""
    (folder / "solutions").mkdir(parents=True)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    shutil.copytree(ROOT / "solutions" / slug, folder / "solutions" / slug)
    run(folder, "nbgrader", "generate_assignment", slug)
    solution = nbformat.read(ROOT / "solutions" / slug / f"{slug}.ipynb", as_version=4)
    answers = {c.metadata.nbgrader.grade_id: c.source for c in solution.cells if is_solution(c)}
    for number in range(students):
        nb = nbformat.read(folder / "exercises" / slug / f"{slug}.ipynb", as_version=4)
        for cell in filter(is_solution, nb.cells):
            cell.source = f"{answers[cell.metadata.nbgrader.grade_id]}\n# {salt} {number}"
        place = folder / "submitted" / f"student{number:03}" / slug / f"{slug}.ipynb"
        place.parent.mkdir(parents=True)
        nbformat.write(nb, place)


def run(folder, *command):
    """Seconds a command of this environment takes."""
    started = time.perf_counter()
    done = subprocess.run([BIN / command[0], *command[1:]], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return time.perf_counter() - started


def scores(folder, slug):
    """Points of everybody by machine."""
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        return {s.student.id: s.score for s in gradebook.assignment_submissions(slug)}


def main():
    """Measure, print a table, write JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--slug", default="neurons")
    parser.add_argument("--students", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    slug, seconds = options.slug, {"stock": [], "classroom": []}
    commands = {
        "stock": ("nbgrader", "autograde", slug),
        "classroom": ("classroom", "grade", slug, "--workers", str(options.workers)),
    }
    with tempfile.TemporaryDirectory() as scratch:
        for turn in range(options.rounds):
            found = {}
            for name, command in commands.items():
                folder = Path(scratch) / f"{name}{turn}"
                make_course(folder, slug, options.students, salt=turn)
                seconds[name].append(run(folder, *command))
                found[name] = scores(folder, slug)
            if found["stock"] != found["classroom"]:
                raise RuntimeError(f"both must give the same marks: {found}")
    medians = {name: statistics.median(values) / options.students for name, values in seconds.items()}
    result = {
        "slug": slug,
        "students": options.students,
        "workers": options.workers,
        "seconds": seconds,
        "ratio": medians["stock"] / medians["classroom"],
    }
    print(
        "| Assignment | Students | stock s each | classroom s each | times as fast |\n|---|--:|--:|--:|--:|"
    )
    print(
        f"| {slug} | {options.students} | {medians['stock']:.2f} | {medians['classroom']:.2f} "
        f"| {result['ratio']:.1f} |"
    )
    if options.json:
        options.json.write_text(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
