"""What a class did: a table of points, how hard each task was, and what many got wrong in the same way."""

import csv
import io
import shutil
import statistics
import textwrap
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from . import page, results
from .alike import alike
from .closing import shown
from .export import neutral
from .sanitize import hint, printed

ENOUGH = 5  # graded students below which a correlation says nothing
SHOWN = 3  # hints shown of an item
PAIRS = 20  # pairs of answers shown
HINT = "share of what few others wrote; a reason to look at both, never a verdict"


@dataclass(frozen=True)
class Analysis:
    """How a class did on an item.

    Attributes:
        name: the item.
        maximum: its points.
        graded: students who have points for it.
        right: share of them with full points.
        mean: mean share of the points; low is hard.
        discrimination: correlation of its points with those of all other items, or None if there are too few
            students or no differences: near 0 or below, the item does not tell strong from weak.
        hints: the commonest hints with the number of students who got them, commonest first.
    """

    name: str
    maximum: float
    graded: int
    right: float | None
    mean: float | None
    discrimination: float | None
    hints: list[tuple[str, int]]


def analyse(found: results.Class) -> list[Analysis]:
    """Analysis of each item."""
    return [_analysis(name, maximum, found.graded) for name, maximum in found.maxima.items()]


def _analysis(name, maximum, graded):
    pairs = [(result, result.items[name]) for result in graded if name in result.items]
    pairs = [(result, item) for result, item in pairs if item.points is not None]
    points = [item.points for _, item in pairs]
    rest = [sum(i.points or 0.0 for i in result.items.values()) - item.points for result, item in pairs]
    counted = Counter(_gist(item.told) for _, item in pairs if item.told and _gist(item.told))
    return Analysis(
        name,
        maximum,
        len(points),
        sum(p >= maximum for p in points) / len(points) if points else None,
        statistics.fmean(points) / maximum if points and maximum else None,
        _correlation(points, rest),
        sorted(counted.items(), key=lambda entry: (-entry[1], entry[0])),
    )


def _gist(check):
    """The part of a hint that is the same for all who made the mistake: without the numbers that follow."""
    return printed(check.text.split("\n")[0])


def _correlation(x, y):
    if len(x) < ENOUGH or len(set(x)) < 2 or len(set(y)) < 2:
        return None
    return statistics.correlation(x, y)


def report(root: Path, slug: str, csv_file: Path | None = None) -> int:
    """Print the report, and write it as a page and, if asked for, as a table for spreadsheets.

    Args:
        root: the course folder.
        slug: the assignment.
        csv_file: where to write the class table.

    Returns:
        Exit code 0.

    Raises:
        ClassroomError: if nothing was graded.
    """
    found = results.read(root, slug)
    items = analyse(found)
    print(as_text(found, items))
    place = Path(root).resolve() / "reports" / f"{slug}.html"
    place.parent.mkdir(exist_ok=True)
    place.write_text(as_html(found, items), encoding="utf-8")
    print(f"\nThe same as a page: {place}")
    if csv_file:
        csv_file.write_text(as_csv(found), encoding="utf-8-sig", newline="")
        print(f"The class table: {csv_file}")
    return 0


def marks(result: results.Result) -> str:
    """What is special about a result, in words."""
    words = []
    if result.status == "failed":
        words.append(f"NOT graded: {result.problem}")
    if result.status == "missing":
        words.append("nothing handed in")
    if result.late > 0:
        off = f", {page.points(result.penalty)} points off" if result.penalty else ""
        words.append(f"late by {_duration(result.late)}{off}")
    if result.timed_out:
        words.append("time ran out")
    if result.pending:
        words.append(f"to be graded by hand: {', '.join(result.pending)}")
    if result.unsafe:
        words.append("graded without a sandbox")
    return "; ".join(words)


def _duration(seconds):
    for unit, length in (("day", 86_400), ("hour", 3600), ("minute", 60)):
        if seconds >= length:
            number = round(seconds / length)
            return f"{number} {unit}{'s' * (number != 1)}"
    return "under a minute"


def summary(found: results.Class) -> str:
    """One line on the whole class."""
    scores = [result.score for result in found.graded]
    failed = sum(result.status == "failed" for result in found.results)
    missing = sum(result.status == "missing" for result in found.results)
    parts = [f"{len(scores)} graded"]
    if scores:
        most = page.points(sum(found.maxima.values()))
        parts.append(f"median {page.points(statistics.median(scores))} of {most} points")
        parts.append(f"from {page.points(min(scores))} to {page.points(max(scores))}")
    slow = sum(result.timed_out for result in found.graded)
    parts += [f"{slow} with a time-out"] * bool(slow)
    parts += [f"{failed} could not be graded"] * bool(failed)
    parts += [f"{missing} handed nothing in"] * bool(missing)
    return ", ".join(parts) + "."


def as_text(found: results.Class, items: list[Analysis]) -> str:
    """The report for a terminal."""
    width = shutil.get_terminal_size((100, 24)).columns
    names = max([len(shown(result.student)) for result in found.results] + [len("student")])
    short = [
        textwrap.shorten(name, 12, placeholder="…") if " " in name else name[:12] for name in found.maxima
    ]
    lines = [f"{found.slug}: {summary(found)}", ""]
    columns = [max(len(name), 4) for name in short]
    head = [f"{name:>{column}}" for name, column in zip(short, columns, strict=True)]
    lines.append("  ".join([f"{'student':{names}}", *head, "  sum"]))
    for result in found.results:
        cells = [
            f"{page.points(result.items[name].points) if name in result.items else '':>{column}}"
            for name, column in zip(found.maxima, columns, strict=True)
        ]
        row = "  ".join([f"{shown(result.student):{names}}", *cells, f"{page.points(result.score):>5}"])
        lines.append(row.rstrip())
        lines += textwrap.wrap(
            marks(result), max(40, width - 6), initial_indent="    ! ", subsequent_indent="      "
        )
    lines += ["", "task                  full points  mean  discrimination"]
    for item in items:
        lines.append(
            f"{item.name[:20]:20}  {_share(item.right):>11}  {_share(item.mean):>4}  {_number(item):>14}"
        )
        for text, count in item.hints[:SHOWN]:
            lines += textwrap.wrap(
                f"{count} × {text}", max(40, width - 6), initial_indent="    ", subsequent_indent="        "
            )
    if pairs := alike({result.student: result.answers for result in found.graded}):
        lines += ["", *textwrap.wrap(f"Nearly the same ({HINT}):", width)]
        lines += [f"  {_share(p.share):>4}  {shown(p.one)}, {shown(p.two)}" for p in pairs[:PAIRS]]
        lines += [f"        and {len(pairs) - PAIRS} more pairs"] * (len(pairs) > PAIRS)
    # Hints may repeat what a student's error said.
    return "".join(c if c.isprintable() or c == "\n" else "�" for c in "\n".join(lines))


def _share(value):
    return "–" if value is None else f"{value:.0%}"


def _number(item):
    return "–" if item.discrimination is None else f"{item.discrimination:+.2f}"


def as_html(found: results.Class, items: list[Analysis]) -> str:
    """The report as one page that needs nothing else."""
    scores, most = [result.score for result in found.graded], sum(found.maxima.values())
    return page.render(
        "report.html.j2",
        title=f"{found.slug}: report",
        width="80rem",
        slug=found.slug,
        summary=summary(found),
        maxima=found.maxima,
        most=most,
        rows=[(result, marks(result)) for result in found.results],
        bars=_histogram(scores, most),
        items=[(item, _share(item.right), _share(item.mean), _number(item)) for item in items],
        shown=SHOWN,
        pairs=[(_share(p.share), p) for p in alike({r.student: r.answers for r in found.graded})[:PAIRS]],
        about_pairs=HINT,
        plot=_plot(items),
        hint=hint,
    )


def _histogram(scores, most):
    """Ten classes of points: (from, to, students, share of the fullest class)."""
    counts = Counter(min(int(10 * score / most), 9) for score in scores) if most else {}
    fullest = max(counts.values(), default=1)
    return [
        (
            page.points(most * k / 10),
            page.points(most * (k + 1) / 10),
            counts.get(k, 0),
            counts.get(k, 0) / fullest,
        )
        for k in range(10)
    ]


def _plot(items):
    """Places of items in a plot of difficulty and discrimination, in percent from the left and top."""
    return [
        (item.name, 100 * item.mean, 50 - 50 * item.discrimination, _share(item.mean), _number(item))
        for item in items
        if item.mean is not None and item.discrimination is not None
    ]


def as_csv(found: results.Class) -> str:
    """Class table for spreadsheets, empty where there are no points, without anything they would execute."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["student", "status", *map(neutral, found.maxima), "penalty", "sum", "remarks"])
    for result in found.results:
        points = [page.points(result.items[n].points) if n in result.items else "" for n in found.maxima]
        last = [page.points(result.penalty or None), page.points(result.score), neutral(marks(result))]
        writer.writerow([neutral(result.student), result.status, *points, *last])
    return file.getvalue()
