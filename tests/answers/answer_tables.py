"""Writes the tables of the answer bank for the instructor's guide: `python tests/answers/answer_tables.py`.

They say what the bank says. That each answer gets these points and this message, `test_answers.py` proves.
"""

import re

from bank import ROOT, answers, slugs

PAGE = ROOT / "book" / "assignments" / "_answers.md"


def page():
    """All tables, each folded away under the name of its assignment."""
    return "\n".join(
        f"````{{dropdown}} {title(slug)}: {len(answers(slug))} answers\n{table(slug)}````\n"
        for slug in slugs()
    )


def table(slug):
    """The answers of one assignment, a row each."""
    lines = [
        "| Function | Answer | Points of 3 | What the check says, among other things |",
        "|---|---|---|---|",
    ]
    for answer in answers(slug):
        kind = "right" if answer.right else "wrong"
        points = 3 if answer.right else answer.expected
        said = "" if answer.right else f"“{_plain(answer.fragment)}”"
        lines.append(f"| `{answer.function}` | {kind}: {_plain(answer.name)} | {points:g} | {said} |")
    return "\n".join(lines) + "\n"


def title(slug):
    """The assignment's name, as its page has it."""
    heading = (PAGE.parent / f"{slug}.md").read_text(encoding="utf-8").splitlines()[0]
    return heading.removeprefix("# Assignment: ")


def _plain(text):
    """Text without a meaning to Markdown, in a cell of a table."""
    return re.sub(r"([\\|*_$<>\[\]{}`~#])", r"\\\1", text)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)}")
