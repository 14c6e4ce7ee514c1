"""Movie snippets: 10 605 sentences from film reviews, each rated by people (Hutto and Gilbert, 2014)."""

import numpy as np

from glassnet.datasets import _archive

SHA256 = "86005f89bdc2650b023964bf16b63407b175c67df0ed77a6d363cc0727e2b75b"


def load_data(path="movie_snippets.npz", ratings=False):
    """Sentences from film reviews and whether they praise or blame, in a fixed split.

    Near-duplicates (two snippets that share at least half of their words) lie on the same side of the split.

    Args:
        path: file to read, relative to the package's data folder; the default ships with the package.
        ratings: True gives the raters' mean, from −4 to 4, in place of its sign, and all snippets.

    Returns:
        ``(x_train, y_train), (x_test, y_test)``: x text (n,), one English snippet each; y int64 (n,), 1 where
        the mean rating is above 0 (praise) and 0 where it is below (blame). Snippets rated exactly 0 are left
        out. With ``ratings`` y is float32 (n,).

    Raises:
        FileNotFoundError: the file is missing.
        ValueError: the file is damaged.

    Source: C. J. Hutto, E. Gilbert (2014), "VADER: A Parsimonious Rule-based Model for Sentiment Analysis of
    Social Media Text", ICWSM; texts from the film reviews collected by B. Pang and L. Lee.
    """
    data = _archive.read(path, SHA256)

    def part(name):
        x = np.array(data[f"x_{name}"].tobytes().decode("utf-8").split("\n"))
        y = data[f"y_{name}"]
        if ratings:
            return x, y
        return x[y != 0], (y[y != 0] > 0).astype("int64")

    return part("train"), part("test")
