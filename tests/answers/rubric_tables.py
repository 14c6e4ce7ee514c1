"""Writes the rubrics of written questions for the guide: `python tests/answers/rubric_tables.py`.

They are copied from the instructor's notebooks, without the model answers above them.
"""

from answer_tables import title
from bank import ROOT, notebook, slugs

PAGE = ROOT / "book" / "assignments" / "_rubrics.md"
HEAD = "**Rubric**, "


def page():
    """All rubrics, each folded away under the name of its assignment."""
    return "\n".join(
        f"````{{dropdown}} {title(slug)}\n{rubric}\n````\n" for slug in slugs() for rubric in rubrics(slug)
    )


def rubrics(slug):
    """The rubrics of an assignment, from the points they give to their last word."""
    sources = [cell.source for cell in notebook("solutions", slug).cells if cell.cell_type == "markdown"]
    return [source.partition(HEAD)[2].strip() for source in sources if HEAD in source]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)}")
