"""Drawings are made smaller in the pages, and look as before."""

import io
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from PIL import Image, ImageChops, ImageStat

sys.path.insert(0, str(Path(__file__).parents[2] / "book" / "_ext"))
from glassnet_book import drawings


@pytest.fixture
def drawn():
    """A figure with what figures of the book are made of, as the page gets it."""
    import matplotlib

    matplotlib.use("agg")
    import numpy as np
    from glassnet import plots
    from matplotlib import pyplot as plt

    fig, (left, middle, right) = plt.subplots(1, 3, figsize=(9, 3))
    x = np.linspace(0.01, 1, 40)
    left.errorbar(x[::4], x[::4] ** 2, 0.1, fmt="--o", label="measured")
    left.plot(x, x**2, color="#0072b2", label="x²")
    left.set(xscale="log", xlabel="x", ylabel="a label turned by 90°")
    left.legend()
    middle.imshow(np.arange(12).reshape(3, 4), cmap="viridis")
    right.fill_between(x, x, x**2, alpha=0.3, hatch="//")
    right.scatter(x, 1 - x, s=5, marker="^")
    text = plots.svg(fig, "a curve, an image and a filled shape")
    plt.close(fig)
    return f'<figure class="glassnet-figure">{text}</figure>'


def picture(browser, html):
    page = browser.new_page(viewport={"width": 900, "height": 400})
    page.set_content(f'<body style="color: #222">{html}</body>')
    taken = Image.open(io.BytesIO(page.locator("svg").screenshot())).convert("RGB")
    page.close()
    return taken


def test_a_drawing_is_smaller_and_looks_the_same(browser, drawn):
    soup = BeautifulSoup(drawn, "html.parser")
    drawings.mend(soup)
    before, after = picture(browser, drawn), picture(browser, str(soup))
    assert before.size == after.size
    assert max(ImageStat.Stat(ImageChops.difference(before, after)).mean) < 0.3  # of 255
    assert len(str(soup)) < 0.8 * len(drawn)


def test_names_in_two_drawings_do_not_meet_and_a_drawing_by_hand_keeps_its_own(drawn):
    by_hand = '<figure class="glassnet-figure"><svg><g id="hand"/><use href="#hand"/></svg></figure>'
    soup = BeautifulSoup(drawn + drawn + by_hand, "html.parser")
    drawings.mend(soup)
    names = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(names) == len(set(names))
    assert {use["href"] for use in soup.find_all("use")} <= {f"#{name}" for name in names}
    assert "hand" in names
