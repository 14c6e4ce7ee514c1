"""What a live cell shows: output, values, figures, errors; with the code that runs in a reader's browser."""

import itertools
import re

import pytest
from live_session import live_session


def joined(sent):
    """What was sent, with text that came in several lumps in one."""
    return [
        (kind, "".join(content for _, content in lumps))
        for kind, lumps in itertools.groupby(sent, key=lambda pair: pair[0])
    ]


@pytest.fixture
def live():
    with live_session() as (session, sent):

        def run(source, piece="cell", title="cell 1", quiet=False):
            sent.clear()
            session.run(piece, source, title, quiet)
            return joined(sent)

        run.session = session
        yield run


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("print('a')\nprint('b')", [("out", "a\nb\n")]),
        ("1 + 1", [("out", "2\n")]),
        ("x = 3\nx", [("out", "3\n")]),
        ("x = 3\nx;", []),
        ("None", []),
        ("import sys\nprint('e', file=sys.stderr)", [("err", "e\n")]),
        ("", []),
        ("# a remark", []),
        ("from IPython.display import HTML\nHTML('<b>b</b>')", [("html", "<b>b</b>")]),
        (
            "from IPython.display import HTML, display\ndisplay(HTML('<i>'), 2)\n3",
            [("html", "<i>"), ("out", "2\n3\n")],
        ),
        (
            "from IPython.display import Markdown\nMarkdown('```python\\na < b\\n```')",
            [("html", "<pre>a &lt; b</pre>")],
        ),
        ("from myst_nb import glue\nglue('name', 3, display=False)", []),
        ("from tqdm.auto import tqdm\n[k for k in tqdm(range(3))]", [("out", "[0, 1, 2]\n")]),
    ],
)
def test_output(live, source, shown):
    assert live(source) == shown


def test_cells_share_their_names_and_main_is_theirs(live):
    live("def f(x):\n    return x + shift\n\nshift = 1", piece="first")
    assert live("f(1), f.__module__, __name__", piece="second") == [("out", "(2, '__main__', '__main__')\n")]


def test_what_is_only_needed_runs_quietly(live):
    assert live("print('a')\nx = 5\nx", quiet=True) == []
    assert live("x") == [("out", "5\n")]
    assert [kind for kind, _ in live("print('a')\nmissing", quiet=True)] == ["alert"]


def test_an_error_shows_the_cells_lines_and_no_others(live):
    live("import json\n\ndef read(text):\n    return json.loads(text)", piece="a", title="cell 1")
    ((kind, text),) = live("read('{')", piece="b", title="cell 2")
    assert kind == "alert"
    assert re.findall(r"^  (\w.*)$", text, re.M) == ["Cell 2, line 1, in <module>", "Cell 1, line 4, in read"]
    assert "return json.loads(text)" in text
    assert "decoder.py" not in text
    assert text.splitlines()[-1].startswith("json.decoder.JSONDecodeError: Expecting property name")


def test_what_cannot_be_read_as_python_names_the_place(live):
    ((kind, text),) = live("x = 1\ndef f(:\n    pass")
    assert kind == "alert"
    assert text.startswith("  Cell 1, line 2")
    assert "SyntaxError" in text


@pytest.mark.parametrize("source", ["raise SystemExit", "raise KeyboardInterrupt", "import sys\nsys.exit(3)"])
def test_nothing_ends_the_session(live, source):
    assert [kind for kind, _ in live(source)] == ["alert"]
    assert live("1") == [("out", "1\n")]


def test_input_says_what_to_do_instead(live):
    ((_, text),) = live("input('Number: ')")
    assert "write the value into the code" in text


def test_a_flood_is_cut(live):
    sent = live("for k in range(100_000):\n    print(k)")
    text = "".join(content for _, content in sent)
    assert len(text) < 101_000
    assert text.endswith("… more was printed than is shown here.\n")


def test_figures_are_drawn_in_the_books_style_and_say_what_is_in_them(live):
    sent = live(
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.title('Loss')\nplt.xlabel('x')\nprint('p')"
    )
    assert [kind for kind, _ in sent] == ["out", "html"]
    assert 'aria-label="Figure drawn by your code: Loss, x"' in sent[1][1]
    assert "currentColor" in sent[1][1]
    sent = live("plt.plot([1])\nplt.show()\nprint('after')")
    assert [kind for kind, _ in sent] == ["html", "out"]
    assert live("plt.plot([1]);", quiet=True) == []
    assert live("plt.get_fignums()") == [("out", "[]\n")]


def test_figures_of_the_book_keep_their_words(live):
    sent = live(
        "from glassnet import plots\nplots.show(plots.images([[[0, 1], [1, 0]]], alt='A chequered square'))"
    )
    assert [kind for kind, _ in sent] == ["html"]
    assert 'aria-label="A chequered square"' in sent[0][1]


def test_a_piece_is_fresh_until_it_or_its_names_change(live):
    session = live.session
    assert not session.has_run("a")
    live("x = 1", piece="a")
    assert session.has_run("a")
    assert session.is_fresh("a", "x = 1", ["x"])
    assert not session.is_fresh("a", "x = 2", ["x"])
    live("x = 3\ny = 4", piece="b")
    assert not session.is_fresh("a", "x = 1", ["x"])
    assert session.is_fresh("a", "x = 1", [])
    live("y = 1\n1 / 0", piece="b")
    assert not session.is_fresh("b", "y = 1\n1 / 0", [])
    live("def f():\n    global z\n    z = 1", piece="c")
    live("z = 2", piece="d")
    assert not session.is_fresh("c", "def f():\n    global z\n    z = 1", ["z"])


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1", {"numpy"}),
        ("import matplotlib.pyplot as plt", {"numpy", "matplotlib"}),
        ("from matplotlib import pyplot", {"numpy", "matplotlib"}),
        ("def f():\n    from glassnet import plots", {"numpy", "matplotlib"}),
        ("from glassnet.plots import style", {"numpy", "matplotlib"}),
        ("from glassnet import layers", {"numpy"}),
        ("def f(:", {"numpy"}),
    ],
)
def test_only_what_is_imported_is_loaded(live, source, expected):
    assert set(live.session.packages(source)) == expected


def test_a_data_set_is_fetched_when_it_is_read_for_the_first_time(tmp_path, monkeypatch):
    from glassnet.datasets import _archive, boston_housing

    content = (_archive.DATA / "boston_housing.npz").read_bytes()
    monkeypatch.setattr(_archive, "DATA", tmp_path / "data")
    asked = []
    with live_session(lambda name: asked.append(name) or content) as (session, sent):
        source = "from glassnet.datasets import boston_housing\nboston_housing.load_data()[0][0].shape"
        for _ in range(2):
            assert session.run("a", source, "cell 1")
        assert sent == [("out", "(404, 13)\n")] * 2
    assert asked == ["boston_housing.npz"]
    assert boston_housing.load_data()[0][0].shape == (404, 13)
