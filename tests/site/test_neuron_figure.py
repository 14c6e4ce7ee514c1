"""The figure of one neuron: worked from the keyboard, it computes what NumPy computes."""

import re
from pathlib import Path

import numpy as np
import pytest
from glassnet import activations
from playwright.sync_api import expect
from sliders import choose, slide

SOURCE = (Path(__file__).parents[2] / "book" / "_figures" / "neuron.html").read_text(encoding="utf-8")
NAMES = ("x1", "x2", "w1", "w2", "b")
ACTIVATIONS = {
    "step": lambda z: np.where(z >= 0, 1.0, 0.0),
    "sigmoid": activations.sigmoid,
    "tanh": activations.tanh,
    "relu": activations.relu,
    "linear": activations.linear,
}


@pytest.fixture
def page(open_figure):
    return open_figure("neuron")


def shown(page, name):
    return float(page.locator(f"[data-value={name}]").text_content().replace("−", "-"))


def shaded(page):
    """Whether the cross lies in the half that is shaded."""
    return page.evaluate(
        """() => {
            const region = document.querySelector("[data-region]");
            const at = document.querySelector("[data-point]").transform.baseVal.getItem(0).matrix;
            return region.isPointInFill(new DOMPoint(at.e, at.f));
        }"""
    )


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_it_computes_what_numpy_computes(page, activation):
    choose(page, "nr-activation", activation)
    for values in [(1, -0.5, 0.7, -1.2, 0.3), (-1.5, 2, 1.1, 0.4, -0.6)]:
        for name, value in zip(NAMES, values, strict=True):
            slide(page, name, value)
        x1, x2, w1, w2, b = values
        z = np.array([x1, x2]) @ np.array([w1, w2]) + b
        a = ACTIVATIONS[activation](np.array(z))
        assert shown(page, "z") == pytest.approx(z, abs=0.0051)
        assert shown(page, "a") == pytest.approx(float(a), abs=0.0051)
        assert shaded(page) == (z > 0)
        distance = abs(z) / np.hypot(w1, w2)
        line = page.locator("[data-said]")
        expect(line).to_have_text(re.compile(f"^z is {z:.2f}".replace("-", "−")))
        said = re.search(r"(shaded|plain) side of the line.* ([\d.]+) away", line.text_content())
        assert said[1] == ("shaded" if z > 0 else "plain")
        assert float(said[2]) == pytest.approx(distance, abs=0.0051)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_curve_is_the_activation(page, activation):
    choose(page, "nr-activation", activation)
    drawn = re.findall(r"([-\d.]+) ([-\d.]+)", page.locator("[data-function]").get_attribute("d"))
    x, y = np.array(drawn, dtype=float).T
    z, a = x / 20 - 6, 4 - y / 40
    off = np.abs(z) > 0.01  # the step is drawn upright at 0
    np.testing.assert_allclose(a[off], ACTIVATIONS[activation](z[off]), atol=0.002)
    assert z[0] == -6
    assert z[-1] == 6


def test_on_the_line_and_without_a_line(page):
    slide(page, "x1", 0)
    said = page.locator("[data-said]")
    expect(said).to_contain_text("The point lies on the line")  # 0 · 1 + 0.5 · 2 − 1
    slide(page, "w1", 0)
    slide(page, "w2", 0)
    expect(said).to_contain_text("there is no line")
    assert not shaded(page)
    slide(page, "b", 0.5)
    assert shaded(page)


QUESTIONS = {
    "both are 1": lambda x1, x2: x1 and x2,
    "one at least is 1": lambda x1, x2: x1 or x2,
    "x₁ is 0": lambda x1, _: not x1,
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_neuron_answers_the_questions(page, question):
    page.get_by_role("button", name=question).press("Enter")
    assert page.locator("input[value=step]").is_checked()
    for x1 in (0, 1):
        for x2 in (0, 1):
            slide(page, "x1", x1)
            slide(page, "x2", x2)
            assert shown(page, "a") == bool(QUESTIONS[question](x1, x2))


def test_it_stands_as_its_script_would_draw_it(browser):
    still = browser.new_context(java_script_enabled=False).new_page()
    alive = browser.new_page()
    drawn = []
    for page in (still, alive):
        page.set_content(SOURCE)
        drawn.append(
            [
                *page.locator("[data-value]").all_text_contents(),
                *(float(line.get_attribute("stroke-width")) for line in page.locator("[data-edge]").all()),
                *(line.get_attribute("class") for line in page.locator("[data-edge]").all()),
                *(
                    page.locator(f"[data-{name}]").get_attribute("d")
                    for name in ("function", "guide", "arrow")
                ),
                page.locator("[data-region]").get_attribute("points"),
                page.locator("[data-point]").get_attribute("transform"),
                page.locator("[data-spot]").get_attribute("cy"),
                " ".join(page.locator("[data-sums]").inner_text().split()),
            ]
        )
    alive.wait_for_timeout(300)
    assert drawn[0] == drawn[1]
    assert still.locator("[data-said]").text_content() == alive.locator("[data-said]").text_content()
    assert still.locator(".nr-controls").is_hidden()
    assert alive.locator(".nr-controls").is_visible()
