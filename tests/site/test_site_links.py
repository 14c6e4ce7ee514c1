"""Links, anchors and files of the whole site, read from the pages themselves."""

import re
import zipfile
from urllib.parse import unquote, urldefrag, urlsplit

import nbformat
import pytest
from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont


@pytest.fixture(scope="module")
def soups(site):
    """Every page of the site, parsed."""
    pages = [p for p in site.rglob("*.html") if "_static" not in p.parts]
    return {path: BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser") for path in pages}


def targets(soup):
    """Addresses a page points to or loads."""
    for name in ("href", "src"):
        for tag in soup.find_all(attrs={name: True}):
            yield tag[name]


def test_links_and_anchors_resolve(soups, site):
    ids = {path: {tag["id"] for tag in soup.find_all(id=True)} for path, soup in soups.items()}
    dead = []
    for path, soup in soups.items():
        for target in targets(soup):
            address, anchor = urldefrag(target)
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            file = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            page = f"{path.relative_to(site)} -> {target}"
            if not file.exists() or (anchor and file in ids and unquote(anchor) not in ids[file]):
                dead.append(page)
    assert dead == []


def test_nothing_is_loaded_from_elsewhere(soups, site):
    foreign = [
        f"{path.relative_to(site)}: {tag}"
        for path, soup in soups.items()
        for tag in soup.find_all(["script", "img", "iframe", "link", "source", "video", "audio"])
        if (address := tag.get("src") or tag.get("href")) and urlsplit(address).netloc
        if "canonical" not in tag.get("rel", [])
    ]
    assert foreign == []


def test_every_icon_that_a_style_sheet_names_is_in_the_font(site):
    (font,) = site.glob("_static/vendor/fontawesome/webfonts/fa-solid-900.woff")
    drawn = TTFont(font).getBestCmap()
    named = {
        sign
        for sheet in site.rglob("_static/**/*.css")
        for text in re.findall(r"content: ?[\"']([^\"']+)[\"']", sheet.read_text(encoding="utf-8"))
        for sign in re.sub(r"\\([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), text)
        if ord(sign) >= 0xE000
    }
    assert named
    assert not [hex(ord(sign)) for sign in named if ord(sign) not in drawn]


def test_ids_are_unique(soups):
    for path, soup in soups.items():
        ids = [tag["id"] for tag in soup.find_all(id=True)]
        assert len(ids) == len(set(ids)), (path, sorted({i for i in ids if ids.count(i) > 1}))


def test_chapters_download_as_notebooks(soups):
    downloads = {
        (path.parent / tag["href"]).resolve()
        for path, soup in soups.items()
        for tag in soup.find_all("a", href=True)
        if tag["href"].endswith(".ipynb") and not urlsplit(tag["href"]).netloc
    }
    chapters = {path for path, soup in soups.items() if soup.select("article .cell")}
    assert chapters
    assert len(downloads) >= len(chapters)
    for notebook in downloads:
        nbformat.validate(nbformat.read(notebook, as_version=4))


def test_no_markup_is_left_in_the_text(soups, site):
    # Markdown and MyST that nobody understood is shown as it was written, and no builder warns of it.
    left = re.compile(r"^\||\|:?-{3}|\|—|\{(?:ref|doc|cite|glue|term|eq|download)\b|^:::|```|\*\*\w")
    found = [
        f"{path.relative_to(site)}: {text.strip()[:80]}"
        for path, soup in soups.items()
        for paragraph in soup.select("article p, article li, article td, article figcaption")
        for text in paragraph.find_all(string=left)
        if not text.find_parent(["code", "pre", "script", "style", "annotation"])
    ]
    assert found == []


def test_nothing_hidden_from_students_is_in_the_site(site):
    solutions = [nbformat.read(p, as_version=4) for p in (site.parents[1] / "solutions").glob("*/*.ipynb")]
    checks = [
        line.strip()
        for notebook in solutions
        for cell in notebook.cells
        if "### BEGIN HIDDEN TESTS" in cell.source
        for line in cell.source.partition("### BEGIN HIDDEN TESTS")[2].splitlines()
        if "seed=" in line
    ]
    assert len(checks) > 40
    secrets = [*checks, "### BEGIN SOLUTION", "### BEGIN HIDDEN TESTS"]
    texts = {}
    for path in site.rglob("*"):
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as packed:
                texts |= {f"{path.name}/{name}": packed.read(name) for name in packed.namelist()}
        elif path.suffix in {".html", ".js", ".json", ".txt", ".md", ".ipynb", ".py"}:
            texts[str(path.relative_to(site))] = path.read_bytes()
    assert any(name.endswith(".ipynb") for name in texts)
    found = [(name, secret) for name, text in texts.items() for secret in secrets if secret.encode() in text]
    assert found == []
