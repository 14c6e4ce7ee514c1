"""A site at `_build/html` is always a finished one: pages are built beside it and moved there at the end.

While a build runs, its pages are in `_build/html-unfinished`. A build that succeeds moves them to
`_build/html`; one that fails (an exception, a failing cell, a warning under -W) moves them to
`_build/html-failed`; one that is killed leaves them, and the next build starts afresh. The pickled
pages are dropped with them: Sphinx would otherwise take them for good and pass the second time.
"""

import shutil
from pathlib import Path

from sphinx.util import logging

logger = logging.getLogger(__name__)


def beside(folder: Path, word: str) -> Path:
    """The folder next to `folder` that holds its unfinished or failed pages."""
    return folder.with_name(f"{folder.name}-{word}")


def set_aside(app, config):
    """Take an earlier site away before anything can fail, and drop what a killed build left."""
    site = Path(app.outdir)
    unfinished = beside(site, "unfinished")
    if unfinished.exists():
        shutil.rmtree(unfinished)
        shutil.rmtree(app.doctreedir, ignore_errors=True)
    if site.exists():
        site.rename(unfinished)


def build_beside(app):
    """Let Sphinx write to the unfinished folder if it builds HTML; put the site back if it does not."""
    site = Path(app.outdir)
    unfinished = beside(site, "unfinished")
    if app.builder.format != "html":
        if unfinished.exists():
            unfinished.rename(site)
        return
    app.glassnet_site = site
    app.outdir = app.builder.outdir = type(app.outdir)(unfinished)


def publish(app, exception):
    """Move the pages to where a finished site is, or to where a failed one is."""
    site = getattr(app, "glassnet_site", None)
    if site is None:
        return
    unfinished, failed = beside(site, "unfinished"), beside(site, "failed")
    shutil.rmtree(failed, ignore_errors=True)
    # With -W --keep-going Sphinx counts the warnings and fails after this event.
    is_good = exception is None and not (app.keep_going and app._warncount)
    if not is_good or app._warncount:
        shutil.rmtree(app.doctreedir, ignore_errors=True)
    if is_good:
        app.outdir = app.builder.outdir = type(app.outdir)(site)
        unfinished.rename(site)
    elif unfinished.exists():
        unfinished.rename(failed)
        logger.info("The build failed and leaves no site; what it wrote is in %s.", failed)


def setup(app):
    """Come first at the start of the build and last at its end."""
    app.connect("config-inited", set_aside, priority=1)
    app.connect("builder-inited", build_beside, priority=1)
    app.connect("build-finished", publish, priority=950)
