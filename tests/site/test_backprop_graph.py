"""The figure of the backpropagation chapter, worked by keyboard alone, against finite differences."""

import re
from pathlib import Path

import numpy as np
import pytest
from glassnet.gradcheck import numerical_gradient
from playwright.sync_api import expect

CHAPTER = "training/backpropagation.html"
SOURCE = Path(__file__).parents[2] / "book" / "_figures" / "backprop-graph.html"
NAMES = ("x", "w1", "w2", "v1", "v2")
STEPS = 13


def number(text):
    return float(text.replace("−", "-"))


def loss(given, f):
    x, w1, w2, v1, v2 = given
    return (v1 * f(w1 * x) + v2 * f(w2 * x) - 3.0) ** 2


@pytest.fixture
def figure(open_page):
    return open_page(CHAPTER).locator("#backprop-graph")


def test_steps_are_walked_with_the_arrow_keys(figure):
    slider = figure.locator("[data-in=step]")
    slider.focus()
    slider.press("Home")
    expect(figure.locator("[data-value=z1]")).to_have_text("?")
    expect(figure.locator("[data-gradient=x]")).to_be_hidden()
    expect(figure.locator("[data-said]")).to_contain_text("Given")

    for _ in range(6):
        slider.press("ArrowRight")
    expect(figure.locator("[data-value=L]")).to_have_text("4")
    expect(figure.locator("[data-gradient=L]")).to_be_hidden()

    for _ in range(6):
        slider.press("ArrowRight")
    expect(figure.locator("[data-gradient=x]")).to_have_text("−6")  # one path of two
    expect(figure.locator("[data-gradient=w2]")).to_be_hidden()
    slider.press("ArrowRight")
    expect(figure.locator("[data-gradient=x]")).to_have_text("−2")
    expect(figure.locator("[data-said]")).to_contain_text("−6 + 4 = −2")
    slider.press("ArrowLeft")
    expect(figure.locator("[data-gradient=x]")).to_have_text("−6")


def test_buttons_work_with_enter_and_stop_at_both_ends(figure):
    figure.locator("[data-go=start]").press("Enter")
    expect(figure.locator("[data-out=step]")).to_have_text("0")
    for _ in range(STEPS + 2):
        figure.locator("[data-go=next]").press("Enter")  # keeps the focus, so that Enter can be repeated
    expect(figure.locator("[data-out=step]")).to_have_text(str(STEPS))
    figure.locator("[data-go=back]").press("Space")
    expect(figure.locator("[data-out=step]")).to_have_text(str(STEPS - 1))


@pytest.mark.parametrize("activation", ["relu", "tanh"])
def test_gradients_are_those_of_finite_differences(figure, activation):
    f = np.tanh if activation == "tanh" else lambda z: max(z, 0.0)
    figure.locator(f"input[value={activation}]").check()
    x_slider = figure.locator("[data-in=x]")
    x_slider.press("End")
    for x in (3.0, 2.5, 2.0, 1.5, 1.0, 0.5, 0.0, -0.5):
        expect(figure.locator("[data-out=x]")).to_have_text(f"{x:g}".replace("-", "−"))
        if x != 0 or activation == "tanh":  # at 0 relu has no derivative
            given = np.array([x, 1.5, 0.5, 1.0, -2.0])
            differences = numerical_gradient(lambda given: loss(given, f), given)
            shown = [number(figure.locator(f"[data-gradient={name}]").text_content()) for name in NAMES]
            np.testing.assert_allclose(shown, differences, atol=0.006)
            assert number(figure.locator("[data-value=L]").text_content()) == pytest.approx(
                loss(given, f), abs=0.006
            )
        x_slider.press("ArrowLeft")


def test_every_step_says_what_happens_in_words_with_true_arithmetic(figure):
    slider = figure.locator("[data-in=step]")
    slider.press("Home")
    heard = set()
    for _ in range(STEPS):
        before = figure.locator("[data-said]").text_content()
        slider.press("ArrowRight")
        expect(figure.locator("[data-said]")).not_to_have_text(before)
        said = figure.locator("[data-said]").text_content()
        heard.add(said)
        for left, factor, right in re.findall(
            r"= \(?(−?[\d.]+)\)? · \(?(−?[\d.]+)\)? = (−?[\d.]+\d|−?\d)", said
        ):
            assert number(left) * number(factor) == pytest.approx(number(right), abs=0.01), said
    assert len(heard) == STEPS


@pytest.mark.parametrize("width", [390, 1440])
def test_fits_the_page(open_page, width):
    page = open_page(CHAPTER, width=width)
    box = page.locator("#backprop-graph svg").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert page.locator("#backprop-graph text").first.bounding_box()["height"] >= 11


def test_stands_as_its_script_would_draw_it(browser):
    source = SOURCE.read_text(encoding="utf-8")
    still = browser.new_context(java_script_enabled=False).new_page()
    alive = browser.new_page()
    drawn = []
    for page in (still, alive):
        page.set_content(source)
        texts = page.locator("svg text").all_text_contents()
        classes = [set(e.get_attribute("class").split()) for e in page.locator("svg [class]").all()]
        drawn.append((texts, classes, page.locator("[data-said]").text_content()))
    assert drawn[0] == drawn[1]
    assert still.locator(".bg-controls").is_hidden()
    assert alive.locator(".bg-controls").is_visible()
