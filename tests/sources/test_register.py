"""The register of source errors is complete: an entry, a place in the book and a test for each of the 47."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
BOOK = ROOT / "book"
PAGE = BOOK / "reference" / "source-errors.md"
NUMBERS = range(1, 48)

ENTRIES = {
    int(number): text
    for number, text in re.findall(
        r"^\*\*(\d+)\*\* (.*?)(?=^\*\*\d+\*\* |^## |\Z)",
        PAGE.read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )
}


def labels():
    """Numbers of the labels `(source-NN)=` in the book, one for each place."""
    pages = [p for p in BOOK.rglob("*") if p.suffix in (".md", ".ipynb") and "_build" not in p.parts]
    found = [n for p in pages for n in re.findall(r"\(source-(\d\d)\)=", p.read_text(encoding="utf-8"))]
    return [int(n) for n in found]


def proofs():
    """Names of the tests that prove a correction."""
    text = "".join(p.read_text(encoding="utf-8") for p in Path(__file__).parent.glob("test_*.py"))
    return set(re.findall(r"^def (test_source_\d\d_\w+)\(", text, re.MULTILINE))


def test_every_number_has_one_entry():
    written = re.findall(r"^\*\*(\d+)\*\* ", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(map(int, written)) == list(NUMBERS)


def test_every_number_has_one_place_in_the_book():
    given = labels()
    missing = [n for n in NUMBERS if n not in given]
    twice = sorted({n for n in given if given.count(n) > 1})
    assert not missing, f"no label (source-NN)= for {missing}"
    assert not twice, f"several labels (source-NN)= for {twice}"


def test_every_number_has_a_test():
    covered = {int(name.split("_")[2]) for name in proofs()}
    missing = sorted(set(NUMBERS) - covered)
    assert not missing, f"no test test_source_NN_… for {missing}"


def test_every_entry_links_its_place_and_names_a_test_that_exists():
    for number, text in ENTRIES.items():
        assert f"{{ref}}`source-{number:02d}`" in text, f"entry {number} does not link its place"
        named = re.findall(r"`(test_source_\w+)`", text)
        assert named, f"entry {number} names no test"
        for name in named:
            assert name.startswith(f"test_source_{number:02d}_"), f"entry {number} names {name}"
            assert name in proofs(), f"entry {number} names {name}, which does not exist"
