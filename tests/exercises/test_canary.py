"""A word planted in every solution, hidden check and model answer reaches nothing that students see."""

import shutil

import nbformat
from classroom.cli import main
from release_pairs import ROOT, SLUGS, read

CANARY = "canary_of_what_is_hidden"


def planted(slug):
    """The solution notebook with the canary in each part that must not be released, and in how many."""
    nb, parts = read("solutions", slug), 0
    for cell in nb.cells:
        nbgrader, lines = cell.metadata.get("nbgrader", {}), []
        for line in cell.source.splitlines():
            lines.append(line)
            if line.strip().startswith("### BEGIN"):
                lines.append(f"{line[: len(line) - len(line.lstrip())]}# {CANARY}")
                parts += 1
        cell.source = "\n".join(lines)
        if cell.cell_type == "markdown" and nbgrader.get("solution") and "### BEGIN" not in cell.source:
            cell.source += f"\n\n{CANARY}"
            parts += 1
    return nb, parts


def test_no_canary_in_any_release(tmp_path):
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    for slug in SLUGS:
        shutil.copytree(ROOT / "solutions" / slug, tmp_path / "solutions" / slug)
        nb, parts = planted(slug)
        assert parts > 5, slug
        nbformat.write(nb, tmp_path / "solutions" / slug / f"{slug}.ipynb")
    assert main(["release", "--course", str(tmp_path)]) == 0
    released = [path for path in (tmp_path / "exercises").rglob("*") if path.is_file()]
    assert len(released) >= len(SLUGS)
    assert [path for path in released if CANARY in path.read_text(encoding="utf-8", errors="replace")] == []
