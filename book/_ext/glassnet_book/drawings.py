"""Makes drawings in the pages smaller: a third of what Matplotlib writes about a figure nobody sees.

Coordinates keep two decimals, a hundredth of a point. Remarks, names that nothing refers to, groups that only
bore such a name, and outlines that are neither filled nor stroked are dropped; other names become short.
A letter is outlined once a page.
"""

import re

from bs4 import Comment

NUMBER = re.compile(r"-?\d+\.\d{3,}")
REFERENCE = re.compile(r"#([\w.-]+)")
DRAWN = re.compile(r"f[0-9a-f]{8}-figure_")  # by Matplotlib; names in a drawing by hand are its script's
PLACES = ("d", "x", "y", "width", "height", "points")


def rounded(match: re.Match) -> str:
    """A number with two decimals at the most, as short as it can be written."""
    text = f"{float(match[0]):.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def shorter(name: str, value: str) -> str:
    """An attribute's value with places rounded and without spaces that mean nothing.

    A scale keeps all its decimals: it multiplies what is large.
    """
    if name == "style":
        return re.sub(r"\s*([:;])\s*", r"\1", value)
    if name in PLACES:
        value = " ".join(NUMBER.sub(rounded, value).split())
        return re.sub(r" ?([A-Za-z]) ?", r"\1", value) if name == "d" else value
    if name == "transform":
        return re.sub(r"translate\([^)]*\)", lambda moved: NUMBER.sub(rounded, moved[0]), value)
    return value


def slim(drawing, prefix: str):
    """Make an `<svg>` element smaller in place; what is seen stays as it is.

    Args:
        drawing: the element.
        prefix: what the names in it begin with, its own on the page.
    """
    for remark in drawing.find_all(string=lambda text: isinstance(text, Comment)):
        remark.extract()
    tags = drawing.find_all(True)
    referred = {
        name for tag in tags for value in tag.attrs.values() for name in REFERENCE.findall(str(value))
    }
    borne = [tag["id"] for tag in tags if tag.get("id") in referred]  # the rest are colours
    names = {old: f"{prefix}{number:x}" for number, old in enumerate(borne)}
    for tag in tags:
        if tag.name == "path" and tag.get("style") == "fill: none" and tag.get("id") not in names:
            tag.decompose()
            continue
        if tag.get("id") in names:
            tag["id"] = names[tag["id"]]
        else:
            tag.attrs.pop("id", None)
        for name, value in list(tag.attrs.items()):
            if isinstance(value, str):
                value = REFERENCE.sub(lambda found: f"#{names.get(found[1], found[1])}", value)
                tag[name] = shorter(name, value)
        if tag.name == "use":  # `xlink:href` is the old, longer name
            tag["href"] = tag.attrs.pop("xlink:href", tag.get("href"))
    for group in drawing.find_all("g"):
        if not group.attrs:
            group.unwrap()
    for text in drawing.find_all(string=lambda text: not text.strip()):
        text.replace_with("")


def share_letters(drawings):
    """Keep an outline that several drawings define, most often a letter, where it comes first on the page."""
    first, renamed = {}, {}
    for outline in [path for drawing in drawings for path in drawing.select("defs > path[id]")]:
        looks = tuple(sorted((name, str(value)) for name, value in outline.attrs.items() if name != "id"))
        kept = first.setdefault(looks, outline["id"])
        if kept != outline["id"]:
            renamed[f"#{outline['id']}"] = f"#{kept}"
            outline.decompose()
    for drawing in drawings:
        for use in drawing.find_all("use"):
            use["href"] = renamed.get(use["href"], use["href"])
        for definitions in drawing.find_all("defs"):
            if not definitions.contents:
                definitions.decompose()


def mend(soup) -> list:
    """Make every drawing of Matplotlib's in a page smaller, and return these `<svg>` elements."""
    drawings = [svg for svg in soup.select(".glassnet-figure > svg") if svg.find("g", id=DRAWN)]
    for number, drawing in enumerate(drawings):
        slim(drawing, f"d{number:x}-")
    share_letters(drawings)
    return drawings


def setup(app):
    """Nothing to connect: drawings are made smaller where pages are mended."""
