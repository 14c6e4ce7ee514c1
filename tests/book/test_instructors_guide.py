"""The instructor's guide lists every assignment with the minutes and points of its notebook."""

import re

import nbformat
import pytest
from chapter_pattern import BOOK, ROOT

GUIDE = (BOOK / "assignments" / "instructors-guide.md").read_text(encoding="utf-8")
SLUGS = sorted(path.name for path in (ROOT / "solutions").iterdir() if path.is_dir())


@pytest.mark.parametrize("slug", SLUGS)
def test_guide_says_what_the_notebook_says(slug):
    notebook = nbformat.read(ROOT / "solutions" / slug / f"{slug}.ipynb", as_version=4)
    graded = [
        cell.metadata.nbgrader for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")
    ]
    by_hand = sum(cell["points"] for cell in graded if cell["solution"])
    by_machine = sum(cell["points"] for cell in graded if not cell["solution"])
    text = "\n".join(cell.source for cell in notebook.cells)
    minutes = int(re.search(r"\| Takes \| about (\d+) minutes \|", text)[1])
    row = re.search(rf"^\| \[[^]]+\]\({slug}\) \| (.+) \| (\d+) \| (\d+) \| (\d+) \|$", GUIDE, re.M)
    assert row, f"the guide has no row for {slug}"
    chapters, *numbers = row.groups()
    assert [int(n) for n in numbers] == [minutes, by_machine, by_hand]
    page = (BOOK / "assignments" / f"{slug}.md").read_text(encoding="utf-8")
    assert f"| Rests on | {chapters} |" in page
    assert f"/{slug})" in "".join(
        path.read_text(encoding="utf-8") for path in BOOK.rglob("*.ipynb") if "_build" not in path.parts
    ), f"no chapter leads to {slug}"


def test_guide_lists_no_assignment_that_does_not_exist():
    assert set(re.findall(r"^\| \[[^]]+\]\((\w+)\) \|", GUIDE, re.M)) == set(SLUGS)
