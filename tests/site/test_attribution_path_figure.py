"""The figure of integrated gradients: worked from the keyboard, it computes what NumPy computes."""

import base64
import json
import re
from pathlib import Path

import numpy as np
import pytest
from glassnet.activations import softmax
from playwright.sync_api import expect
from sliders import choose, slide

FIGURES = Path(__file__).parents[2] / "book" / "_figures"
SOURCE = (FIGURES / "attribution-path.html").read_text(encoding="utf-8")


def embedded(name, source=SOURCE):
    return base64.b64decode(re.search(rf'const {name} = .*?bytes\("([^"]+)"\)', source)[1])


def number(name):
    return json.loads(re.search(rf"\b{name} = (\[[^\]]*\]|[\d.e-]+)[,;]", SOURCE)[1])


W = np.frombuffer(embedded("weights"), np.int8).reshape(784, 10) * number("scale")
B = np.array(number("bias"))
X = np.frombuffer(embedded("ink"), np.uint8).reshape(4, 784) / 255
LABELS = number("labels")


def probability(X, label):
    return softmax(np.atleast_2d(X) @ W + B)[:, label]


def attributions(which, where):
    """Ink times the mean gradient of the true class' probability at these places of the way."""
    x, label = X[which], LABELS[which]
    P = softmax(np.outer(where, x) @ W + B)
    dZ = P[:, [label]] * (np.eye(10)[label] - P)
    return x * (W @ dZ.mean(axis=0))


@pytest.fixture
def page(open_figure):
    return open_figure("attribution-path")


def told(page, beginning):
    line = page.locator("[data-said]")
    expect(line).to_have_text(re.compile(f"^{beginning}"))
    return [float(v) for v in re.findall(r"-?\d+\.\d+", line.text_content())]


def test_model_and_digits_are_those_of_the_other_figure():
    other = (FIGURES / "adversarial.html").read_text(encoding="utf-8")
    assert all(embedded(name) == embedded(name, other) for name in ("weights", "ink"))


@pytest.mark.parametrize(("which", "places"), [(0, 1), (1, 7), (2, 40), (3, 2)])
def test_sums_are_those_of_numpy(page, which, places):
    choose(page, "ig-digit", which)
    slide(page, "places", places)
    word = "gradient" if places == 1 else "gradients"
    total, first, last, difference = told(
        page, f"{places} {word} along the way.*probability of {LABELS[which]} "
    )
    where = (np.arange(places) + 0.5) / places
    assert total == pytest.approx(attributions(which, where).sum(), abs=6e-4)
    p = probability([0 * X[which], X[which]], LABELS[which])
    np.testing.assert_allclose([first, last, difference], [*p, p[1] - p[0]], atol=6e-4)


def test_forty_places_are_complete_and_the_end_alone_is_not(page):
    slide(page, "places", 40)
    total, _, _, difference = told(page, "40 gradients")
    assert total == pytest.approx(difference, abs=0.002)
    choose(page, "ig-where", "end")
    total, _, _, difference = told(page, "The gradient at the end only")
    assert total < 0.1 * difference
    assert page.locator("[data-in=places]").is_disabled()


def test_the_curve_is_the_rise_of_the_probability(page):
    points = re.findall(r"([\d.]+) (-?[\d.]+)", page.locator("[data-curve]").get_attribute("d"))
    alpha, height = (np.array(points, dtype=float) - [150, 0]).T
    alpha = alpha / 210
    h = 1e-5
    rise = [np.diff(probability([(a - h) * X[0], (a + h) * X[0]], LABELS[0]))[0] / (2 * h) for a in alpha]
    np.testing.assert_allclose((210 - height) / 175, np.array(rise) / np.max(rise), atol=0.006)
    bars = page.locator("[data-areas] rect")
    area = sum(float(bar.get_attribute("width")) * float(bar.get_attribute("height")) for bar in bars.all())
    total = told(page, "5 gradients")[0]
    assert area / 210 / 175 * np.max(rise) == pytest.approx(total, abs=0.005)


def test_the_picture_drawn_is_the_attribution(page):
    slide(page, "places", 10)
    grey = page.evaluate(
        """async () => {
            const image = new Image();
            image.src = document.querySelector("[data-picture=parts]").getAttribute("href");
            await image.decode();
            const context = new OffscreenCanvas(28, 28).getContext("2d");
            context.drawImage(image, 0, 0);
            return Array.from(context.getImageData(0, 0, 28, 28).data).filter((_, i) => i % 4 === 0);
        }"""
    )
    parts = attributions(0, (np.arange(10) + 0.5) / 10)
    np.testing.assert_allclose(1 - np.array(grey) / 127.5, parts / np.abs(parts).max(), atol=0.006)


def test_stands_without_a_script_as_the_script_would_draw_it(browser, page):
    still = browser.new_context(java_script_enabled=False).new_page()
    still.set_content(SOURCE)
    for part in ("[data-areas]", "[data-top]"):
        drawn = [p.locator(part).evaluate("e => e.innerHTML") for p in (still, page)]
        assert drawn[0] == drawn[1]
    curves = [p.locator("[data-curve]").get_attribute("d") for p in (still, page)]
    assert curves[0] == curves[1]
    assert still.locator(".ig-controls").is_hidden()
    assert page.locator(".ig-controls").is_visible()
    expect(page.locator("[data-said]")).to_have_text(still.locator("[data-said]").text_content())
    still.context.close()
