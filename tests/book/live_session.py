"""A session of live cells in this Python, which is put back as it was."""

import builtins
import contextlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "book" / "_live"))

import session

REPLACED = ("__main__", "IPython", "IPython.display", "myst_nb", "tqdm", "tqdm.auto")


@contextlib.contextmanager
def live_session(fetch=None):
    """A session, and the list of (kind, content) that it sends."""
    import matplotlib

    matplotlib.use("agg")
    from glassnet.datasets import _archive
    from matplotlib import pyplot

    pyplot.close("all")  # a session shows whatever figure is open
    kept = {name: sys.modules.get(name) for name in REPLACED}
    asked, read, shown, settings = builtins.input, _archive.read, pyplot.show, dict(pyplot.rcParams)
    sent = []
    try:
        yield session.Session(lambda kind, content: sent.append((kind, content)), fetch), sent
    finally:
        pyplot.close("all")
        builtins.input, _archive.read, pyplot.show = asked, read, shown
        vars(_archive).pop("glassnet_fetches", None)
        pyplot.rcParams.update(settings)
        for name, module in kept.items():
            if module is None:
                sys.modules.pop(name, None)
            else:
                sys.modules[name] = module
