"""Makes pages lighter without a difference to see or to hear: a quarter of a chapter with many formulas.

KaTeX and Matplotlib write the same few styles thousands of times: each becomes a class of the page. Names and
punctuation in code have the colour of the code around them and need no element that says so. The LaTeX source
that KaTeX adds to each formula's MathML is read by nobody.
"""

import re
from collections import Counter

PLAIN = ("n", "nn", "nx", "p", "pm", "w")  # Pygments' classes for what stands in the colour of the text
PLAIN_SPAN = re.compile(rf'<span class="(?:{"|".join(PLAIN)})">([^<]*)</span>')
CODE = re.compile(r'<div class="highlight">.*?</div>', re.DOTALL)
CHILDLESS = re.compile(r"></(?:path|use)>")


def rule(name: str, style: str) -> str:
    """A class that wins as the attribute did over every rule for the same element."""
    declared = [part.strip() for part in style.split(";") if part.strip()]
    return f".{name}{{{';'.join(f'{part}!important' for part in declared)}}}"


def styles_to_classes(soup, drawings):
    """Turn style attributes that stand more than once in formulas and drawings into classes."""
    styled = soup.select(".katex-html [style]")
    for drawing in drawings:
        styled += drawing.find_all(style=True)
    counted = Counter(tag["style"] for tag in styled)
    repeated = [style for style, times in counted.most_common() if times > 1]
    names = {style: f"y{number:x}" for number, style in enumerate(repeated)}
    for tag in styled:
        if name := names.get(tag["style"]):
            tag["class"] = [*tag.get("class", []), name]
            del tag["style"]
    if names:
        sheet = soup.new_tag("style")
        sheet.string = "".join(rule(name, style) for style, name in names.items())
        soup.head.append(sheet)


def mend(soup, drawings):
    """Make a page lighter.

    Args:
        soup: the page.
        drawings: its `<svg>` elements that no script changes.
    """
    for source in soup.select(".katex annotation"):
        source.decompose()
    styles_to_classes(soup, drawings)


def text(soup) -> str:
    """The page's HTML, code without needless elements and childless elements in the short form."""
    html = CODE.sub(lambda code: PLAIN_SPAN.sub(r"\1", code[0]), str(soup))
    return CHILDLESS.sub("/>", html)


def setup(app):
    """Nothing to connect: pages are made lighter where they are mended."""
