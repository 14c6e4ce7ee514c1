"""Hand-written figures of the book: self-contained, accessible, and computing what NumPy computes."""

import re

import numpy as np
import pytest
from bs4 import BeautifulSoup
from chapter_pattern import BOOK, FIGURE_FILE, chapters, markdown, read
from glassnet.activations import relu, softmax

FIGURES = sorted((BOOK / "_figures").glob("*.html"))


@pytest.fixture(params=FIGURES, ids=lambda path: path.stem)
def path(request):
    return request.param


@pytest.fixture
def source(path):
    return path.read_text(encoding="utf-8")


@pytest.fixture
def figure(source):
    return BeautifulSoup(source, "html.parser")


def test_every_figure_is_shown_on_a_page_and_every_page_has_its_figure():
    pages = [(p, markdown(read(p))) for p in chapters()] + [(p, p.read_text()) for p in BOOK.glob("**/*.md")]
    shown = {(p.parent / target).resolve() for p, text in pages for target in FIGURE_FILE.findall(text)}
    assert shown == set(FIGURES)


def test_reads_nothing_from_elsewhere(source):
    addresses = set(re.findall(r"(?:https?:)?//[\w.-]+\.\w+[^\s\"']*", source))
    assert addresses <= {"http://www.w3.org/2000/svg"}
    assert not re.search(r"\b(?:fetch|import|XMLHttpRequest|eval)\b\s*\(", source)


def test_styles_and_ids_stay_inside(path, source, figure):
    assert figure.figure["id"] == path.stem
    ids = [tag["id"] for tag in figure.find_all(id=True)]
    assert len(ids) == len(set(ids))
    rules = re.sub(r"/\*.*?\*/|@media[^{]*\{", "", figure.style.string, flags=re.DOTALL)
    for selector in re.findall(r"([^{}]+)\{", rules):
        assert all(
            part.strip().startswith(f"#{path.stem}") for part in re.split(r",(?![^(]*\))", selector)
        ), selector


def test_says_in_words_what_it_shows(figure):
    for svg in figure.find_all("svg"):
        assert svg["role"] == "img"
        words = " ".join(figure.find(id=i).get_text() for i in svg["aria-labelledby"].split())
        assert len(words.split()) >= 12


def test_colours_follow_the_theme(figure):
    style = figure.style.string
    assert "currentColor" in style
    fixed = re.findall(r"(?<!, )#[0-9a-f]{3,8}\b", re.sub(r"#[\w-]+ ", "", style))
    assert not fixed, "a colour may only be the fallback of a variable of the theme"


def test_moves_only_for_those_who_want_motion(figure):
    still = re.sub(
        r"@media \(prefers-reduced-motion: no-preference\) \{.*?\n    \}",
        "",
        figure.style.string,
        flags=re.DOTALL,
    )
    assert not re.search(r"\b(?:transition|animation)\b", still)


@pytest.mark.parametrize("path", [p for p in FIGURES if "<script" in p.read_text()], ids=lambda p: p.stem)
def test_without_scripts_the_figure_stands_still_and_complete(path):
    figure = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    assert figure.find("svg"), "the drawing must be there before a script runs"
    controls = figure.find_all(["input", "button", "select"])
    assert controls
    assert all(control.find_parent(hidden=True) for control in controls), (
        "a control that does nothing is shown"
    )
    for control in figure.find_all("input"):
        assert control.find_parent("label"), "an input without a label"
    assert figure.find(attrs={"aria-live": "polite"})


def network(x, f):
    """The figure's network, in NumPy: P(same), P(different) and the hidden values."""
    W1, b1 = np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([0.0, -1.0])
    W2, b2 = np.array([[-2.0, 2.0], [4.0, -4.0]]), np.array([1.0, -1.0])
    hidden = f(np.asarray(x) @ W1 + b1)
    return hidden, softmax(hidden @ W2 + b2)


def number(text):
    return float(text.replace("−", "-"))


@pytest.mark.site
@pytest.mark.parametrize("activation", ["relu", "linear"])
def test_forward_pass_computes_what_numpy_computes(browser, activation):
    page = browser.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(error))
    page.set_content((BOOK / "_figures" / "forward-pass.html").read_text(encoding="utf-8"))
    page.check(f"input[value={activation}]")
    f = relu if activation == "relu" else np.positive

    sliders = {name: page.locator(f"[data-in={name}]") for name in ("x1", "x2")}
    shown = {name: page.locator(f"[data-value={name}]") for name in ("h1", "h2", "same", "different")}
    for x1, x2 in [(0, 0), (0.5, 0.25), (1, 0.35), (0.3, 1), (1, 1)]:
        sliders["x1"].fill(str(x1))
        sliders["x2"].fill(str(x2))
        hidden, p = network([x1, x2], f)
        got = [number(shown[name].text_content()) for name in shown]
        np.testing.assert_allclose(got, [*hidden, *p], atol=0.0051)

    # With the keyboard: one step to the left of 1 is 0.95.
    sliders["x1"].press("ArrowLeft")
    hidden, p = network([0.95, 1], f)
    assert number(shown["different"].text_content()) == pytest.approx(p[1], abs=0.0051)

    # A corner by its button, and the shaded region on the corner's own side of the boundary.
    corners = [(0, 0), (0, 1), (1, 0), (1, 1)]
    right = sum((network(c, f)[1][1] > 0.5) == (c[0] != c[1]) for c in corners)
    for corner in corners:
        page.click(f"[data-corner='{corner[0]},{corner[1]}']")
        inside = page.evaluate(
            """() => {
                const region = document.querySelector("[data-region]");
                const at = document.querySelector("[data-point]").transform.baseVal.getItem(0).matrix;
                return region.isPointInFill(new DOMPoint(at.e, at.f));
            }"""
        )
        assert inside == (network(corner, f)[1][1] > 0.5)
    page.wait_for_timeout(300)
    assert f"{right} of the 4 corners are right" in page.locator("[data-said]").text_content()
    assert not errors
    page.close()


@pytest.mark.site
def test_forward_pass_stands_as_its_script_would_draw_it(browser):
    source = (BOOK / "_figures" / "forward-pass.html").read_text(encoding="utf-8")
    still = browser.new_context(java_script_enabled=False).new_page()
    alive = browser.new_page()
    drawn = []
    for page in (still, alive):
        page.set_content(source)
        values = page.locator("[data-value]").all_text_contents()
        widths = [float(line.get_attribute("stroke-width")) for line in page.locator("[data-edge]").all()]
        drawn.append((values, widths))
    assert drawn[0] == drawn[1]
    assert still.locator(".fp-controls").is_hidden()
    assert alive.locator(".fp-controls").is_visible()
