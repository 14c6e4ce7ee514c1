"""Checks that every figure says in words what it shows.

MyST-NB gives a figure without alternative text the name of its file, a hash, which accessibility
checkers accept. Here it is a warning that names the page and the figure.
"""

import re

from sphinx.util import logging

logger = logging.getLogger(__name__)

FILE_NAME = re.compile(r"[\w./-]*\.(png|svg|jpe?g|gif|webp|pdf)", re.IGNORECASE)
HASH = re.compile(r"[\w./-]*[0-9a-f]{16,}\S*", re.IGNORECASE)
PLACEHOLDER = re.compile(
    r"<?figure size .*|\W*(image|figure|fig|plot|picture|graph|chart|diagram)\W*\d*\W*", re.IGNORECASE
)
FEWEST_WORDS = 3


def complaint(text: str | None) -> str | None:
    """What is wrong with an alternative text, or None."""
    text = (text or "").strip()
    if not text:
        return "has no alternative text"
    if FILE_NAME.fullmatch(text) or HASH.fullmatch(text):
        return f"has a file name or a hash as alternative text ({text!r})"
    if PLACEHOLDER.fullmatch(text) or len(text.split()) < FEWEST_WORDS:
        return f"has an alternative text that does not say what it shows ({text!r})"
    return None


def is_hidden(tag) -> bool:
    """Whether assistive technology skips the element, as it should with a decoration."""
    return any(
        element.get("aria-hidden") == "true" or element.get("role") in {"presentation", "none"}
        for element in (tag, *tag.parents)
    )


def alternative(tag, soup) -> str | None:
    """The words that stand for an image, a canvas or an inline drawing."""
    if tag.name == "img":
        return tag.get("alt")
    if label := tag.get("aria-label"):
        return label
    if ids := tag.get("aria-labelledby"):
        return " ".join(found.get_text() for i in ids.split() if (found := soup.find(id=i)))
    title = tag.find("title", recursive=False)
    return title.get_text() if title else None


def check(page: str, soup):
    """Warn of every figure of a page that does not say what it shows."""
    article = soup.find("article") or soup
    drawn = [tag for tag in article.find_all(["img", "svg", "canvas"]) if not tag.find_parent("svg")]
    for number, tag in enumerate(drawn, start=1):
        if is_hidden(tag):
            continue
        wrong = complaint(alternative(tag, soup))
        if wrong is None and tag.name != "img" and tag.get("role") != "img":
            wrong = 'needs role="img", or its alternative text is not read'
        if wrong:
            logger.warning(
                "figure %d (%s) %s", number, tag.get("src") or f"<{tag.name}>", wrong, location=page
            )


def setup(app):
    """Nothing to connect: the pages are checked where they are mended."""
