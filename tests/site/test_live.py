"""Live cells as readers use them: run, changed, stopped, checked, in a real browser with a real runtime."""

import json
import os
import re

import pytest
import servers
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

CHAPTER = "training/linear-regression.html"
ASSIGNMENT = "assignments/neurons.html"
START = 180_000  # milliseconds; some seconds on an idle machine
STANDARDIZE, DESCENT, SEVERAL = range(3)  # live cells of the chapter

WRONG = "def neuron(x, w, b, f):\n    return f(x @ w)"
RIGHT = """\
def neuron(x, w, b, f):
    if x.shape != w.shape:
        raise ValueError("x and w differ in shape")
    return f(x @ w + b)
"""


@pytest.fixture(scope="module")
def runtime():
    """See that there is a runtime."""
    if not (servers.RUNTIME / "pyodide.js").exists():
        reason = "no Python for the browser found: run make runtime"
        pytest.fail(reason, pytrace=False) if os.environ.get("CI") else pytest.skip(reason)


@pytest.fixture(scope="module")
def served(site, runtime):
    with servers.serve(site, servers.LiveServer) as address:
        yield address


@pytest.fixture(scope="module")
def troubles():
    return []


def opened(browser, address, troubles, path):
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(60_000)  # a machine that starts Python may be busy
    page = context.new_page()
    page.on("console", lambda m: troubles.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto(f"{address}/{path}")
    page.wait_for_load_state("networkidle")
    return page


@pytest.fixture(scope="module")
def chapter(browser, served, troubles):
    """One page for many tests: Python is started once."""
    page = opened(browser, served, troubles, CHAPTER)
    yield page
    page.context.close()


def cell(page, number):
    return page.locator(".cell.is-live").nth(number)


def run(box, source=None):
    """Write a source into the cell, press Run and wait until it has ended; its output."""
    if source is not None:
        box.locator("textarea").fill(source)
    box.locator(".live-run").click()
    expect(box.locator(".live-run")).not_to_have_text("Stop", timeout=START)
    return box.locator(".live-output")


def stop_when(box, printed):
    """Press Stop as soon as that is printed."""
    expect(box.locator(".live-output")).to_contain_text(printed, timeout=START)
    box.locator(".live-run").click()
    expect(box.locator(".live-run")).not_to_have_text("Stop", timeout=20_000)
    return box.locator(".live-status")


def test_nothing_is_asked_for_before_run_and_then_the_address_of_the_setting(browser, address):
    context = browser.new_context()
    page, asked, errors = context.new_page(), [], []
    context.on("request", lambda request: asked.append(request.url))
    context.route("**/*", lambda r: r.continue_() if r.request.url.startswith(address) else r.abort())
    page.on("pageerror", lambda error: errors.append(error))
    page.goto(f"{address}/{CHAPTER}")
    page.wait_for_load_state("networkidle")
    box = cell(page, STANDARDIZE)
    box.locator("textarea").fill("print(6 * 7)")
    page.wait_for_load_state("networkidle")
    loaded = [url.partition("?")[0].removeprefix(address) for url in asked]
    assert [url for url in loaded if "/live/" in url] == ["/_static/live/live.css", "/_static/live/live.js"]
    assert all(url.startswith("/") for url in loaded)
    assert "runtime" not in page.evaluate("JSON.stringify(performance.getEntriesByType('resource'))")

    run(box)
    assert f"{servers.ADDRESS}pyodide.js" in asked
    assert [url for url in asked if not url.startswith(address)] == [f"{servers.ADDRESS}pyodide.js"]
    expect(box.locator(".live-status")).to_contain_text("could not be started")
    assert errors == []
    context.close()


def test_a_cell_gives_what_the_book_shows_and_runs_what_it_needs_first(chapter):
    box, above = cell(chapter, DESCENT), cell(chapter, STANDARDIZE)
    printed = box.locator(":scope > .cell_output").first.inner_text().strip()
    assert re.search(r"\d\.\d{3}", printed)
    output = run(box)
    assert output.inner_text().strip() == printed
    expect(box.locator(".live-status")).to_contain_text("Finished")
    expect(box.locator(":scope > .cell_output").first).to_be_hidden()
    expect(above.locator(".live-output")).to_contain_text("mean")  # ran first, in its own place
    box.locator(".live-reset").click()
    expect(box.locator(":scope > .cell_output").first).to_be_visible()


def test_a_changed_cell_above_is_run_again_for_one_below(chapter):
    above, below = cell(chapter, STANDARDIZE), cell(chapter, DESCENT)
    source = above.locator("textarea").input_value()
    run(below)
    above.locator("textarea").fill(source.replace("X = (X_raw - mean) / std", "X = 0 * X_raw"))
    assert "w = 0.000" in run(below).inner_text()
    above.locator("textarea").fill(source)
    assert "w = 0.000" not in run(below).inner_text()


def test_code_is_written_by_keyboard_and_kept(chapter):
    box = cell(chapter, SEVERAL)
    area, pre = box.locator("textarea"), box.locator("pre").first
    original = area.input_value()
    area.focus()
    chapter.keyboard.press("Control+a")
    chapter.keyboard.type("for k in range(3):")
    chapter.keyboard.press("Enter")
    chapter.keyboard.type("print(k, end='!')  # counts")
    assert area.input_value() == "for k in range(3):\n    print(k, end='!')  # counts"
    assert pre.inner_text().rstrip() == area.input_value()
    colours = "pre => [...pre.querySelectorAll('span')].map(s => [s.className, s.textContent])"
    assert {("k", "for"), ("nb", "print"), ("s1", "'!'"), ("c1", "# counts")} <= {
        tuple(pair) for pair in pre.evaluate(colours)
    }
    chapter.keyboard.press("Control+Enter")
    expect(box.locator(".live-output")).to_contain_text("0!1!2!", timeout=START)
    chapter.keyboard.press("Tab")
    chapter.keyboard.press("Shift+Tab")
    expect(area).to_be_focused()
    chapter.keyboard.press("Escape")
    chapter.keyboard.press("Tab")
    expect(box.locator(".live-run")).to_be_focused()

    other = chapter.context.new_page()
    other.goto(chapter.url)
    assert cell(other, SEVERAL).locator("textarea").input_value() == area.input_value()
    expect(cell(other, SEVERAL).locator(".live-status")).to_contain_text("your version")
    other.close()
    box.locator(".live-reset").click()
    assert area.input_value() == original


def test_what_is_typed_stands_on_its_colours(chapter):
    box = cell(chapter, DESCENT)
    places = box.evaluate(
        """box => ["pre", "textarea"].map(name => {
          const e = box.querySelector(name), s = getComputedStyle(e), r = e.getBoundingClientRect();
          const text = [s.fontFamily, s.fontSize, s.lineHeight, s.paddingTop, s.paddingLeft];
          return [...text, r.x, r.y, r.width, r.height];
        })"""
    )
    assert places[0] == places[1]


def test_an_error_shows_the_readers_own_lines_only(chapter):
    source = "def half(x):\n    return np.linalg.inv(x)\n\n\nprint('before')\nhalf(np.zeros(3))"
    output = run(cell(chapter, DESCENT), source)
    text = output.inner_text()
    expect(cell(chapter, DESCENT).locator(".live-status")).to_contain_text("error")
    assert text.index("before") < text.index("Cell 2, line 6") < text.index("Cell 2, line 2, in half")
    assert "LinAlgError: 1-dimensional array given" in text.splitlines()[-1]
    assert "site-packages" not in text
    assert "session" not in text
    cell(chapter, DESCENT).locator(".live-reset").click()


def test_an_error_in_a_cell_that_is_needed_is_shown_there(chapter):
    above, below = cell(chapter, STANDARDIZE), cell(chapter, DESCENT)
    above.locator("textarea").fill("1 / 0")
    assert run(below).inner_text() == ""
    expect(below.locator(".live-status")).to_contain_text("An error in cell 1")
    expect(above.locator(".live-output")).to_contain_text("ZeroDivisionError")
    above.locator(".live-reset").click()
    below.locator(".live-reset").click()


def test_figures_values_and_data_are_shown_and_accessible(chapter):
    box = cell(chapter, SEVERAL)
    source = "import matplotlib.pyplot as plt\nplt.plot([1, 4])\nplt.ylabel('height')\nX6.shape"
    output = run(box, box.locator("textarea").input_value() + "\n" + source)
    expect(output.locator("figure svg")).to_have_attribute("aria-label", "Figure drawn by your code: height")
    expect(output).to_contain_text("(2344, 6)")
    run(cell(chapter, DESCENT), "1 / 0")
    for scheme in ("light", "dark"):
        chapter.emulate_media(color_scheme=scheme)
        expect(chapter.locator("html")).to_have_attribute("data-theme", scheme)
        chapter.evaluate("document.querySelectorAll('article details').forEach(d => d.open = true)")
        violations = Axe().run(chapter).response["violations"]
        assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in violations] == []
    for number in (SEVERAL, DESCENT):
        cell(chapter, number).locator(".live-reset").click()


def test_an_endless_loop_is_stopped_and_says_that_variables_are_lost(chapter):
    box = cell(chapter, DESCENT)
    box.locator("textarea").fill("print('begun', flush=True)\nwhile True:\n    pass")
    box.locator(".live-run").click()
    expect(stop_when(box, "begun")).to_contain_text("variables are lost")
    assert "NameError" in run(box, "list_of_mine").inner_text()
    cell(chapter, DESCENT).locator(".live-reset").click()


def test_what_a_reader_did_caused_no_trouble(chapter, troubles):
    missing = "Failed to load resource: the server responded with a status of 404 (File not found)"
    assert [text for text in troubles if text != missing] == []  # axe asks for style sheets it finds named


def test_where_pages_are_isolated_stop_keeps_the_variables(browser, site, runtime, troubles):
    with servers.serve(site, servers.IsolatedServer) as address:
        page = opened(browser, address, troubles, CHAPTER)
        assert page.evaluate("crossOriginIsolated")
        box = cell(page, STANDARDIZE)
        box.locator("textarea").fill("kept = 42\nprint('begun', flush=True)\nwhile True:\n    pass")
        box.locator(".live-run").click()
        expect(stop_when(box, "begun")).to_contain_text("are kept")
        assert run(box, "kept + 1").inner_text().strip() == "43"
        page.context.close()


def test_a_function_of_an_assignment_is_checked_in_the_page(browser, served, troubles):
    page = opened(browser, served, troubles, ASSIGNMENT)
    assert page.locator(".live-function").count() == 8
    page.locator(".live-function summary", has_text="neuron").first.click()
    box = cell(page, 0)
    expect(box.locator("textarea")).to_have_value(re.compile("raise NotImplementedError"))
    expect(run(box)).to_contain_text("It is not written yet")
    expect(run(box, WRONG)).to_contain_text("without its bias")
    output = run(box, RIGHT + "\nprint(neuron(np.ones(2), np.ones(2), 0.5, np.tanh) < 1)")
    expect(output).to_contain_text("True")
    expect(output).to_contain_text("neuron: right.")
    expect(output).to_contain_text("1 of 1 point")
    page.context.close()


@pytest.mark.parametrize("path", [CHAPTER, ASSIGNMENT])
def test_without_scripts_the_code_can_be_read(browser, address, path):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/{path}")
    assert page.locator(".tag_live pre").count() > 3
    assert page.locator(".live-run, textarea").count() == 0
    context.close()


def test_from_a_folder_run_says_what_it_needs(browser, site):
    page = browser.new_page()
    page.goto((site / CHAPTER).as_uri())
    cell(page, STANDARDIZE).locator(".live-run").click()
    expect(cell(page, STANDARDIZE).locator(".live-status")).to_contain_text("make serve")
    page.close()


def test_pages_hold_the_address_of_the_setting(site):
    for path in (CHAPTER, ASSIGNMENT):
        page = (site / path).read_text(encoding="utf-8")
        held = json.loads(re.search(r'id="live-cells"[^>]*>(.*?)</script>', page, re.S)[1])
        assert held["runtime"] == servers.ADDRESS
