"""How fast a class is graded: stock `nbgrader autograde` against `classroom grade`, taking turns in one run.

    python benchmarks/grading.py [--slug SLUG ...] [--students 24] [--rounds 2] [--json FILE] [--readme]

Two assignments made for this, whose checks take no time to speak of, and two of the course, whose checks do,
if no other is named. Each round hands in the solution once a student, every copy with content of its own, and
grades the same class with both, imports and start-up included. The ratio is what counts: seconds depend on
the machine.
"""

import argparse
import json
import os
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
# Times as fast as stock, at least.
BARS = {"short_numpy": 4, "short_keras": 7, "neurons": 4, "first_keras_network": 7}


def source(slug):
    """Folder of an assignment: the course's, or one that lies beside this file."""
    own = Path(__file__).parent / "assignments" / slug
    return own if own.is_dir() else ROOT / "solutions" / slug


def make_course(folder, slug, students, salt):
    """Course with `students` right submissions that all differ."""
    (folder / "solutions").mkdir(parents=True)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    shutil.copytree(source(slug), folder / "solutions" / slug)
    run(folder, "nbgrader", "generate_assignment", slug)
    solution = nbformat.read(source(slug) / f"{slug}.ipynb", as_version=4)
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


def measure(slug, students, workers, rounds):
    """Seconds of each round for an assignment, and the ratio of the medians."""
    seconds = {"stock": [], "classroom": []}
    commands = {
        "stock": ("nbgrader", "autograde", slug),
        "classroom": ("classroom", "grade", slug, "--workers", str(workers)),
    }
    with tempfile.TemporaryDirectory() as scratch:
        for turn in range(rounds):
            found = {}
            for name, command in list(commands.items())[:: -1 if turn % 2 else 1]:
                folder = Path(scratch) / f"{name}{turn}"
                make_course(folder, slug, students, salt=turn)
                seconds[name].append(run(folder, *command))
                found[name] = scores(folder, slug)
            if found["stock"] != found["classroom"]:
                raise RuntimeError(f"both must give the same marks: {found}")
    stock, ours = (statistics.median(values) for values in seconds.values())
    return {
        "slug": slug,
        "students": students,
        "workers": workers,
        "sandbox": "as root" if os.geteuid() == 0 else "unprivileged",
        "seconds": seconds,
        "ratio": stock / ours,
    }


def table(results):
    """Markdown table."""
    lines = ["| Assignment | Students | stock s each | classroom s each | Times as fast | Bar |"]
    lines += ["|---|--:|--:|--:|--:|--:|"]
    for one in results:
        stock, ours = (statistics.median(v) / one["students"] for v in one["seconds"].values())
        bar = BARS.get(one["slug"], "–")
        lines.append(
            f"| {one['slug']} | {one['students']} | {stock:.2f} | {ours:.2f} | {one['ratio']:.1f} | {bar} |"
        )
    return "\n".join(lines)


def main():
    """Measure, print a table, write JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--slug", action="append")
    parser.add_argument("--students", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", type=Path)
    parser.add_argument(
        "--readme", action="store_true", help="write the table into README.md beside this file"
    )
    options = parser.parse_args()
    results = []
    for slug in options.slug or BARS:
        results.append(measure(slug, options.students, options.workers, options.rounds))
        print(table(results[-1:]), flush=True)
    if options.json:
        options.json.write_text(json.dumps(results, indent=1) + "\n")
    if options.readme:
        readme = Path(__file__).with_name("README.md")
        before, rest = readme.read_text().split("<!-- grading -->\n")
        after = rest.split("<!-- /grading -->\n")[1]
        readme.write_text(f"{before}<!-- grading -->\n{table(results)}\n<!-- /grading -->\n{after}")


if __name__ == "__main__":
    main()
