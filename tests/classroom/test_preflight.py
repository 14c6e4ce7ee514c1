"""What a submission may look like before it is graded: hostile, broken, or damaged by accident."""

import copy
import json
import os
import socket
import sys
from pathlib import Path

import nbformat
import pytest
from classroom import mend, preflight
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbgrader.nbgraderformat import MetadataValidator

sys.path.insert(0, str(Path(__file__).parents[1] / "answers"))
from bank import ROOT, grade_id, notebook, replaced

RELEASE = notebook("exercises", "neurons")
SOLVED = {
    grade_id(cell): cell.source
    for cell in notebook("solutions", "neurons").cells
    if cell.metadata.get("nbgrader", {}).get("solution")
}
CODE = {name: source for name, source in SOLVED.items() if name != "why"}


@pytest.fixture
def place(tmp_path):
    """Where the submission belongs; its folder exists."""
    path = tmp_path / "submitted" / "ada" / "neurons" / "neurons.ipynb"
    path.parent.mkdir(parents=True)
    return path


def answered():
    nb = replaced(copy.deepcopy(RELEASE), CODE)
    cell(nb, "why").source = SOLVED["why"]
    return nb


def cell(nb, name):
    return next(cell for cell in nb.cells if grade_id(cell) == name)


def inspect(place, nb):
    place.write_text(json.dumps(nb), encoding="utf-8")
    return preflight.inspect(place, RELEASE)


def graded_cells(nb):
    return [(grade_id(cell), cell.cell_type, cell.source) for cell in nb.cells if grade_id(cell)]


def test_an_honest_notebook_passes_as_it_is(place):
    nb = answered()
    nb.cells.insert(3, nbformat.v4.new_code_cell("helper = 1"))
    found = inspect(place, nb)
    assert (found.problem, found.notes, found.files) == (None, [], [])
    assert [c.source for c in found.notebook.cells] == [c.source for c in nb.cells]
    assert found.notebook.metadata == RELEASE.metadata


def test_only_text_passes(place):
    nb = answered()
    code = cell(nb, "neuron")
    code.outputs = [nbformat.v4.new_output("stream", text="x" * 1000)]
    code.metadata["tags"] = ["remove-cell"]
    code.metadata.nbgrader["points"] = 99
    cell(nb, "neuron-check").metadata.nbgrader["points"] = 99
    nb.metadata["kernelspec"] = {"name": "mine", "display_name": "", "language": "python"}
    found = inspect(place, nb).notebook
    assert found.metadata == RELEASE.metadata
    assert cell(found, "neuron").metadata == cell(RELEASE, "neuron").metadata
    assert cell(found, "neuron-check").metadata.nbgrader.points == 1
    assert not any(c.get("outputs") for c in found.cells)


def test_pasted_pictures_stay(place):
    nb = answered()
    cell(nb, "why").attachments = {"a.png": {"image/png": "iVBO"}, "b": {"text/html": "<script>"}, "c": 7}
    assert cell(inspect(place, nb).notebook, "why").attachments == {"a.png": {"image/png": "iVBO"}}


def without(*names):
    def change(nb):
        nb.cells = [c for c in nb.cells if grade_id(c) not in names]

    return change


def rename(nb):
    cell(nb, "relu").metadata.nbgrader["grade_id"] = "mine"


def forget_everything(nb):
    for c in nb.cells:
        c.metadata = {}
        del c["id"]


def no_marks(nb):
    for c in nb.cells:
        c.metadata.pop("nbgrader", None)


def retype(nb):
    for name in ("relu", "relu-check"):
        c = cell(nb, name)
        c.cell_type = "raw"
        del c["outputs"], c["execution_count"]


def twice(nb):
    copied = copy.deepcopy(cell(nb, "relu"))
    copied.source = "def relu(Z):\n    return 0"
    nb.cells.insert(nb.cells.index(cell(nb, "relu")), copied)
    nb.cells.append(copy.deepcopy(cell(nb, "relu-check")))


def stub_last(nb):
    copied = copy.deepcopy(cell(RELEASE, "relu"))
    nb.cells.insert(nb.cells.index(cell(nb, "relu-check")), copied)


def alter(nb):
    cell(nb, "relu-check").source = "2.0"


def backwards(nb):
    nb.cells.reverse()


def merge(nb):
    cell(nb, "dense").source += "\n\n\n" + cell(nb, "relu").source
    without("relu")(nb)


@pytest.mark.parametrize(
    ("damage", "note"),
    [
        (
            without("setup", "relu-check", "mlp_forward-hidden"),
            "Cells were missing: 'setup', 'relu-check', ",
        ),
        (rename, ""),
        (no_marks, "had lost their mark were found again: 'neuron', 'dense'"),
        (forget_everything, "had lost their mark were found again: 'neuron', 'dense'"),
        (retype, "The type of answers' cells was set right: 'relu'."),
        (twice, "the last one that was worked on counts: 'relu'."),
        (stub_last, "the last one that was worked on counts: 'relu'."),
        (alter, "replaced by the originals: 'relu-check'."),
        (backwards, "the checks were run after all answers"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_damage_is_mended_and_named(place, damage, note):
    nb = answered()
    damage(nb)
    found = inspect(place, nb)
    assert found.problem is None
    assert note in " ".join(found.notes)
    assert found.notes
    whole = graded_cells(answered())
    if damage is backwards:
        assert sorted(graded_cells(found.notebook)) == sorted(whole)
        names = [name for name, _, _ in graded_cells(found.notebook)]
        assert names[0] == "setup"
        assert max(map(names.index, SOLVED)) < names.index("neuron-check")
    else:
        assert graded_cells(found.notebook) == whole


def test_two_answers_in_one_cell_both_count(place):
    nb = answered()
    merge(nb)
    found = inspect(place, nb)
    assert "their answers found in other cells: 'relu'." in " ".join(found.notes)
    assert "def relu" in cell(found.notebook, "dense").source
    assert "def relu" not in cell(found.notebook, "relu").source


def test_a_deleted_answer_is_the_exercises_stub(place):
    nb = answered()
    without("relu", "why")(nb)
    found = inspect(place, nb)
    assert found.notes == ["Cells were missing: 'relu', 'why'."]
    assert cell(found.notebook, "relu").source == cell(RELEASE, "relu").source
    assert cell(found.notebook, "why").source == cell(RELEASE, "why").source


def test_hidden_checks_in_the_release_are_no_alteration(place):
    release = copy.deepcopy(RELEASE)
    cell(release, "relu-hidden").source = "assert relu(1) == 1"
    place.write_text(json.dumps(answered()))
    found = preflight.inspect(place, release)
    assert found.notes == []
    assert cell(found.notebook, "relu-hidden").source == "assert relu(1) == 1"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, "neurons.ipynb was not handed in"),
        (b"", "neurons.ipynb is empty"),
        (b"\0" * 100, "neurons.ipynb is empty"),
        (b"{", "damaged: it is not valid JSON (line 1"),
        (b'{"cells": "\xff"}', "its text is not UTF-8"),
        (b"[" * 100_000, "damaged"),
        (b"1" * 10_000, "damaged"),
        (b"[]", "does not name its format"),
        (b'{"nbformat": "4"}', "does not name its format"),
        (b'{"nbformat": 5, "cells": []}', "is in notebook format 5"),
        (b'{"nbformat": 3, "worksheets": 7}', "format 3 and damaged"),
        (b'{"nbformat": 4, "cells": {}}', "it has no list of cells"),
        (b'{"nbformat": 4, "cells": [' + b"1," * 3000 + b"1]}", "has 3001 cells"),
        (b'{"nbformat": 4, "cells": [7, null]}', "no cell of neurons is in it"),
        (b"%PDF-1.7", "is a PDF, not a notebook"),
        (b"PK\x03\x04", "is a zip archive"),
        (b"<!DOCTYPE html>", "is a web page"),
        (b" " * 20_000_001, "is larger than 20 MB"),
    ],
    ids=lambda value: value[:12].decode("latin-1") if isinstance(value, bytes) else None,
)
def test_what_is_no_notebook_is_said_in_a_sentence(place, content, problem):
    if content is not None:
        place.write_bytes(content)
    found = preflight.inspect(place, RELEASE)
    assert problem in found.problem
    assert found.notebook is None
    assert str(place.parent) not in found.problem


def test_the_wrong_assignment_is_named(place):
    assert "the notebook of losses, not of neurons" in inspect(place, notebook("exercises", "losses")).problem


def test_format_3_is_read(place):
    old = nbformat.convert(answered(), 3)
    assert inspect(place, old).problem is None


def test_a_byte_order_mark_and_half_characters_are_no_problem(place):
    nb = answered()
    cell(nb, "why").source = "half \ud83d of it"
    place.write_bytes(b"\xef\xbb\xbf" + json.dumps(nb).encode())
    found = preflight.inspect(place, RELEASE)
    assert cell(found.notebook, "why").source == "half � of it"
    nbformat.write(found.notebook, place)


def test_links_are_not_followed(place, tmp_path):
    secret = tmp_path / "secret.ipynb"
    nbformat.write(answered(), secret)
    place.symlink_to(secret)
    assert "neurons.ipynb is a symbolic link" in preflight.inspect(place, RELEASE).problem
    place.unlink()
    place.symlink_to("nowhere")
    assert "neurons.ipynb is a symbolic link" in preflight.inspect(place, RELEASE).problem
    place.unlink()
    (place.parent / "other.ipynb").symlink_to(secret)
    assert "other.ipynb is a symbolic link" in preflight.inspect(place, RELEASE).problem
    linked = tmp_path / "submitted" / "eve" / "neurons"
    linked.parent.mkdir()
    nbformat.write(answered(), place.parent / "other2.ipynb")
    linked.symlink_to(place.parent)
    assert "the folder neurons is a symbolic link" in preflight.inspect(linked / place.name, RELEASE).problem


def test_pipes_sockets_and_folders_do_not_hold_anybody_up(place):
    os.mkfifo(place)
    assert "but a named pipe" in preflight.inspect(place, RELEASE).problem
    place.unlink()
    place.mkdir()
    assert "but a folder" in preflight.inspect(place, RELEASE).problem
    place.rmdir()
    with socket.socket(socket.AF_UNIX) as server:
        here = os.getcwd()
        os.chdir(place.parent)  # a socket's path may have 100 characters
        try:
            server.bind(place.name)
        finally:
            os.chdir(here)
        assert "cannot be opened" in preflight.inspect(place, RELEASE).problem


def test_another_name(place):
    nbformat.write(answered(), place.with_name("neurons (1).ipynb"))
    found = preflight.inspect(place, RELEASE)
    assert found.notes == ["neurons.ipynb is missing; the only other notebook, neurons (1).ipynb, was taken."]
    assert found.files == []
    nbformat.write(answered(), place.with_name("neurons (2).ipynb"))
    assert "there are several others" in preflight.inspect(place, RELEASE).problem


def test_files_beside_it(place, tmp_path):
    folder = place.parent
    for name in ("data.csv", "sub/more.csv", "helper.py", ".hidden", "__pycache__/x.pyc", "other.ipynb"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("1,2\n")
    (folder / "numpy").mkdir()
    (folder / "numpy/__init__.py").write_text("raise SystemExit")
    (folder / "random.py").write_text("raise SystemExit")
    (folder / "shadow").symlink_to("/etc/shadow")
    (folder / "sub/up").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe\x1b[31m")
    (folder / "huge.bin").touch()
    os.truncate(folder / "huge.bin", 10**10)
    found = inspect(place, answered())
    assert found.problem is None
    assert [str(p.relative_to(folder)) for p in found.files] == ["data.csv", "helper.py", "sub/more.csv"]
    assert sorted(found.notes) == [
        "huge.bin was left out: all files may have 20 MB together.",
        "numpy was left out: it would stand in for the module 'numpy'.",
        "pipe�[31m was left out: it is a named pipe.",
        "random.py was left out: it would stand in for the module 'random'.",
        "shadow was left out: it is a symbolic link.",
        "sub/up was left out: it is a symbolic link.",
    ]


def test_a_thousand_files(place):
    for number in range(1100):
        (place.parent / f"{number}.txt").touch()
    found = inspect(place, answered())
    assert len(found.files) == 1000
    assert "more than 1000 files" in found.notes[0]


def test_what_cannot_be_foreseen_stops_nobody(place, monkeypatch):
    def broken(*arguments):
        raise ZeroDivisionError

    monkeypatch.setattr(preflight, "mend", broken)
    assert inspect(place, answered()).problem == "neurons.ipynb could not be read (ZeroDivisionError)"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(list(SOLVED)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@st.composite
def damaged(draw):
    """An answered notebook with cells moved, dropped, copied, and any value replaced by any other."""
    nb = json.loads(json.dumps(answered()))
    cells = nb["cells"]
    for index in draw(st.lists(st.integers(0, len(cells) - 1), max_size=8)):
        index = min(index, len(cells) - 1)
        action = draw(
            st.sampled_from(["drop", "copy", "move", "type", "meta", "nbgrader", "id", "source", "any"])
        )
        one = cells[index]
        if action == "drop" and len(cells) > 1:
            del cells[index]
        elif action == "copy":
            cells.insert(draw(st.integers(0, len(cells))), copy.deepcopy(one))
        elif action == "move":
            cells.insert(draw(st.integers(0, len(cells) - 1)), cells.pop(index))
        elif action == "any" or not isinstance(one, dict):
            cells[index] = draw(JSON)
        elif action == "nbgrader" and isinstance(one.get("metadata"), dict):
            one["metadata"]["nbgrader"] = draw(JSON | st.fixed_dictionaries({"grade_id": JSON}))
        else:
            key = {"type": "cell_type", "meta": "metadata"}.get(action, action)
            one[key] = draw(JSON | st.sampled_from(["code", "markdown", "raw"]))
    return nb


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(damaged())
def test_any_damage_gives_a_whole_notebook(nb):
    try:
        found, _ = mend.mend(nb, RELEASE)
    except mend.Unmendable:
        return
    names = [name for name, _, _ in graded_cells(found)]
    assert sorted(names) == sorted(name for name, _, _ in graded_cells(RELEASE))
    for own in RELEASE.cells:
        if grade_id(own) and not own.metadata.nbgrader.solution:
            mended = cell(found, grade_id(own))
            assert (mended.source, mended.metadata) == (own.source, own.metadata)
    assert len({c.id for c in found.cells}) == len(found.cells)
    nbformat.validate(found)
    MetadataValidator().validate_nb(found)
    json.dumps(found, ensure_ascii=False).encode()
    again, _ = mend.mend(json.loads(json.dumps(found)), RELEASE)
    assert sorted(graded_cells(again)) == sorted(graded_cells(found)), "mending twice changes nothing more"


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_give_an_answer(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "neurons.ipynb"
    path.write_bytes(content)
    assert preflight.inspect(path, RELEASE).problem


@pytest.mark.parametrize("slug", sorted(p.name for p in (ROOT / "exercises").iterdir() if p.is_dir()))
def test_every_assignment_survives_the_loss_of_all_marks(tmp_path, slug):
    release, nb = notebook("exercises", slug), notebook("exercises", slug)
    for c in nb.cells:
        if c.metadata.get("nbgrader", {}).get("solution"):
            c.source += "\nworked on"
    expected = graded_cells(nb)
    forget_everything(nb)
    found, _ = mend.mend(json.loads(json.dumps(nb)), release)
    assert graded_cells(found) == expected
