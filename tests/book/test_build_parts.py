"""The parts of the book's build that decide something: the cache's key, alternative texts, failing cells."""

import os
import re
import sys
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_notebook

sys.path.insert(0, str(Path(__file__).parents[2] / "book" / "_ext"))

from glassnet_book import accessibility, cache, excerpts, execution, figures, fonts, formulas, slim
from sphinxcontrib.katex import KaTeXError


@pytest.fixture
def library(tmp_path):
    for folder in ("support/glassnet/layers", "support/glassnet/checks", "book/_scripts", "benchmarks"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "support" / "glassnet" / "layers.py").write_text("a = 1")
    (tmp_path / "requirements.lock").write_text("numpy==2.4.6")
    return tmp_path


@pytest.mark.parametrize(
    "change",
    [
        "support/glassnet/layers.py",
        "support/glassnet/layers/new.py",
        "requirements.lock",
        "book/_scripts/train.py",
        "benchmarks/record.csv",
    ],
)
def test_key_follows_the_library_and_the_lock(library, change):
    before = cache.code_key(library)
    path = library / change
    old = path.read_bytes() if path.exists() else None
    path.write_text("a = 2")
    assert cache.code_key(library) != before
    path.unlink() if old is None else path.write_bytes(old)
    assert cache.code_key(library) == before


def test_key_ignores_everything_else(library):
    before = cache.code_key(library)
    (library / "README.md").write_text("words")
    (library / "support" / "glassnet" / "notes.txt").write_text("words")
    (library / "support" / "glassnet" / "checks" / "losses.py").write_text("a = 2")
    assert cache.code_key(library) == before


def test_oldest_caches_are_pruned(tmp_path):
    for age in range(6):
        (tmp_path / f"state-{age}").mkdir()
        os.utime(tmp_path / f"state-{age}", (1000 - age, 1000 - age))
    cache.prune(tmp_path, keep=4)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["state-0", "state-1", "state-2", "state-3"]


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "   ",
        "../_images/6a7f0c4b9d8e2f1a6a7f0c4b9d8e2f1a6a7f0c4b9d8e2f1a.png",
        "6a7f0c4b9d8e2f1a6a7f0c4b9d8e2f1a",
        "loss.svg",
        "Figure",
        "figure 3",
        "<Figure size 640x480 with 1 Axes>",
        "Loss curve",
    ],
)
def test_text_that_says_nothing_is_refused(text):
    assert figures.complaint(text)


@pytest.mark.parametrize("text", ["Training loss falls from 2.3 to 0.1", "Sixteen handwritten digits"])
def test_text_that_says_what_is_shown_is_taken(text):
    assert figures.complaint(text) is None


def warnings_of(html, monkeypatch):
    said = []
    monkeypatch.setattr(figures.logger, "warning", lambda message, *args, **_: said.append(message % args))
    figures.check("page", BeautifulSoup(html, "html.parser"))
    return said


@pytest.mark.parametrize(
    "html",
    [
        '<img alt="Sixteen handwritten digits" src="a.png">',
        '<img alt="" aria-hidden="true" src="a.png">',
        '<svg role="img" aria-label="Loss falls with time"><svg></svg></svg>',
        '<svg role="img"><title>Loss falls with time</title></svg>',
        '<p id="t">Loss falls with time</p><canvas role="img" aria-labelledby="t"></canvas>',
    ],
)
def test_figures_with_words_pass(html, monkeypatch):
    assert warnings_of(f"<article>{html}</article>", monkeypatch) == []


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ('<img src="a.png">', "figure 1 (a.png) has no alternative text"),
        ("<svg></svg>", "figure 1 (<svg>) has no alternative text"),
        ('<svg aria-label="Loss falls with time"></svg>', 'needs role="img"'),
        ('<canvas role="img"></canvas>', "figure 1 (<canvas>) has no alternative text"),
    ],
)
def test_figures_without_words_are_named(html, words, monkeypatch):
    (said,) = warnings_of(f"<article>{html}</article>", monkeypatch)
    assert words in said


@pytest.mark.parametrize(
    ("latex", "words"), [(r"\frac{1}{2}", "katex"), ("a < b", "&lt;"), ("\\text{straße}", "straße")]
)
def test_formula_is_rendered(latex, words):
    try:
        assert words in formulas.render(latex)
    finally:
        formulas.finish(None, None)


def test_wrong_formula_is_an_error_and_the_next_one_is_rendered():
    try:
        with pytest.raises(KaTeXError, match="expected"):
            formulas.render(r"\frac{1")
        assert "katex-display" in formulas.render("x", display=True)
    finally:
        formulas.finish(None, None)


def test_kernel_that_does_not_start_is_tried_again_and_one_that_dies_is_not(tmp_path, monkeypatch):
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    notebook = new_notebook(cells=[new_code_cell("1"), new_code_cell("2")])
    calls = []

    def never_starts(nb, **_):
        calls.append(nb)
        raise RuntimeError("Kernel died before replying to kernel_info")

    def dies(nb, on_cell_start, **_):
        calls.append(nb)
        on_cell_start(cell=nb.cells[1], cell_index=1)
        raise RuntimeError("Kernel died")

    for run, times, words in [
        (never_starts, 3, "cell 1: Kernel died before"),
        (dies, 1, "cell 2: Kernel died"),
    ]:
        calls.clear()
        monkeypatch.setattr(execution, "single_nb_execution", run)
        result, failure = execution.execute(tmp_path / "a.ipynb", notebook, 600)
        assert (result, len(calls)) == (None, times)
        assert words in failure


def test_cached_notebooks_are_not_executed(tmp_path):
    from jupyter_cache import get_cache
    from jupyter_cache.base import CacheBundleIn

    store = get_cache(tmp_path / "cache")
    paths = [tmp_path / "a.ipynb", tmp_path / "b.ipynb"]
    for number, path in enumerate(paths):
        nbformat.write(new_notebook(cells=[new_code_cell(f"{number}")]), path)
    store.cache_notebook_bundle(
        CacheBundleIn(nbformat.read(paths[0], 4), str(paths[0])), check_validity=False
    )
    assert list(execution.not_cached(paths, store)) == [paths[1]]


@pytest.mark.parametrize(
    ("mend", "before", "after"),
    [
        (accessibility.mend_ids, '<p id="a"></p><p id="a"></p>', '<p id="a"></p><p></p>'),
        (accessibility.mend_tables, "<table><th scope=col></th></table>", "<table><td></td></table>"),
        (
            accessibility.mend_tables,
            "<table><thead><tr><th></th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>",
            "<table><tbody><tr><td>1</td></tr></tbody></table>",
        ),
        (
            accessibility.mend_names,
            "<table><code class=literal>f(SparseLoss, a_b/c.d)</code></table><code>a_b</code>",
            "<table><code class=literal>f(<wbr>Sparse<wbr>Loss, a_<wbr>b/<wbr>c.<wbr>d)</code></table>"
            "<code>a_b</code>",
        ),
        (
            accessibility.mend_drawings,
            '<figure class="glassnet-figure"><svg style="max-width: 672px; height: auto"></svg></figure>',
            '<figure class="glassnet-figure">'
            '<svg style="max-width: 672px; height: auto; --drawn-width: 672px"></svg></figure>',
        ),
        (
            accessibility.mend_dropdowns,
            '<div class="admonition dropdown"><p class="admonition-title">Hint <a href="#x">1</a></p>b</div>',
            '<details class="admonition"><summary class="admonition-title">Hint 1'
            '<span aria-hidden="true" class="glassnet-marker"></span></summary>b</details>',
        ),
        (
            accessibility.mend_description,
            "<head></head><article><section><p>A <b>layer</b>\n sums.</p><p>More.</p></section></article>",
            '<head><meta content="A layer sums." name="description"/></head>'
            "<article><section><p>A <b>layer</b>\n sums.</p><p>More.</p></section></article>",
        ),
        (accessibility.mend_scripts, '<script src="https://a.b/c.js"></script><p></p>', "<p></p>"),
        (accessibility.mend_scripts, '<script src="../_static/design-tabs.js?v=1"></script>', ""),
        (
            accessibility.mend_scripts,
            '<div class="sd-tab-set"></div><script src="design-tabs.js?v=1"></script>',
            '<div class="sd-tab-set"></div><script defer="" src="design-tabs.js?v=1"></script>',
        ),
    ],
)
def test_pages_are_mended(mend, before, after):
    soup = BeautifulSoup(before, "html.parser")
    mend(soup)
    assert str(soup) == str(BeautifulSoup(after, "html.parser"))


@pytest.mark.parametrize(
    ("css", "left"),
    [
        (".used{a:b}.gone{a:b}", ".used{a:b}"),
        (".used .gone{a:b}p{a:b}", "p{a:b}"),
        (".gone,.used:not(.gone,:is(.gone)),p>.gone{a:b}", ".used:not(.gone,:is(.gone)){a:b}"),
        ("@media print{.gone{a:b}}@media print{.used{a:b}}", "@media print{.used{a:b}}"),
        ("@font-face{font-family:F;src:url(f.woff2)}", "@font-face{font-family:F;src:url(f.woff2)}"),
        (':root{--icon:"\\f00c"}/*! MIT *//* note */', ':root{--icon:"\uf00c"}/*! MIT */'),
        (".sd-col-\\@md{a:b}.collapsing{a:b}", ".collapsing{a:b}"),
    ],
)
def test_style_sheet_keeps_what_a_page_can_use(css, left):
    assert slim.slim_sheet(css, {"used"}) == left


def test_the_text_of_a_page_is_cut_where_its_sections_begin():
    page = """<article><p class="chapter-place">Part</p><h1>Title<a class="headerlink">#</a></h1>
    <section id="one"><p>Some <b>words</b>.</p><section id="two"><svg><text>drawn</text></svg>More</section>
    </section><script>code</script></article>"""
    assert excerpts.sections(BeautifulSoup(page, "html.parser")) == [
        ("", "Title"),
        ("one", "Some words."),
        ("two", "More"),
    ]


def test_fonts_are_asked_for_first_and_exist():
    html = "<html><head></head><body><article><i class='katex'></i></article></body></html>"
    page = BeautifulSoup(html, "html.parser")
    fonts.mend(None, "training/optimizers", page)
    fonts.mend(None, "training/optimizers", page)
    script = page.head.contents[0]
    named = re.findall(r'"\.\./_static/([^"]+)"', script.string)
    assert len(page.head.contents) == 1
    assert len(named) == 4
    for file in named:
        assert (Path(fonts.__file__).parents[2] / "_vendor" / file).is_file()
