"""What the site ships: vendored files are added, files no page uses are left out.

`book/_static` is for the design; Jupyter Book puts every style sheet and script below it on every page.
Files of others are in `book/_vendor`, which is copied as it is.
"""

import hashlib
from pathlib import Path

# The icons come from the theme's web font; the script would turn each into an SVG, at 1.5 MB a page.
UNUSED = (
    "scripts/fontawesome.js*",
    "vendor/fontawesome/webfonts/*.woff2",
    "**/*.map",
    "**/*.ttf",
)


def add_vendored(app, config):
    """Let Sphinx copy the vendored folders into `_static`."""
    vendored = Path(app.srcdir) / "_vendor"
    if vendored.is_dir():
        config.html_static_path.append(str(vendored))


def notice_changes(app, config):
    """Make Sphinx write every page again when the design, or what mends the pages, has changed."""
    digest = hashlib.sha256()
    for folder in ("_static", "_vendor", "_live", "_ext"):
        for path in sorted(Path(app.srcdir, folder).rglob("*")):
            name = path.relative_to(app.srcdir).as_posix()
            if path.is_file() and path.suffix != ".pyc" and "/." not in name:
                digest.update(name.encode() + path.read_bytes())
    config.glassnet_assets = digest.hexdigest()


def drop_unused(app, exception):
    """Delete what no page asks for."""
    if exception is None and app.builder.format == "html":
        for pattern in UNUSED:
            for path in Path(app.outdir, "_static").glob(pattern):
                path.unlink()


def setup(app):
    """Add at the start, drop before the pages are published."""
    app.add_config_value("glassnet_assets", "", "html")
    app.connect("config-inited", add_vendored)
    app.connect("config-inited", notice_changes)
    app.connect("build-finished", drop_unused, priority=900)
