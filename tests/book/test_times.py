"""The page of times lists every notebook with the seconds and the budget of its kind."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "book" / "_ext"))

from glassnet_book import times


def test_rows_have_seconds_budget_and_their_sum():
    rows = [("keras/two-engines", "Two engines", 12.34), ("projects/mnist-cnn", "A CNN", 99.96)]
    made = [
        [entry.astext() for entry in row]
        for row in times.table("reference/timings", rows).findall(times.nodes.row)
    ]
    assert made == [
        ["Notebook", "Seconds", "Budget"],
        ["Two engines", "12.3", "30"],
        ["A CNN", "100.0", "120"],
        ["All", "112", ""],
    ]


def test_notebooks_are_linked_from_the_root():
    table = times.table("reference/timings", [("keras/two-engines", "Two engines", 1.0)])
    (link,) = table.findall(times.pending_xref)
    assert link["reftarget"] == "/keras/two-engines"
    assert link["refdoc"] == "reference/timings"


def test_projects_may_take_longer():
    assert times.budget("projects/house-prices") == 4 * times.budget("concepts/losses")
    for slow in ("reference/porting-keras", "applications/colour-images"):
        assert times.budget(slow) == times.budget("projects/house-prices")
