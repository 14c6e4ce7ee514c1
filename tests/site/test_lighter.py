"""Pages are made lighter, and look as before."""

import io
import re
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from PIL import Image, ImageChops, ImageStat

sys.path.insert(0, str(Path(__file__).parents[2] / "book" / "_ext"))
from glassnet_book import drawings, formulas, lighter

VENDORED = Path(__file__).parents[2] / "book" / "_vendor"
DEFINED = '<defs><path id="{0}" d="M0 0L9 0L9 9z"/></defs>'
LETTERS = f'<svg>{DEFINED}<g id="f0123abcd-figure_1"><use href="#{{0}}"/></g></svg>'


@pytest.fixture(scope="module")
def formula():
    html = formulas.render(
        r"\hat m_t = \frac{\beta_1 m_{t-1} + (1 - \beta_1)\, g_t}{1 - \beta_1^t} \quad \sum_{i=1}^n x_i^2",
        True,
    )
    formulas.finish(None, None)
    return html


def picture(browser, soup):
    """What the formula looks like, with KaTeX' own style sheet."""
    page = browser.new_page(viewport={"width": 700, "height": 200})
    page.set_content(lighter.text(soup))
    page.add_style_tag(content=(VENDORED / "katex" / "katex.min.css").read_text(encoding="utf-8"))
    taken = Image.open(io.BytesIO(page.locator("body").screenshot())).convert("RGB")
    page.close()
    return taken


def test_a_formula_is_lighter_and_looks_the_same(browser, formula):
    before = BeautifulSoup(f"<html><head></head><body>{formula}</body></html>", "html.parser")
    after = BeautifulSoup(str(before), "html.parser")
    lighter.mend(after, [])
    assert len(after.body.decode()) < 0.9 * len(before.body.decode())
    assert not after.find("annotation")
    assert after.find("math")  # what screen readers read
    one, other = picture(browser, before), picture(browser, after)
    assert one.size == other.size
    assert max(ImageStat.Stat(ImageChops.difference(one, other)).mean) < 0.01  # of 255


def test_code_keeps_its_words_and_its_coloured_parts():
    words = '<span class="k">def</span>{}<span class="nf">f</span>{}</pre></div><span class="p">x</span>'
    code = words.format('<span class="w"> </span>', '<span class="p">():</span>')
    text = lighter.text(BeautifulSoup(f'<div class="highlight"><pre>{code}', "html.parser"))
    assert text == f'<div class="highlight"><pre>{words.format(" ", "():")}'


def test_what_loses_its_element_has_the_colour_of_the_text(site):
    """In both themes, by the style sheet that the pages use."""
    css = (site / "_static" / "pygments.css").read_text(encoding="utf-8")
    for theme in ("light", "dark"):
        rules = dict(re.findall(rf'html\[data-theme="{theme}"\] \.highlight *(\.\w+)? *{{([^}}]*)}}', css))
        (text,) = re.findall(r"(?<!-)color: *([^;\s]+)", rules[""])
        for name in lighter.PLAIN:
            assert rules.get(f".{name}", f"color: {text}").replace(" ", "") == f"color:{text}", (theme, name)


def test_a_letter_is_outlined_once_a_page():
    page = "".join(f'<figure class="glassnet-figure">{LETTERS.format(name)}</figure>' for name in "ab")
    soup = BeautifulSoup(page, "html.parser")
    drawings.mend(soup)
    (outline,) = soup.select("defs > path")
    assert {use["href"] for use in soup.select("use")} == {f"#{outline['id']}"}
