"""Live cells of the chapters: what each needs is found, and with nothing else it runs."""

import logging
import sys

import nbformat
import pytest
from chapter_pattern import BOOK, ROOT
from live_session import live_session
from nbformat.v4 import new_code_cell, new_notebook

sys.path.insert(0, str(BOOK / "_ext"))

from glassnet_book import live, needs


def closure(target, *above):
    """What the live cell `target` needs of the cells above; those that begin with # live are live."""
    cells = [(source, source.startswith("# live")) for source in above] + [(target, True)]
    parts = needs.pieces(cells)
    return [parts[i].source for i in needs.needed(parts, len(parts) - 1)]


@pytest.mark.parametrize(
    ("target", "above", "expected"),
    [
        ("print(x)", ["x = 1", "y = 2"], ["x = 1"]),
        ("print(x)", ["x = 1\ny = 2\nprint(x)"], ["x = 1"]),
        ("print(x)", ["x = 1", "x = 2"], ["x = 2"]),
        ("print(x)", ["y = 1", "x = y + 1"], ["y = 1", "x = y + 1"]),
        ("x = 1\nprint(x)", ["x = 2"], []),
        ("x = x + 1", ["x = 2"], ["x = 2"]),
        ("np.ones(2)", ["import keras\nimport numpy as np"], ["import numpy as np"]),
        ("Input()", ["from glassnet import Input, layers"], ["from glassnet import Input"]),
        (
            "f(1)",
            ["import numpy as np", "def f(x):\n    return g(x)", "def g(x):\n    return np.exp(x)"],
            ["import numpy as np", "def f(x):\n    return g(x)", "def g(x):\n    return np.exp(x)"],
        ),
        (
            "f(1)",
            ["a = 1\ndef f(x):\n    return x + a", "a = 2"],
            ["a = 1", "def f(x):\n    return x + a", "a = 2"],
        ),
        ("f()", ["@wraps\ndef f():\n    pass", "x = 1"], ["@wraps\ndef f():\n    pass"]),
        ("model.predict(x)", ["model = M()\nmodel.fit(1)\nx = 1"], ["model = M()", "model.fit(1)", "x = 1"]),
        (
            "print(model)",
            ["model = M()", "history = model.fit(1)"],
            ["model = M()", "history = model.fit(1)"],
        ),
        ("print(a)", ["a = [1]", "a[0] = 2"], ["a = [1]", "a[0] = 2"]),
        ("print(a)", ["a = [1]", "def f():\n    a = [2]\n    a[0] = 3"], ["a = [1]"]),
        ("print(a)", ["a = [1]", "print(a)\nglue('n', a)\nassert a"], ["a = [1]"]),
        ("print(a)", ["a = [1]", "change(a)"], ["a = [1]", "change(a)"]),
        ("print(a)", ["# live\na = 1\nb = 2", "b = 3"], ["# live\na = 1\nb = 2"]),
        ("[k for k in range(n)]", ["k = 5", "n = 3"], ["n = 3"]),
        ("print(f'{a:{w}}')", ["a, w = 1, 2"], ["a, w = 1, 2"]),
        ("class A(B):\n    c = d", ["B, d = object, 1"], ["B, d = object, 1"]),
        ("(lambda: q)()", ["q = 1"], ["q = 1"]),
    ],
)
def test_what_is_needed(target, above, expected):
    assert closure(target, *above) == expected


def notebook(*cells):
    """A notebook of (id, source, tags)."""
    made = new_notebook(cells=[new_code_cell(source, metadata={"tags": tags}) for _, source, tags in cells])
    for cell, (name, *_) in zip(made.cells, cells, strict=True):
        cell["id"] = name
    return made


def test_a_page_is_told_what_each_cell_needs(caplog):
    page = live.live_cells(
        notebook(
            ("imports", "import numpy as np\nimport keras", ["hide-input"]),
            ("first", "x = np.ones(3)", ["live"]),
            ("aside", "y = x + 1", []),
            ("second", "print(x, y)", ["live"]),
        ),
        "page",
    )
    first, second = page["cells"]
    assert (first["title"], second["title"]) == ("cell 1", "cell 2")
    (imported,) = first["needs"]
    assert page["pieces"][imported["piece"]]["source"] == "import numpy as np"
    assert imported["names"] == ["np"]
    assert [(need.get("cell"), need["names"]) for need in second["needs"]] == [
        (None, ["np"]),
        (0, ["x"]),
        (None, ["y"]),
    ]
    assert page["pieces"][second["needs"][2]["piece"]] == {
        "source": "y = x + 1",
        "title": "the page's cell aside",
    }
    assert not caplog.records


def test_a_notebook_without_live_cells_has_none():
    assert live.live_cells(notebook(("a", "import keras", [])), "page")["cells"] == []


@pytest.mark.parametrize(
    "cells",
    [
        [("bad", "import keras", ["live"])],
        [("bad", "def f():\n    from sklearn import svm", ["live"])],
        [("imports", "import keras", []), ("model", "m = keras.Model()", []), ("bad", "print(m)", ["live"])],
    ],
)
def test_a_cell_that_no_browser_runs_is_named(cells, monkeypatch):
    said = []
    monkeypatch.setattr(
        live.logger, "warning", lambda text, *names, location: said.append((text % names, location))
    )
    live.live_cells(notebook(*cells), "concepts/page")
    ((text, location),) = said
    assert "'bad' is marked live" in text
    assert ("keras" in text) or ("sklearn" in text)
    assert location == "concepts/page"


LIVE = sorted(path for path in BOOK.glob("*/*.ipynb") if '"live"' in path.read_text(encoding="utf-8"))


def test_the_chapters_on_numpy_have_live_cells():
    parts = [path for part in ("concepts", "training") for path in (BOOK / part).glob("*.ipynb")]
    assert set(parts) <= set(LIVE)


@pytest.mark.slow
@pytest.mark.parametrize("path", LIVE, ids=lambda path: path.stem)
def test_every_live_cell_runs_with_what_it_needs(path, monkeypatch):
    monkeypatch.setattr(logging.root.manager, "disable", logging.root.manager.disable)
    page = live.live_cells(nbformat.read(path, as_version=4), path.stem)
    with live_session() as (session, sent):
        for number, cell in enumerate(page["cells"]):
            for need in cell["needs"]:
                if "piece" in need:
                    piece = page["pieces"][need["piece"]]
                    if not session.is_fresh(need["piece"], piece["source"], need["names"]):
                        assert session.run(need["piece"], piece["source"], piece["title"], True), sent[-1][1]
            assert session.run(number, cell["source"], cell["title"]), sent[-1][1]


@pytest.mark.parametrize("slug", sorted(p.name for p in (ROOT / "exercises").iterdir()))
def test_what_is_given_to_the_page_is_the_released_notebook(slug):
    released = nbformat.read(ROOT / "exercises" / slug / f"{slug}.ipynb", as_version=4)
    setup, functions = live.released_functions(released)
    sources = {cell.source for cell in released.cells}
    assert {*setup, *(text for pair in functions.values() for text in pair)} <= sources
    assert all("NotImplementedError" in stub for stub, _ in functions.values())
    assert all(check == f'checks.run("{name}")' for name, (_, check) in functions.items())


def test_only_the_library_is_sent():
    package = ROOT / "support" / "glassnet"
    sent = {path.relative_to(package).as_posix() for path in live.library_files(package)}
    assert {
        "__init__.py",
        "layers/core.py",
        "checks/engine.py",
        "checks/neurons.py",
        "datasets/mnist.py",
    } <= sent
    assert {"datasets/pack.py", "checks/mnist_cnn.py"}.isdisjoint(sent)


def test_the_zip_depends_on_the_files_alone(tmp_path):
    for name in ("a.zip", "b.zip"):
        live.write_zip(ROOT / "support" / "glassnet", tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
