"""What readers do with the site: search it, switch its colours, open an answer, print it, copy it."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

CHAPTER = "concepts/layers-and-networks.html"


@pytest.mark.parametrize("place", ["a server", "a folder"])
def test_search_shows_excerpts_and_loads_no_other_page(browser, site, address, place):
    page = browser.new_page()
    loaded, errors = [], []
    page.on("request", lambda request: loaded.append(request.url))
    page.on("console", lambda m: errors.append(m.text) if m.type in {"error", "warning"} else None)
    start = address if place == "a server" else site.as_uri()
    page.goto(f"{start}/search.html?q=softmax")
    result = page.locator("#search-results li", has_text="Layers and networks").first
    expect(result.locator(".context")).to_contain_text("softmax", timeout=10_000, ignore_case=True)
    expect(page.locator("#search-results li").last.locator(".context")).to_be_visible()
    assert [url for url in loaded if ".html" in url] == [f"{start}/search.html?q=softmax"]
    assert errors == []
    page.close()


def test_search_opens_from_the_keyboard(open_page):
    page = open_page("index.html")
    page.keyboard.press("Control+k")
    field = page.locator("#pst-search-dialog input")
    expect(field).to_be_focused()
    field.fill("perceptron")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=perceptron*")


def test_colours_are_switched_by_keyboard_and_kept(open_page):
    page = open_page("index.html", scheme="light")
    switch = page.locator("button.theme-switch-button").first
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    for _ in range(3):
        switch.focus()
        page.keyboard.press("Enter")
        if page.evaluate("document.documentElement.dataset.theme") == "dark":
            break
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    expect(page.locator("body")).not_to_have_css("background-color", before)
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_an_answer_opens_by_keyboard(open_page):
    page = open_page(CHAPTER)
    box = page.locator("article details:not(.hide)").first
    assert box.evaluate("box => box.open") is False
    box.locator("summary").focus()
    page.keyboard.press("Enter")
    assert box.evaluate("box => box.open") is True


def test_computed_numbers_read_as_if_typed(open_page):
    page = open_page(CHAPTER)
    number = page.locator("article p span.pasted-text").first
    weight = "e => getComputedStyle(e).fontWeight"
    assert number.evaluate(weight) == number.locator("xpath=..").evaluate(weight)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_printed_chapter_holds_the_text_in_black_and_not_the_frame(open_page, scheme):
    page = open_page(CHAPTER, scheme=scheme)
    page.emulate_media(media="print")
    expect(page.locator("#pst-primary-sidebar")).to_be_hidden()
    expect(page.locator(".prev-next-footer")).to_be_hidden()
    expect(page.locator("main h1:visible")).to_have_text("Layers and networks: the forward pass")
    text = page.locator("article section > p:not(.chapter-place)").first
    assert text.evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"
    pale = page.evaluate(
        """() => [...document.querySelectorAll("article .highlight span")].filter(
          e => getComputedStyle(e).color.match(/\\d+/g).slice(0, 3).every(c => c > 120)).length"""
    )
    assert pale == 0


@pytest.mark.parametrize("path", ["index.html", CHAPTER])
def test_reads_from_a_folder_without_a_server(browser, site, path):
    page = browser.new_page()
    troubles = []
    page.on("console", lambda m: troubles.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("requestfailed", lambda request: troubles.append(request.url))
    page.goto((site / path).as_uri())
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.fonts.check('16px \"Source Serif 4\"')")
    assert troubles == []
    page.close()


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_a_note_stands_in_the_margin_or_where_there_is_none_in_the_text(open_page, width):
    page = open_page("projects/mnist-cnn.html", width=width)
    note = page.locator("article aside.margin").first.bounding_box()
    text = page.locator("article aside.margin + p").first.bounding_box()
    assert note["x"] + note["width"] <= width
    if width == 1440:
        assert note["x"] >= text["x"] + text["width"]
    else:
        assert note["x"] == pytest.approx(text["x"], abs=2)
        assert note["y"] + note["height"] <= text["y"]


def test_a_word_of_the_glossary_is_explained_where_it_stands(open_page):
    page = open_page(CHAPTER)
    word = page.locator("article a.term", has_text="bias").first
    preview = page.get_by_role("tooltip")
    word.hover()
    expect(preview).to_contain_text("adds to its weighted sum", use_inner_text=True)
    preview.hover()
    expect(preview).to_be_visible()
    page.keyboard.press("Escape")
    expect(preview).to_have_count(0)
    word.focus()
    expect(preview).to_be_visible()
    assert preview.get_attribute("id") == word.get_attribute("aria-describedby")
    page.locator("article a.term").nth(5).focus()
    expect(preview).not_to_contain_text("adds to its weighted sum")
    assert word.get_attribute("aria-describedby") is None


def test_the_concept_map_shows_what_a_chapter_needs_and_what_builds_on_it(open_page):
    page = open_page("start/concept-map.html")
    chapters = page.locator(".map-chapter")
    titles = page.locator(".map-chapter p:first-child a")
    assert titles.count() == chapters.count() >= 20
    unneeded = [box for box in chapters.all() if not box.locator(".map-needs").count()]
    assert [box.get_attribute("id") for box in unneeded] == ["map-concepts-a-neuron"]
    page.locator("#map-training-backpropagation a").first.focus()
    needed, later = page.locator(".map-chapter.is-needed"), page.locator(".map-chapter.builds-on")
    expect(needed.locator("p:first-child", has_text="Layers and networks")).to_have_count(1)
    expect(later.locator("p:first-child", has_text="Automatic differentiation")).to_have_count(1)
    page.locator("#map-concepts-a-neuron a").first.focus()
    expect(needed).to_have_count(0)


def test_parts_are_on_the_way_from_page_to_page(open_page):
    page = open_page("concepts/data.html")
    expect(page.locator(".chapter-place")).to_contain_text("minutes to read")
    page.locator(".prev-next-footer a.right-next").click()
    page.wait_for_url("**/training/index.html")
    expect(page.locator(".bd-sidebar-primary [aria-current=page]")).to_have_text(
        "The mathematics of training"
    )
    page.locator(".prev-next-footer a.right-next").click()
    page.wait_for_url("**/training/linear-regression.html")
    page.locator(".chapter-place a").click()
    page.wait_for_url("**/training/index.html")
    assert page.locator(".part-chapters > li").count() >= 5


def test_the_cover_leads_to_every_part_and_chapter(open_page):
    page = open_page("index.html")
    linked = {a.get_attribute("href") for a in page.locator("article a").all()}
    listed = {a.get_attribute("href") for a in page.locator(".bd-sidebar-primary nav a").all()}
    chapters = {address for address in listed if address.split("/")[0] not in {"start", "assignments", "#"}}
    assert len(chapters) > 20
    assert chapters <= linked


SHIFTS = """
window.moved = 0;
new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.moved += entry.value }))
  .observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("path", ["concepts/losses.html", "training/optimizers.html", "index.html"])
def test_nothing_moves_while_a_page_arrives_slowly(open_page, path):
    def slow(page):
        tools = page.context.new_cdp_session(page)
        tools.send("Network.enable")
        speed = {"downloadThroughput": 1_250_000, "uploadThroughput": 1_250_000}
        tools.send("Network.emulateNetworkConditions", {"offline": False, "latency": 40, **speed})
        page.add_init_script(SHIFTS)

    page = open_page(path, width=1350, height=940, before=slow)
    assert page.evaluate("window.moved") < 0.1  # what Google's Web Vitals call good


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_theme_is_there_before_its_script(open_page, scheme):
    page = open_page(
        "concepts/losses.html",
        scheme=scheme,
        before=lambda page: page.route("**/pydata-sphinx-theme.js*", lambda route: route.abort()),
    )
    assert page.evaluate("document.documentElement.dataset.theme") == scheme


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("path", "what", "goes_on"),
    [
        ("concepts/activations.html", ".glassnet-figure", True),
        ("concepts/activations.html", "#equation-ac-softmax-backward .katex-display", True),
        ("concepts/activations.html", "#equation-ac-jacobian .katex-display", False),
        ("reference/porting-keras.html", ".pst-scrollable-table-container:has(thead)", True),
        ("start/set-up.html", ".pst-scrollable-table-container", False),
    ],
)
def test_a_shade_on_a_phone_says_where_what_is_too_wide_goes_on(open_page, scheme, path, what, goes_on):
    page = open_page(path, width=390, scheme=scheme)
    box = page.locator(what).first
    hide = "inside => { for (const each of inside) each.style.visibility = 'hidden' }"
    cells = box.locator("td, th")
    if cells.count():  # what stands in them, not their ground
        cells.locator("*").evaluate_all(hide)
        cells.evaluate_all("cells => { for (const each of cells) each.style.color = 'transparent' }")
    else:
        box.locator("xpath=*").evaluate_all(hide)
    edges = []
    for place in (0, 70, 1e4):
        box.evaluate("(box, place) => box.scrollLeft = place", place)
        taken = Image.open(io.BytesIO(box.screenshot())).convert("L")
        y, ground = taken.height // 2, taken.getpixel((taken.width // 2, taken.height // 2))
        edges.append([abs(taken.getpixel((x, y)) - ground) > 30 for x in (1, taken.width - 2)])
    assert edges == ([[False, True], [True, True], [True, False]] if goes_on else [[False, False]] * 3)
