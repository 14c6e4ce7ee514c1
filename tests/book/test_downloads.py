"""A downloaded chapter runs in an empty folder: it brings its files, and says what to install."""

import sys
from pathlib import Path

import nbformat
import pytest
from chapter_pattern import BOOK, ROOT, chapters
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

sys.path.insert(0, str(Path(__file__).parents[2] / "book" / "_ext"))

from glassnet_book import downloads


@pytest.fixture
def course(tmp_path):
    """A course whose one chapter reads a script, which imports another, and a record."""
    root = tmp_path / "course"
    for folder in ("book/part", "book/_scripts", "benchmarks"):
        (root / folder).mkdir(parents=True)
    (root / "book/_scripts/train.py").write_text("import start\nANSWER = start.VALUE")
    (root / "book/_scripts/start.py").write_text("VALUE = 7")
    (root / "book/_scripts/other.py").write_text("1 / 0")
    (root / "benchmarks/record.csv").write_text("seed,accuracy\n1,0.98\n")
    return root


def chapter():
    return new_notebook(
        cells=[
            new_markdown_cell(
                "# Title\n\nIt is {glue:text}`xx-value`, see [](other) and [Loss](../part/loss)."
            ),
            new_code_cell("import sys\nimport keras\nfrom myst_nb import glue"),
            new_code_cell('sys.path.append("../_scripts")\nimport train\nprint(train.ANSWER)'),
            new_code_cell('print(open("../../benchmarks/record.csv").read())'),
            new_code_cell('glue("xx-value", "7", display=False)', metadata={"tags": ["remove-cell"]}),
        ]
    )


TITLES = {"part/other": "Another", "part/loss": "Losses"}


def carry(course, base=""):
    return downloads.portable(
        chapter(), "part/chapter", course / "book" / "part", course, {"xx-value": "'seven'"}, TITLES, base
    )


def test_runs_in_an_empty_folder(course, tmp_path):
    notebook = carry(course)
    nbformat.validate(notebook)
    notebook.cells = [c for c in notebook.cells if "import keras" not in c.source or "%%" in c.source]
    notebook.cells.insert(1, new_code_cell("import sys\n" + downloads.NO_GLUE))
    empty = tmp_path / "empty"
    empty.mkdir()
    NotebookClient(notebook, resources={"metadata": {"path": str(empty)}}).execute()
    assert sorted(p.name for p in empty.iterdir() if p.is_file()) == ["record.csv", "start.py", "train.py"]
    printed = [o.text for c in notebook.cells if c.cell_type == "code" for o in c.outputs]
    assert "7\n" in printed
    assert any("1,0.98" in text for text in printed)


def test_says_what_to_install_and_needs_nothing_of_the_book(course):
    text = "\n".join(cell.source for cell in carry(course).cells)
    assert 'To run this notebook: `pip install "path/to/the/course[keras]"`.' in text
    assert "myst_nb" not in text
    assert "../" not in text


def test_the_text_reads_without_the_build(course):
    assert carry(course).cells[0].source.endswith("It is seven, see Another and Loss.")
    linked = carry(course, "https://example.org/book/").cells[0].source
    assert "[Another](https://example.org/book/part/other.html)" in linked
    assert "[Loss](https://example.org/book/part/loss.html)" in linked


def test_what_is_imported_is_installed():
    assert downloads.install({"numpy", "json", "glassnet"}, set()) == 'pip install "path/to/the/course"'
    assert downloads.install({"sklearn", "mine", "keras"}, {"mine"}) == (
        'pip install "path/to/the/course[keras]" scikit-learn'
    )


@pytest.mark.parametrize("path", chapters(), ids=lambda path: path.stem)
def test_no_chapter_reads_what_its_download_does_not_bring(path):
    page = path.relative_to(BOOK).with_suffix("").as_posix()
    notebook = nbformat.read(path, as_version=4)
    done = downloads.portable(notebook, page, path.parent, ROOT, {}, {}, "")
    nbformat.validate(done)
    for cell in done.cells:
        if cell.cell_type == "code" and not cell.source.startswith("%%writefile"):
            assert not downloads.FILE.search(cell.source), cell.source
