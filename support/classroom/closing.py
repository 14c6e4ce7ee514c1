"""The table a grading run ends with: who was graded, who could not be, and why."""

import shutil
import textwrap


def shown(name) -> str:
    """A name somebody else chose, as a terminal may show it."""
    text = str(name).encode("utf-8", "backslashreplace").decode()
    return "".join(c if c.isprintable() else "�" for c in text[:200])


def closing(outcomes: dict, absent=()) -> str:
    """Text for the terminal.

    Args:
        outcomes: {student: Outcome}.
        absent: students without anything to grade.
    """
    failed = {student: o for student, o in outcomes.items() if o.status != "graded"}
    noted = {student: o for student, o in outcomes.items() if o.status == "graded" and o.notes}
    lines = []
    if noted:
        lines += ["Graded, with remarks:", *_rows(noted, lambda o: "; ".join(o.notes))]
    if failed:
        lines += ["NOT graded:", *_rows(failed, lambda o: "; ".join([o.problem, *o.notes]))]
    if absent:
        lines += textwrap.wrap(f"Nothing handed in: {', '.join(map(shown, absent))}.", _width())
    if any(outcome.unsafe for outcome in outcomes.values()):
        lines.append("UNSAFE: these notebooks ran without a sandbox, with all rights of whoever graded them.")
    lines.append(f"{len(outcomes) - len(failed)} of {len(outcomes)} students graded.")
    return "\n".join(lines)


def _rows(outcomes, text):
    width = max(len(shown(student)) for student in outcomes)
    rows = []
    for student, outcome in sorted(outcomes.items()):
        for number, line in enumerate(textwrap.wrap(text(outcome), max(40, _width() - width - 4)) or [""]):
            rows.append(f"  {'' if number else shown(student):{width}}  {line}")
    return rows


def _width():
    return shutil.get_terminal_size((100, 24)).columns
