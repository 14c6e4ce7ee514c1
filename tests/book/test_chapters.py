"""Every chapter keeps the book's pattern, and the checks that say so notice each way to break it."""

import copy
import re

import pytest
from chapter_pattern import (
    BOOK,
    CITED,
    DOWNLOAD,
    FIGURE_FILE,
    GLUED,
    PATTERN_PARTS,
    ROOT,
    chapters,
    code_cells,
    count_figures,
    markdown,
    problems,
    read,
)

CHAPTERS = chapters()
PATTERNED = [path for path in CHAPTERS if path.parent.name in PATTERN_PARTS]


def name(path):
    return path.relative_to(BOOK).as_posix()


@pytest.fixture(params=CHAPTERS, ids=name)
def path(request):
    return request.param


def test_chapter_keeps_the_pattern(path):
    found = problems(read(path), path.parent.name)
    assert not found, "\n".join([f"{name(path)}:", *found])


@pytest.mark.parametrize("path", PATTERNED, ids=name)
def test_chapter_has_two_figures(path):
    assert count_figures(read(path)) >= 2


def test_no_chapter_uses_the_checks_of_exercises(path):
    # A change of the checks executes no chapter anew, so none may depend on them.
    assert "glassnet.checks" not in "\n".join(cell.source for cell in code_cells(read(path)))


def test_files_a_chapter_names_exist(path):
    text = markdown(read(path))
    for target in FIGURE_FILE.findall(text) + DOWNLOAD.findall(text):
        assert (path.parent / target).resolve().is_file(), (
            f"{name(path)} names {target}, which does not exist"
        )


def test_two_chapters_share_no_glued_name():
    prefixes = {}
    for path in CHAPTERS:
        for prefix in {glued.split("-")[0] for glued in GLUED.findall(markdown(read(path)))}:
            prefixes.setdefault(prefix, []).append(name(path))
    assert not {prefix: where for prefix, where in prefixes.items() if len(where) > 1}


def test_hidden_glue_cells_hide_only_glue():
    # A reader must see how a number came about: a removed cell may format and check, not train or load.
    for path in CHAPTERS:
        for cell in code_cells(read(path)):
            if "remove-cell" in cell.metadata.get("tags", []):
                computed = re.findall(r"\.(?:fit|predict|evaluate|load_data)\(", cell.source)
                assert not computed, f"{name(path)}, cell {cell.id!r} computes out of sight: {computed[0]}"


def test_every_page_but_those_of_parts_is_in_the_table_of_contents_once():
    toc = (BOOK / "_toc.yml").read_text(encoding="utf-8")
    listed = re.findall(r"^\s*(?:- file|root): (\S+)", toc, re.MULTILINE)
    pages = {
        p.relative_to(BOOK).with_suffix("").as_posix()
        for p in [*BOOK.rglob("*.md"), *CHAPTERS]
        if not any(part[0] in "._" for part in p.relative_to(BOOK).parts)
        and not (p.name == "index.md" and p.parent != BOOK)
    }
    assert sorted(listed) == sorted(pages)


# ---------------------------------------------------------------- the checks notice what is wrong


def change(notebook, cell_id, old, new):
    cell = next(cell for cell in notebook.cells if cell.id == cell_id)
    assert old in cell.source, f"the example cell {cell_id!r} no longer contains {old!r}"
    cell.source = cell.source.replace(old, new)


def cell_of(notebook, pattern, kind):
    return next(cell for cell in notebook.cells if cell.cell_type == kind and re.search(pattern, cell.source))


def retitle(old, new):
    def edit(notebook):
        cell_of(notebook, re.escape(old), "markdown").source = markdown_with(notebook, old, new)

    def markdown_with(notebook, old, new):
        return cell_of(notebook, re.escape(old), "markdown").source.replace(old, new, 1)

    return edit


def add_text(text):
    return lambda notebook: setattr(notebook.cells[0], "source", notebook.cells[0].source + "\n\n" + text)


def add_code(source):
    def edit(notebook):
        cell = code_cells(notebook)[0]
        cell.source += "\n" + source

    return edit


def keep_output(notebook):
    code_cells(notebook)[0].execution_count = 3


def same_id(notebook):
    notebook.cells[1].id = notebook.cells[0].id


def old_format(notebook):
    notebook.nbformat_minor = 4


def allow_failure(notebook):
    code_cells(notebook)[0].metadata["tags"] = ["raises-exception"]


BREAKING = {
    "an output": (keep_output, "committed with its output"),
    "a repeated id": (same_id, "are used twice"),
    "an old format": (old_format, "expected 4.5"),
    "an allowed failure": (allow_failure, "catch the exception"),
    "a syntax error": (add_code("for"), "is not Python"),
    "a missing section": (retitle("## Take-away", "### Take-away"), "section 'Take-away' is missing"),
    "a section too many": (add_text("## Outlook"), "section 'Outlook' is not one of the pattern's"),
    "a second title": (add_text("# Again"), "expected one title"),
    "no reading time": (retitle("**Reading** takes", "Reading takes"), "does not say '**Reading** takes"),
    "no prerequisites": (retitle("**You need**", "You need"), "what the reader needs"),
    "a number that is glued nowhere": (add_text("It is {glue:text}`zz-none`."), "is glued nowhere"),
    "a glued number nobody uses": (add_code('glue("zz-none", "1")'), "which no sentence uses"),
    "a quoted glue": (add_text("It is {glue:}`ln-accuracy`."), "quotation marks"),
    "a typed percentage": (add_text("It reads 97.3 % of them."), "is typed: glue it"),
    "a typed time": (add_text("Training took 12 seconds."), "is typed: glue it"),
    "a typed loss": (add_text("The loss is 0.07 by then."), "is typed: glue it"),
    "a figure without words": (add_code("plt.show()"), "without alternative text"),
    "a figure not shown": (add_code("plt.plot([1, 2])"), "does not call plots.show"),
    "a picture without words": (add_text("![](net.png)"), "has no alternative text"),
    "a path of one machine": (add_code('open("/home/me/x")'), "a path of one machine"),
    "an unfinished place": (add_text("TODO: explain"), "an unfinished place"),
    "a question without answer": (
        retitle("```{dropdown} Answer to question 2", "```{dropdown} Hint"),
        "question 2 is not followed",
    ),
    "an answer without the right choice": (
        retitle("**(b).**", "(b)."),
        "does not begin with the right choice",
    ),
    "a wrong choice not explained": (
        retitle("\n(a) forgets", "\nIt forgets"),
        "does not say why (a) is wrong",
    ),
}


@pytest.mark.parametrize("how", BREAKING)
def test_a_broken_chapter_is_noticed(how):
    chapter = read(BOOK / "concepts" / "layers-and-networks.ipynb")
    edit, message = BREAKING[how]
    broken = copy.deepcopy(chapter)
    edit(broken)
    assert any(message in found for found in problems(broken, "concepts")), problems(broken, "concepts")


# ---------------------------------------------------------------- literature

BIBLIOGRAPHY = (BOOK / "references.bib").read_text(encoding="utf-8")
ENTRIES = dict(re.findall(r"^@\w+\{([\w-]+),\n(.*?)^\}", BIBLIOGRAPHY, re.MULTILINE | re.DOTALL))


def cited():
    texts = [markdown(read(path)) for path in CHAPTERS]
    texts += [
        p.read_text(encoding="utf-8")
        for p in BOOK.rglob("*.md")
        if "_" not in p.relative_to(BOOK).parts[0][0]
    ]
    return {key.strip() for text in texts for keys in CITED.findall(text) for key in keys.split(",")}


def test_every_citation_has_an_entry_and_every_entry_is_cited():
    assert BIBLIOGRAPHY.count("\n@") + BIBLIOGRAPHY.startswith("@") == len(ENTRIES)
    assert cited() == set(ENTRIES)


@pytest.mark.parametrize("key", sorted(ENTRIES))
def test_entry_says_who_what_when_and_where(key):
    fields = set(re.findall(r"^\s*(\w+)\s*=", ENTRIES[key], re.MULTILINE))
    assert {"author", "title", "year"} <= fields
    assert fields & {"doi", "url", "publisher", "booktitle"}, "nobody could find this work"
    year = re.search(r"year\s*=\s*\{(\d{4})\}", ENTRIES[key])[1]
    assert year in key, "a key is author, year, word"


def test_nothing_is_left_of_another_place():
    for page in [*BOOK.rglob("*.md"), *(BOOK / "_figures").glob("*.html")]:
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"(?<![\w.])/(?:work|root|tmp|home)/", text), page.relative_to(ROOT)
