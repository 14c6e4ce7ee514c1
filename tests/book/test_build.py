"""A build either leaves a finished site or none: on a small book with the real settings and extension."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from pypdf import PdfReader

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
DRAWING = (
    'from IPython.display import HTML\nHTML(\'<svg role="img" aria-label="{}" viewBox="0 0 9 9"></svg>\')'
)
GOOD_CELLS = (
    new_markdown_cell(
        "# Chapter\n\nAs {cite:t}`source` says, $a + b$ {ref}`works <works>`.\n\n(works)=\n## It works"
    ),
    new_code_cell(
        "from myst_nb import glue\nglue('sum', str(1 + 1), display=False)\nprint('the sum is', 1 + 1)"
    ),
    new_markdown_cell("The sum is {glue:text}`sum`, see [the other](second)."),
    new_code_cell(DRAWING.format("A square with nothing in it")),
)


def write_chapter(book, name, *cells):
    """Write a notebook with stable cell ids."""
    notebook = new_notebook(cells=[*cells])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"
    nbformat.write(notebook, book / f"{name}.ipynb")


@pytest.fixture
def course(tmp_path):
    """A course of two chapters that builds."""
    book = tmp_path / "book"
    book.mkdir()
    shutil.copy(ROOT / "_config.yml", tmp_path)
    for folder in ("_ext", "_static", "_vendor"):
        shutil.copytree(ROOT / "book" / folder, book / folder, ignore=shutil.ignore_patterns("__pycache__"))
    library = tmp_path / "support" / "glassnet"
    library.mkdir(parents=True)
    (library / "layers.py").write_text("UNITS = 1\n")
    (book / "_toc.yml").write_text("format: jb-book\nroot: index\nchapters:\n- file: first\n- file: second\n")
    (book / "index.md").write_text("# Book\n\n```{bibliography}\n```\n")
    (book / "references.bib").write_text(
        "@book{source, title={T}, author={Writer, A.}, year={2000}, publisher={P}}"
    )
    write_chapter(book, "first", *GOOD_CELLS)
    write_chapter(book, "second", new_markdown_cell("# Second"), new_code_cell("print('second chapter')"))
    return tmp_path


COMMAND = [str(Path(sys.executable).with_name("jupyter-book")), "build", "book", "-W", "-n", "--keep-going"]


def build(course):
    """Build as the Makefile does; return the exit code and all that was printed."""
    done = subprocess.run(COMMAND, cwd=course, capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout + done.stderr


def finished(course):
    """Whether there is something that looks like a site."""
    return (course / "_build" / "html").exists()


def executed(log):
    """Names of the chapters a build executed."""
    return {line.split(": ")[1] for line in log.splitlines() if line.startswith("executed in")}


def test_good_book_builds_and_executes_only_what_changed(course):
    code, log = build(course)
    assert code == 0, log
    assert executed(log) == {"first.ipynb", "second.ipynb"}
    page = (course / "_build" / "html" / "first.html").read_text()
    assert "the sum is 2" in page
    assert 'class="katex"' in page
    download = (course / "_build" / "html" / "_sources" / "first.ipynb").read_text()
    assert "The sum is 2, see the other." in download
    assert "myst_nb" not in download

    code, log = build(course)
    assert (code, executed(log)) == (0, set()), log

    write_chapter(course / "book", "second", new_markdown_cell("# Second"), new_code_cell("print('changed')"))
    code, log = build(course)
    assert (code, executed(log)) == (0, {"second.ipynb"}), log
    assert "changed" in (course / "_build" / "html" / "second.html").read_text()

    (course / "book" / "_static" / "glassnet.css").write_text("article { color: teal }")
    code, log = build(course)
    assert (code, executed(log)) == (0, set()), log
    assert "teal" in (course / "_build" / "html" / "_static" / "glassnet.css").read_text()

    library = course / "support" / "glassnet" / "layers.py"
    library.write_text("UNITS = 2\n")
    code, log = build(course)
    assert (code, executed(log)) == (0, {"first.ipynb", "second.ipynb"}), log
    library.write_text("UNITS = 1\n")
    code, log = build(course)
    assert (code, executed(log)) == (0, set()), log


def test_buttons_and_card_are_made_from_the_addresses_in_the_configuration(course):
    settings = (course / "_config.yml").read_text()
    for before, after in [
        ('  url: ""', '  url: "https://github.com/someone/course"'),
        ('  binderhub_url: ""', '  binderhub_url: "https://mybinder.org"'),
        ('  colab_url: ""', '  colab_url: "https://colab.research.google.com"'),
        ('  baseurl: ""', '  baseurl: "https://someone.example/course/"'),
    ]:
        assert settings.count(before) == 1
        settings = settings.replace(before, after)
    (course / "_config.yml").write_text(settings)
    code, log = build(course)
    assert code == 0, log
    soup = BeautifulSoup((course / "_build" / "html" / "first.html").read_text(), "html.parser")
    links = {a["href"] for a in soup.select(".article-header-buttons a")}
    assert {
        "https://mybinder.org/v2/gh/someone/course/main?urlpath=lab/tree/book/first.ipynb",
        "https://colab.research.google.com/github/someone/course/blob/main/book/first.ipynb",
    } <= links
    card = {tag["property"]: tag["content"] for tag in soup.select("meta[property]")}
    assert card["og:title"] == "Chapter"
    assert card["og:url"] == "https://someone.example/course/first.html"
    assert card["og:image"] == "https://someone.example/course/_static/social-card.png"
    assert (course / "_build" / "html" / "_static" / "social-card.png").stat().st_size > 10_000
    loaded = [t.get("src") for t in soup.find_all(src=True)]
    loaded += [t["href"] for t in soup.find_all("link") if "canonical" not in t["rel"]]
    assert not [address for address in loaded if "//" in address]


@pytest.mark.skipif(
    not shutil.which("latexmk"), reason="needs TeX, which `make pdf` alone needs: see README.md"
)
def test_the_book_is_set_on_paper(course):
    write_chapter(course / "book", "first", *GOOD_CELLS, new_markdown_cell("Here σ′ of η, and 学习."))
    done = subprocess.run([*COMMAND, "--builder", "latex"], cwd=course, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    latex = course / "_build" / "latex"
    command = ["latexmk", "-xelatex", "-interaction=nonstopmode", "-halt-on-error", "glassnet.tex"]
    done = subprocess.run(command, cwd=latex, capture_output=True, text=True, errors="replace")
    assert done.returncode == 0, done.stdout[-3000:]
    assert "Missing character" not in (latex / "glassnet.log").read_text(errors="replace")
    text = "\n".join(page.extract_text() for page in PdfReader(latex / "glassnet.pdf").pages)
    for words in ("Neural networks you can see through", "It works", "the sum is 2", "学习", "Bibliography"):
        assert words in text
    assert build(course)[0] == 0
    assert finished(course)


BROKEN = {
    "failing cell": (
        new_code_cell("1 / 0"),
        ["first.ipynb, cell 5", "ZeroDivisionError: division by zero", "1 / 0"],
    ),
    "dead kernel": (new_code_cell("import os; os._exit(1)"), ["first.ipynb, cell 5", "died"]),
    "warning in a cell": (new_code_cell("import warnings; warnings.warn('old')"), ["first.ipynb", "stderr"]),
    "broken reference": (new_markdown_cell("See {ref}`nowhere`."), ["first.ipynb", "nowhere"]),
    "unknown source": (new_markdown_cell("See {cite}`nobody`."), ["first.ipynb", "nobody"]),
    "wrong formula": (new_markdown_cell(r"$\frac{1$"), ["first.ipynb", "formula not understood"]),
    "silent figure": (new_code_cell(DRAWING.format("")), ["first", "figure 2", "has no alternative text"]),
    "hash for a text": (
        new_code_cell("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"),
        ["first", "figure 2", "alternative text"],
    ),
}


FAILED_ONCE = {
    "failing cell",
    "broken reference",
    "silent figure",
}  # and passed the second time, in plain Sphinx


@pytest.mark.parametrize("broken", BROKEN)
def test_broken_book_fails_every_time_and_leaves_no_site(course, broken):
    cell, said = BROKEN[broken]
    write_chapter(course / "book", "first", *GOOD_CELLS, cell)
    for _ in range(2 if broken in FAILED_ONCE else 1):
        code, log = build(course)
        assert code != 0, log
        assert not finished(course)
        assert [words for words in said if words not in log] == [], log


def test_failure_takes_the_earlier_site_away_and_a_mended_book_brings_it_back(course):
    assert build(course)[0] == 0
    write_chapter(course / "book", "first", *GOOD_CELLS, new_code_cell("1 / 0"))
    assert build(course)[0] != 0
    assert not finished(course)
    write_chapter(course / "book", "first", *GOOD_CELLS)
    code, log = build(course)
    assert (code, executed(log)) == (0, set()), log
    assert sorted(p.name for p in (course / "_build").iterdir() if p.name.startswith("html")) == ["html"]


def test_killed_build_leaves_no_site_and_the_next_one_warns_again(course):
    assert build(course)[0] == 0
    write_chapter(course / "book", "first", *GOOD_CELLS, new_code_cell("import time; time.sleep(20)"))
    log = course / "log"
    with log.open("w") as out:
        running = subprocess.Popen(COMMAND, cwd=course, stdout=out, stderr=out, start_new_session=True)
        deadline = time.monotonic() + 120
        while "[config changed" not in log.read_text() and "updating environment" not in log.read_text():
            assert time.monotonic() < deadline
            time.sleep(0.1)
        os.killpg(running.pid, 9)
        running.wait()
    assert not finished(course)
    write_chapter(course / "book", "first", *GOOD_CELLS)
    code, text = build(course)
    assert code == 0, text
    assert finished(course)
