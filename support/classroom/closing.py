"""The table a grading run ends with: who was graded, who could not be, and why."""

import shutil
import textwrap


def closing(outcomes: dict) -> str:
    """Text for the terminal.

    Args:
        outcomes: {student: Outcome}.
    """
    failed = {student: o for student, o in outcomes.items() if o.status != "graded"}
    noted = {student: o for student, o in outcomes.items() if o.status == "graded" and o.notes}
    lines = []
    if noted:
        lines += ["Graded, with remarks:", *_rows(noted, lambda o: "; ".join(o.notes))]
    if failed:
        lines += ["NOT graded:", *_rows(failed, lambda o: "; ".join([o.problem, *o.notes]))]
    if any(outcome.unsafe for outcome in outcomes.values()):
        lines.append("UNSAFE: these notebooks ran without a sandbox, with all rights of whoever graded them.")
    lines.append(f"{len(outcomes) - len(failed)} of {len(outcomes)} students graded.")
    return "\n".join(lines)


def _rows(outcomes, text):
    width = max(map(len, outcomes))
    room = max(40, shutil.get_terminal_size((100, 24)).columns - width - 4)
    rows = []
    for student, outcome in sorted(outcomes.items()):
        for number, line in enumerate(textwrap.wrap(text(outcome), room) or [""]):
            rows.append(f"  {'' if number else student:{width}}  {line}")
    return rows
