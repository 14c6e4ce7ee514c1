"""The directive `notebook-times`: how long each notebook took when it was executed, beside its budget.

The seconds come from the cache of executed notebooks: they are those of the run whose outputs the pages show.
"""

from docutils import nodes
from myst_nb.ext.execution_tables import METADATA_KEY
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.addnodes import pending_xref
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

HEADER = ("Notebook", "Seconds", "Budget")
BUDGET, PROJECT_BUDGET = 30, 120  # seconds on an idle machine with two cores
PROJECTS = ("projects/", "applications/", "reference/")  # pages that train whole networks to the end


class NotebookTimesNode(nodes.General, nodes.Element):
    """Stands for the table until every notebook has been read."""


class NotebookTimes(SphinxDirective):
    """Put the table here; MyST-NB sees to it that the page is written anew after a notebook has run."""

    def run(self):
        NbMetadataCollector.set_doc_data(self.env, self.env.docname, METADATA_KEY, True)
        return [NotebookTimesNode()]


def budget(docname: str) -> int:
    """Seconds that a notebook may take."""
    return PROJECT_BUDGET if docname.startswith(PROJECTS) else BUDGET


def entry(*content: nodes.Node, number=False) -> nodes.entry:
    """One cell of the table, numbers to the right."""
    return nodes.entry("", nodes.paragraph("", "", *content), classes=["text-right"] if number else [])


def link(page: str, docname: str, title: str) -> pending_xref:
    """A reference from the page to a notebook."""
    target = {"refdomain": "std", "reftype": "doc", "reftarget": f"/{docname}"}
    text = nodes.inline(text=title)
    return pending_xref("", text, refdoc=page, refexplicit=True, refwarn=True, **target)


def table(page: str, rows: list[tuple[str, str, float]]) -> nodes.table:
    """The table of (docname, title, seconds), with their sum in the last row."""
    group = nodes.tgroup(cols=len(HEADER))
    group.extend(nodes.colspec(colwidth=width) for width in (70, 15, 15))
    head = [entry(nodes.Text(text), number=k > 0) for k, text in enumerate(HEADER)]
    group += nodes.thead("", nodes.row("", *head))
    body = nodes.tbody()
    for docname, title, seconds in rows:
        body += nodes.row(
            "",
            entry(link(page, docname, title)),
            entry(nodes.Text(f"{seconds:.1f}"), number=True),
            entry(nodes.Text(str(budget(docname))), number=True),
        )
    total = nodes.Text(f"{sum(seconds for *_, seconds in rows):.0f}")
    body += nodes.row("", entry(nodes.strong(text="All")), entry(total, number=True), entry())
    group += body
    return nodes.table("", group, classes=["colwidths-auto"])


class FillTimes(SphinxPostTransform):
    """Replace the placeholder when all notebooks are known, in the order of the table of contents."""

    default_priority = 8  # before references are resolved

    def run(self, **kwargs):
        for node in list(self.document.findall(NotebookTimesNode)):
            known = NbMetadataCollector.get_doc_data(self.env)
            rows = []
            for docname in self.env.collect_relations():
                data = known[docname].get("exec_data") if docname in known else None
                if data and data["runtime"] is not None:
                    rows.append((docname, self.env.titles[docname].astext(), data["runtime"]))
            node.replace_self(table(self.env.docname, rows))


def setup(app):
    """Add the directive and the transform that fills it."""
    app.add_node(NotebookTimesNode)
    app.add_directive("notebook-times", NotebookTimes)
    app.add_post_transform(FillTimes)
