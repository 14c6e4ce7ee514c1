"""Each assignment has a page that says what its notebook says: functions, points, minutes, the download."""

import ast
import importlib
import re

import nbformat
import pytest
from chapter_pattern import BOOK, DOWNLOAD, ROOT, chapters, markdown, read

SLUGS = sorted(path.name for path in (ROOT / "solutions").iterdir() if path.is_dir())


@pytest.fixture(params=SLUGS)
def slug(request):
    return request.param


@pytest.fixture
def page(slug):
    return (BOOK / "assignments" / f"{slug}.md").read_text(encoding="utf-8")


@pytest.fixture
def notebook(slug):
    return nbformat.read(ROOT / "solutions" / slug / f"{slug}.ipynb", as_version=4)


@pytest.fixture
def assignment(slug):
    return importlib.import_module(f"glassnet.checks.{slug}").ASSIGNMENT


def graded(notebook):
    """The id, points and kind of each graded cell; one that holds an answer is graded by hand."""
    for cell in notebook.cells:
        meta = cell.metadata.get("nbgrader", {})
        if meta.get("grade"):
            yield meta["grade_id"], meta["points"], meta["solution"]


def signatures(notebook):
    """The arguments of each function of the notebook, as they are written."""
    found = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            for node in ast.parse(cell.source).body:
                if isinstance(node, ast.FunctionDef):
                    found[node.name] = ast.unparse(node.args)
    return found


def rows(page):
    """The first cell, as written, and the points of each row of the table of what to write."""
    table = page.partition("## What you write")[2].partition("\n## ")[0]
    return {
        first: int(points) for first, points in re.findall(r"^\| (.+?) \|.*\| \**(\d+)\** \|$", table, re.M)
    }


def problems(page, notebook, assignment):
    """What the page says wrongly or not at all, a sentence each."""
    table, cells, arguments = rows(page), list(graded(notebook)), signatures(notebook)
    for function in (f.name for f in assignment.functions):
        row = f"`{function}({arguments[function]})`" if function in arguments else f"`{function}`"
        points = sum(
            p for name, p, _ in cells if name in (function, f"{function}-check", f"{function}-hidden")
        )
        if table.get(row) != points:
            yield f"expected a row {row} with {points} points, got {table.get(row)}"
    total = sum(points for _, points, _ in cells)
    if table.get("**Together**") != total:
        yield f"expected {total} points together, got {table.get('**Together**')}"
    if sum(points for row, points in table.items() if row != "**Together**") != total:
        yield f"the rows do not add up to {total} points"
    if any(by_hand for *_, by_hand in cells) and "**By hand.**" not in page:
        yield "it does not say what a person grades"
    minutes = re.search(r"\| Takes \| about (\d+) minutes \|", markdown(notebook))
    if not minutes:
        yield "the notebook has no row '| Takes | about N minutes |'"
    elif minutes[0] not in page:
        yield f"expected the notebook's row {minutes[0]}"
    allowed = re.search(r"^\| Allowed \| (.+) \|$", page, re.M)
    for module in assignment.modules:
        name = module.partition(".")[0]
        if not allowed or name.lower() not in allowed[1].lower().replace("-", ""):
            yield f"the row 'Allowed' does not name {name}"
    slug = assignment.slug
    if f"../../exercises/{slug}/{slug}.ipynb" not in DOWNLOAD.findall(page):
        yield "it has no link to download the notebook"
    if not re.search(r"\| Rests on \| .*\]\(\.\./[\w-]+/[\w-]+\)", page):
        yield "it names no chapter that it rests on"


def test_page_says_what_the_notebook_says(slug, page, notebook, assignment):
    found = list(problems(page, notebook, assignment))
    assert not found, "\n".join([f"book/assignments/{slug}.md:", *found])


def test_what_the_page_leads_to_exists(slug, page):
    for target in DOWNLOAD.findall(page):
        assert (BOOK / "assignments" / target).resolve().is_file(), target
    for target in re.findall(r"\]\((\.\.?/[\w/-]+)\)", page):
        there = (BOOK / "assignments" / target).resolve()
        assert there.with_suffix(".md").is_file() or there.with_suffix(".ipynb").is_file(), target


def test_a_chapter_leads_to_the_page(slug):
    assert any(f"](../assignments/{slug})" in markdown(read(path)) for path in chapters())


# ---------------------------------------------------------------- the checks notice what is wrong

BREAKING = {
    "a function forgotten": (("| `relu(Z)` |", "| `rectify(Z)` |"), "expected a row `relu(Z)`"),
    "another argument": (("`dense(X, W, b)`", "`dense(X, b, W)`"), "expected a row `dense(X, W, b)`"),
    "other points": (("entry by entry | 3 |", "entry by entry | 5 |"), "with 3 points, got 5"),
    "another total": (("**28**", "**30**"), "expected 28 points together, got 30"),
    "a question forgotten": (("are one | 4 |", "are one |"), "do not add up to 28"),
    "other minutes": (("about 60", "about 90"), "expected the notebook's row | Takes | about 60 minutes |"),
    "other modules": (("| Allowed | NumPy and", "| Allowed |"), "does not name numpy"),
    "no download": (("{download}", "{doc}"), "no link to download"),
    "no chapter": (("| Rests on |", "| Needs |"), "no chapter that it rests on"),
    "silence about the person": (("**By hand.**", ""), "what a person grades"),
}


@pytest.mark.parametrize("how", BREAKING)
def test_a_wrong_page_is_noticed(how):
    (old, new), message = BREAKING[how]
    page = (BOOK / "assignments" / "neurons.md").read_text(encoding="utf-8")
    assert old in page, f"the page no longer contains {old!r}"
    notebook = nbformat.read(ROOT / "solutions" / "neurons" / "neurons.ipynb", as_version=4)
    assignment = importlib.import_module("glassnet.checks.neurons").ASSIGNMENT
    assert any(message in found for found in problems(page.replace(old, new), notebook, assignment))
