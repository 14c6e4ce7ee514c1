"""What the book adds to Sphinx: each module is one idea and connects itself to the build."""

from . import (
    accessibility,
    assets,
    cache,
    card,
    concept_map,
    downloads,
    drawings,
    excerpts,
    execution,
    figures,
    finished,
    fonts,
    formulas,
    kernels,
    lighter,
    live,
    parts,
    pdf,
    slim,
    terms,
    times,
)

MODULES = (
    finished,
    cache,
    kernels,
    execution,
    formulas,
    assets,
    figures,
    accessibility,
    card,
    drawings,
    lighter,
    fonts,
    slim,
    times,
    parts,
    concept_map,
    terms,
    excerpts,
    downloads,
    pdf,
    live,
)


def setup(app):
    """Connect every module to the build."""
    for module in MODULES:
        module.setup(app)
    return {"version": "1", "parallel_read_safe": False, "parallel_write_safe": False}
