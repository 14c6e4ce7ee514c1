"""The figure of adversarial examples: worked from the keyboard, it computes what NumPy computes."""

import base64
import json
import re
from pathlib import Path

import numpy as np
import pytest
from glassnet.activations import softmax
from glassnet.datasets import mnist
from playwright.sync_api import expect
from sliders import choose, slide

SOURCE = (Path(__file__).parents[2] / "book" / "_figures" / "adversarial.html").read_text(encoding="utf-8")


def embedded(name):
    return base64.b64decode(re.search(rf'const {name} = .*?bytes\("([^"]+)"\)', SOURCE)[1])


def number(name):
    return json.loads(re.search(rf"\b{name} = (\[[^\]]*\]|[\d.e-]+)[,;]", SOURCE)[1])


W = np.frombuffer(embedded("weights"), np.int8).reshape(784, 10) * number("scale")
B = np.array(number("bias"))
PICTURES = np.frombuffer(embedded("ink"), np.uint8).reshape(4, 784)
LABELS = number("labels")


def read(X):
    return softmax(np.atleast_2d(X) @ W + B)


def coins(seed, n=784):
    """The signs of mulberry32, the figure's own generator."""
    signs, mask = [], 0xFFFFFFFF
    for _ in range(n):
        seed = (seed + 0x6D2B79F5) & mask
        t = ((seed ^ (seed >> 15)) * (1 | seed)) & mask
        t = ((t + (((t ^ (t >> 7)) * (61 | t)) & mask)) & mask) ^ t
        signs.append(-1 if ((t ^ (t >> 14)) & mask) / 2**32 < 0.5 else 1)
    return np.array(signs)


def change(which, kind, epsilon):
    """The change, the picture made, and the loss that the linear formula foretells."""
    x, label = PICTURES[which] / 255, LABELS[which]
    P = read(x)[0]
    g = W @ (P - np.eye(10)[label])
    d = epsilon * (np.sign(g) if kind == "purpose" else coins(which + 1))
    return np.clip(x + d, 0, 1), -np.log(P[label]) + d @ g


@pytest.fixture
def page(open_figure):
    return open_figure("adversarial")


def test_digits_are_from_the_test_part_and_the_model_reads_it():
    _, (x, y) = mnist.load_data()
    for picture, label in zip(PICTURES, LABELS, strict=True):
        (found,) = np.flatnonzero((x.reshape(-1, 784) == picture).all(axis=1))
        assert y[found] == label
    assert np.mean(read(x.reshape(-1, 784) / 255).argmax(axis=1) == y) > 0.91


@pytest.mark.parametrize("kind", ["purpose", "chance"])
@pytest.mark.parametrize(("which", "epsilon"), [(0, 0.05), (1, 0.1), (2, 0.3), (3, 0.0)])
def test_probabilities_are_those_of_numpy(page, kind, which, epsilon):
    choose(page, "av-digit", which)
    choose(page, "av-kind", kind)
    slide(page, "epsilon", epsilon)
    made, foretold = change(which, kind, epsilon)
    P = read(made)[0]
    shown = [float(text) for text in page.locator("[data-value]").all_text_contents()]
    np.testing.assert_allclose(shown, P, atol=0.0051)
    line = page.locator("[data-said]")
    word = {"purpose": "On purpose", "chance": "By chance"}[kind]
    expect(line).to_have_text(re.compile(f"^{word}, ε = {epsilon:.2f}: read as {P.argmax()} "))
    told = re.search(
        r"goes from ([\d.]+) to ([\d.]+); the linear formula foretells (-?[\d.]+)\.$", line.text_content()
    )
    label = LABELS[which]
    expected = [-np.log(read(PICTURES[which] / 255)[0][label]), -np.log(P[label]), foretold]
    np.testing.assert_allclose([float(v) for v in told.groups()], expected, atol=0.0051)


def test_the_picture_drawn_is_the_picture_read(page):
    slide(page, "epsilon", 0.2)
    ink = page.evaluate(
        """async () => {
            const image = new Image();
            image.src = document.querySelector("[data-picture=sum]").getAttribute("href");
            await image.decode();
            const context = new OffscreenCanvas(28, 28).getContext("2d");
            context.drawImage(image, 0, 0);
            return Array.from(context.getImageData(0, 0, 28, 28).data).filter((_, i) => i % 4 === 0);
        }"""
    )
    made, _ = change(0, "purpose", 0.2)
    np.testing.assert_allclose(1 - np.array(ink) / 255, made, atol=0.003)


def test_purpose_misleads_where_chance_does_not():
    for which, label in enumerate(LABELS):
        assert read(change(which, "purpose", 0.15)[0]).argmax() != label
        assert read(change(which, "chance", 0.15)[0]).argmax() == label


def test_the_slider_says_its_value(page):
    slide(page, "epsilon", 0.12)
    assert page.locator("[data-in=epsilon]").get_attribute("aria-valuetext") == "0.12"


def test_stands_without_a_script_as_the_script_would_draw_it(browser, page):
    still = browser.new_context(java_script_enabled=False).new_page()
    still.set_content(SOURCE)
    for what in ("all_text_contents", "all_inner_texts"):
        values = [getattr(p.locator("svg [data-value]"), what)() for p in (still, page)]
        assert values[0] == values[1]
    bars = [
        p.locator("[data-bars]").evaluate("e => e.innerHTML.replace(/\\s+/g, ' ')") for p in (still, page)
    ]
    assert bars[0] == bars[1]
    assert still.locator(".av-controls").is_hidden()
    assert page.locator(".av-controls").is_visible()
    expect(page.locator("[data-said]")).to_have_text(still.locator("[data-said]").text_content())
    still.context.close()
