"""Whether grading a large class takes more memory than a small one: peak memory in each quarter of the class.

    python benchmarks/large_class.py [--slug neurons] [--students 1000] [--workers 2] [--json FILE]

Everybody hands in the solution, each with content of its own, so that every notebook is executed. The grader
and everything it started are looked at four times a second; shared pages count once.
"""

import argparse
import json
import subprocess
import tempfile
import time
from pathlib import Path

import psutil
from grading import BIN, make_course, scores


def memory(process):
    """Megabytes of a process by itself, and of it with all it started."""
    own, total = 0, 0
    for one in (process, *process.children(recursive=True)):
        try:
            size = one.memory_full_info().pss / 1e6
        except psutil.Error:
            continue
        total += size
        own = size if one == process else own
    return own, total


def main():
    """Measure, print a table, write JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--slug", default="neurons")
    parser.add_argument("--students", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    command = [BIN / "classroom", "grade", options.slug, "--workers", str(options.workers)]
    seen = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "course"
        make_course(folder, options.slug, options.students, salt="large")
        started = time.perf_counter()
        grader = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
        while grader.poll() is None:
            done = sum(1 for _ in folder.glob("autograded/*"))
            seen.append((done, *memory(psutil.Process(grader.pid))))
            time.sleep(0.25)
        seconds = time.perf_counter() - started
        if grader.returncode or len(scores(folder, options.slug)) != options.students:
            raise RuntimeError("not everybody was graded")
    rows = []
    for quarter in range(4):
        low, high = (options.students * part / 4 for part in (quarter, quarter + 1))
        inside = [entry for entry in seen if low <= entry[0] < high] or [(0, 0, 0)]
        rows.append([max(entry[column] for entry in inside) for column in (1, 2)])
    print("| Quarter of the class | Grader, MB | With all it started, MB |\n|---|--:|--:|")
    for number, (own, total) in enumerate(rows, 1):
        print(f"| {number} | {own:.0f} | {total:.0f} |")
    print(
        f"\n{options.students} students, {options.workers} workers, {seconds / options.students:.2f} s each."
    )
    if options.json:
        options.json.write_text(json.dumps({**vars(options), "json": None, "peak_mb": rows}, indent=1))


if __name__ == "__main__":
    main()
