"""Feedback pages: what a student sees, what nobody may see, and that nothing in them is alive."""

import os
import re

import graded_course
import pytest
from classroom import sanitize
from classroom.settings import Course
from graded_course import CANARY, SLUG, comment, enrol, grade, run
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory

ATTACK = (
    "<script>alert('pwned')</script><img src=x onerror=alert('pwned')><a href='javascript:alert(1)'>x</a>"
)


@pytest.fixture
def course(tmp_path):
    return graded_course.make(tmp_path / "course")


def page(course, student):
    return (course / "feedback" / student / SLUG / f"{SLUG}.html").read_text(encoding="utf-8")


def text(html):
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]*>", " ", html, flags=re.S).split())


def test_points_verdicts_hints_and_comments(course, capsys):
    points = {"double-check": 1, "double-hidden": 2, "half-check": 1, "half-hidden": 1, "why": 2.5}
    texts = {"half-hidden": "Edge case, `x` is 0: it stopped.", "double-check": "Right."}
    grade(course, "ada", points, texts=texts, answers={"why": "Because $x^2$ **grows**."})
    comment(course, "ada", "why", "The *second* argument is missing.")
    assert run(course, "feedback", SLUG) == 0
    assert "1 of 1 pages" in capsys.readouterr().out
    html = page(course, "ada")
    told = text(html)
    assert "7.5 of 10 points" in told
    assert "double 3 of 3 ✓ passed half 2 of 3 ± in part Edge case, x is 0: it stopped." in told
    assert "why 2.5 of 4 graded by hand" in told
    assert "The second argument is missing." in told
    assert "<strong>grows</strong>" in html
    assert "Right." not in html


def test_a_written_question_still_to_be_graded_is_no_zero(course):
    grade(course, "ada", {"double-check": 1})
    run(course, "feedback", SLUG)
    told = text(page(course, "ada"))
    assert "1 of 10 points ; why is still to be graded" in told
    assert "why – of 4 to be graded" in told


def test_hidden_checks_show_no_source_and_no_traceback(course):
    frames = [f"/srv/course/solutions/tiny.py in <module>\n----> 1 assert double({CANARY}) == 4"]
    errors = dict.fromkeys(["double-check", "double-hidden"], frames)
    grade(course, "ada", {"double-check": 1}, errors=errors)
    run(course, "feedback", SLUG)
    html = page(course, "ada")
    assert CANARY not in html
    assert "/srv" not in html
    assert "HIDDEN" not in html
    assert "A hidden check did not pass." in html
    assert os.listdir(course / "feedback" / "ada" / SLUG) == [f"{SLUG}.html"]


def test_what_a_student_wrote_does_nothing(course, browser):
    texts = {"half-check": ATTACK, "half-hidden": (ATTACK, ATTACK)}
    answers = {
        "why": ATTACK + "\n\n$\\href{javascript:alert(1)}{x}$ [y](javascript:alert(1))",
        "half": ATTACK,
    }
    grade(course, "eve", {}, texts=texts, answers=answers)
    comment(course, "eve", "why", ATTACK)
    run(course, "feedback", SLUG)
    html = page(course, "eve")
    assert not re.search(r"<script|<img|<a [^>]*javascript|<[^>]*onerror", html)
    context = browser.new_context()
    shown, dialogs, requests = context.new_page(), [], []
    shown.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    shown.on("request", lambda request: requests.append(request.url))
    shown.goto((course / "feedback/eve/tiny/tiny.html").as_uri())
    shown.wait_for_timeout(200)
    context.close()
    assert dialogs == []
    assert [url for url in requests if not url.startswith("file:")] == []


def test_a_page_stays_a_page(course):
    answers = {"why": "long " * 10**6, "half": "x = 1\n" * 10**6}
    grade(course, "max", {}, answers=answers, texts={"half-check": "a" * 10**6})
    run(course, "feedback", SLUG)
    assert len(page(course, "max")) < 60_000
    assert "more characters]" in page(course, "max")


def test_who_could_not_be_graded_is_told_why(course, capsys):
    grade(course, "ada", {"double-check": 1})
    status = {"status": "failed", "problem": "tiny.ipynb is empty: ask for the file again"}
    grade(course, "bob", {}, status=status)
    enrol(course, "cyd")
    assert run(course, "feedback", SLUG) == 1
    out = capsys.readouterr().out
    assert "bob: no points to show: tiny.ipynb is empty" in out
    assert "1 of 2 pages" in out
    assert "Your notebook could not be graded. tiny.ipynb is empty" in text(page(course, "bob"))
    assert not (course / "feedback" / "cyd").exists()


@pytest.mark.parametrize("student", ["Zoë Müller", "a*", "a[b]", "李", "o'hara & <b>"])
def test_any_name(course, student):
    grade(course, student, {"double-check": 1})
    grade(course, "ab", {})
    assert run(course, "feedback", SLUG, "--student", student) == 0
    assert "1 of 10 points" in text(page(course, student))
    assert not (course / "feedback" / "ab").exists()


def test_again_after_marks_have_changed(course):
    grade(course, "ada", {"double-check": 1})
    run(course, "feedback", SLUG)
    grade(course, "ada", {"double-check": 1, "why": 4})
    run(course, "feedback", SLUG)
    assert "5 of 10 points" in text(page(course, "ada"))


def test_errors_are_sentences(course, capsys, tmp_path_factory):
    assert run(course, "feedback", "tinny") == 2
    assert "tinny is not in the gradebook" in capsys.readouterr().err
    assert run(course, "feedback", SLUG, "--student", "eve") == 2
    assert "nothing of 'eve'" in capsys.readouterr().err
    assert run(tmp_path_factory.mktemp("none"), "feedback", SLUG) == 2
    assert "no nbgrader_config.py" in capsys.readouterr().err


def test_nbgraders_own_command_writes_the_same_page(course):
    grade(course, "ada", {"double-check": 1})
    run(course, "feedback", SLUG)
    ours = page(course, "ada")
    config = Course(course).config
    config.CourseDirectory.assignment_id = SLUG
    GenerateFeedback(coursedir=CourseDirectory(config=config), config=config, force=True).start()
    assert page(course, "ada") == ours


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible(course, browser, scheme):
    from axe_playwright_python.sync_playwright import Axe

    points = {"double-check": 1, "double-hidden": 2, "half-check": 1, "why": 2}
    table = "| a | b |\n|---|---|\n| 1 | $\\frac{1}{2}$ |\n\n# A heading\n\n```\ncode\n```\n\n$$\\sum_i x_i$$"
    grade(course, "ada", points, texts={"half-hidden": "Look at `x`."}, answers={"why": table})
    comment(course, "ada", "why", "Good.")
    run(course, "feedback", SLUG)
    # Axe is a script, which the page's own policy forbids.
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": 390, "height": 800}, bypass_csp=True
    )
    shown = context.new_page()
    shown.goto((course / "feedback/ada/tiny/tiny.html").as_uri())
    shown.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    violations = [v["id"] for v in Axe().run(shown).response["violations"]]
    overflow = shown.evaluate("document.documentElement.scrollWidth - innerWidth")
    context.close()
    assert violations == []
    assert overflow <= 0


def test_formulas_become_mathml_and_nothing_else():
    hostile = "$\\text{<b onclick=alert(1)>}$ and $\\undefined$ and $$\\href{javascript:a}{b}$$"
    html = sanitize.markdown("$x^2$ and " + hostile)
    assert "<msup><mi>x</mi><mn>2</mn></msup>" in html
    assert "<b" not in html
    assert not re.search(r"<[^>]*javascript", html)


def test_marks_of_formulas_do_not_reach_attributes():
    source = '![$\\text{" onerror="alert(1)}$](attachment:a.png) [x](http://a.b "$y$") <i id="\n\n$x$\n\n">'
    html = sanitize.markdown(source, {"a.png": {"image/png": "iVBO"}})
    assert '<img src="data:image/png;base64,iVBO" alt="a picture without a description">' in html
    assert not re.search(r"<[^>]*onerror", html)
    assert "\ue000" not in html


def test_formulas_without_node_stay_as_written(monkeypatch):
    monkeypatch.setattr(sanitize, "node_js", lambda: None)
    assert "<code>x &lt; 2</code>" in sanitize.markdown("$x < 2$")


@pytest.mark.parametrize("mime", ["image/svg+xml", "text/html"])
def test_only_pictures_are_shown(mime):
    html = sanitize.markdown("![a](attachment:x) ![b](http://evil/x.png)", {"x": {mime: "PHN2Zz4="}})
    assert "<img" not in html
    assert "[picture: b]" in html


def test_printed_text_has_no_codes_and_no_folders():
    assert sanitize.printed("\x1b[31mred\x1b[0m in /srv/course/solutions/x.py, 1/2") == "red in …/x.py, 1/2"
