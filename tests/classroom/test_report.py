"""`classroom report` and `classroom export`: what an instructor reads, and what other systems import."""

import csv
import io
import re

import graded_course
import pytest
from classroom import export, report, results
from classroom.alike import alike
from classroom.results import Check, Class, Item, Result
from graded_course import SLUG, enrol, grade, run

BIAS = "the bias is missing"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A class of six, one of whom could not be graded, and one who handed nothing in."""
    folder = graded_course.make(tmp_path_factory.mktemp("report") / "course")
    full = {"double-check": 1, "double-hidden": 2, "half-check": 1, "half-hidden": 2, "why": 4}
    hints = {"half-check": (f"This looks like {BIAS}\nreceived 1, correct is 2", BIAS)}
    grade(folder, "ada", full, first_name="Ada", last_name="Lovelace", email="ada@x.org", lms_user_id="17")
    grade(folder, "bob", {**full, "half-check": 0, "half-hidden": 0}, texts=hints)
    grade(folder, "cyd", {"double-check": 1, "why": 0}, texts=hints, status={"unsafe": True})
    grade(folder, "dan", {"double-check": 1, "double-hidden": 2})
    grade(folder, "eve", {}, status={"status": "failed", "problem": "eve.ipynb is empty"})
    enrol(folder, "=1+1", first_name="李", last_name="Müller, Jr.", email="@evil")
    return folder


def test_the_terminal_shows_everybody_and_why(course, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    assert run(course, "report", SLUG, "--csv", str(course / "class.csv")) == 0
    out = capsys.readouterr().out
    assert (
        "tiny: 4 graded, median 5 of 10 points, from 1 to 10, 1 could not be graded, 1 handed nothing in."
        in out
    )
    rows = {line.split()[0]: line.split()[1:] for line in out.splitlines() if line[:1].strip()}
    assert rows["ada"] == ["3", "3", "4", "10"]
    assert rows["dan"] == ["3", "0", "3"]
    assert rows["eve"] == []
    assert "! NOT graded: eve.ipynb is empty" in out
    assert "! to be graded by hand: why" in out
    assert "! graded without a sandbox" in out
    assert "! nothing handed in" in out
    assert f"2 × This looks like {BIAS}" in out


def test_the_class_table_for_spreadsheets(course):
    run(course, "report", SLUG, "--csv", str(course / "class.csv"))
    rows = list(csv.DictReader(io.StringIO((course / "class.csv").read_text(encoding="utf-8-sig"))))
    table = {row["student"]: row for row in rows}
    assert set(table) == {"ada", "bob", "cyd", "dan", "eve", "'=1+1"}
    assert (table["dan"]["double"], table["dan"]["why"], table["dan"]["sum"]) == ("3", "", "3")
    assert (table["eve"]["status"], table["eve"]["double"], table["eve"]["sum"]) == ("failed", "", "")


def test_analysis_counts_shares_and_mistakes(course):
    items = {item.name: item for item in report.analyse(results.read(course, SLUG))}
    assert (items["double"].right, items["double"].mean) == (3 / 4, (3 + 3 + 1 + 3) / 12)
    assert items["half"].hints[0] == (f"This looks like {BIAS}", 2)
    assert items["why"].graded == 3
    assert items["double"].discrimination is None, "four students are too few"


def test_discrimination_tells_a_good_item_from_a_bad_one():
    def one(number, good, bad):
        points = {"good": good, "bad": bad, "base": number}
        items = {name: Item(name, p, 5.0, [Check(False, p, 5.0)]) for name, p in points.items()}
        return Result(str(number), "graded", items=items)

    found = Class("x", {"good": 5.0, "bad": 5.0, "base": 5.0}, [one(i, i, 5 - i) for i in range(6)])
    items = {item.name: item.discrimination for item in report.analyse(found)}
    assert items["bad"] == pytest.approx(-1)
    found = Class("x", {"good": 5.0}, [one(i, i, 0) for i in range(6)])
    assert report.analyse(found)[0].discrimination == pytest.approx(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_whole_and_accessible(course, browser, scheme):
    from axe_playwright_python.sync_playwright import Axe

    run(course, "report", SLUG)
    page = course / "reports" / f"{SLUG}.html"
    html = page.read_text(encoding="utf-8")
    assert not re.search(r"<script|https?://|<link", html)
    assert "NOT graded: eve.ipynb is empty" in html
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": 390, "height": 800}, bypass_csp=True
    )
    shown = context.new_page()
    shown.goto(page.as_uri())
    violations = [v["id"] for v in Axe().run(shown).response["violations"]]
    overflow = shown.evaluate("document.documentElement.scrollWidth - innerWidth")
    height = shown.evaluate("document.documentElement.scrollHeight")
    context.close()
    assert violations == []
    assert overflow <= 0
    assert height < 3000, "no column is squeezed to a letter a line"


def exported(course, to, capsys):
    assert run(course, "export", SLUG, "--to", to) == 0
    assert "3 cells are empty" in capsys.readouterr().out
    return list(csv.reader(io.StringIO((course / f"marks-{to}.csv").read_text(encoding="utf-8"))))


def test_canvas(course, capsys):
    """Its importer wants Student and ID first, both SIS columns, Section, and a row of points possible."""
    rows = exported(course, "canvas", capsys)
    assert rows[0] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "tiny"]
    assert rows[1][0].strip() == "Points Possible"
    assert rows[1][5] == "10"
    people = {row[3]: row for row in rows[2:]}
    assert people["ada"] == ["Lovelace, Ada", "17", "", "ada", "", "10"]
    assert people["'=1+1"] == ["Müller, Jr., 李", "", "", "'=1+1", "", ""]
    assert people["dan"][5] == "", "a written question still waits"
    assert people["eve"][5] == ""
    assert people["cyd"][5] == "1"


def test_moodle_and_csv(course, capsys):
    rows = exported(course, "moodle", capsys)
    assert rows[0] == ["username", "idnumber", "email", "firstname", "lastname", "tiny"]
    assert ["ada", "17", "ada@x.org", "Ada", "Lovelace", "10"] in rows
    assert ["'=1+1", "", "'@evil", "李", "Müller, Jr.", ""] in rows
    assert exported(course, "csv", capsys)[0] == ["student", "first name", "last name", "email", "tiny (10)"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum", " =1", "\t=1", "\rx", "\n=1"])
def test_formulas_are_neutralised(text):
    assert export.neutral(text) == f"'{text}"


def test_what_is_no_formula_stays():
    assert [export.neutral(text) for text in ("", "a=b", "3", "Zoë")] == ["", "a=b", "3", "Zoë"]


def test_errors_are_sentences(course, capsys):
    assert run(course, "report", "tinny") == 2
    assert "tinny is not in the gradebook" in capsys.readouterr().err
    assert run(course, "export", SLUG, "tinny") == 2
    assert "tinny is not in the gradebook" in capsys.readouterr().err


CODE = """def double(x):
    # {comment}
    total = 0
    for step in range(2):
        total += x if step % 2 else x * 1.0
    if total != 2 * x:
        raise ValueError("the sum of both halves is not what was asked for")
    return total + 0 * {name}
"""


def test_answers_nearly_the_same_are_pointed_at_and_common_ones_are_not(tmp_path, capsys):
    folder = graded_course.make(tmp_path / "course")
    plain = {"double": "def double(x):\n    return 2 * x", "half": "def half(x):\n    return x / 2"}
    for number in range(8):
        grade(folder, f"honest{number}", {}, answers=plain)
    grade(
        folder,
        "ann",
        {},
        answers={"double": CODE.format(comment="mine", name="x")},
        status={"timed_out": True},
    )
    copied = CODE.format(comment="all my own work", name="x").replace("    ", "  ")
    grade(folder, "bea", {}, answers={"double": copied, "why": "Something else."})
    assert run(folder, "report", SLUG) == 0
    out = capsys.readouterr().out
    assert "100%  ann, bea" in out
    assert "never a verdict" in " ".join(out.split())
    assert "honest0, " not in out
    assert "1 with a time-out" in out
    assert "! time ran out" in out
    html = (folder / "reports" / f"{SLUG}.html").read_text(encoding="utf-8")
    assert "100%: ann, bea" in html


@pytest.mark.parametrize(
    ("change", "found"), [(lambda t: t, True), (lambda t: t[:40], False), (str.upper, True)]
)
def test_texts_are_compared_by_their_words(change, found):
    text = "A neuron without relu only mixes its inputs, " * 1 + " ".join(
        f"and word {n} says so too" for n in range(9)
    )
    assert bool(alike({"a": {"why": text}, "b": {"why": change(text)}, "c": {"why": "No."}})) is found
