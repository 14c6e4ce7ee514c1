"""IMDB: 50 000 film reviews as lists of word numbers, half of them praise (Maas and others, 2011)."""

from glassnet.datasets import _elsewhere


def load_data():
    """The IMDB reviews with Keras' default settings. The data do not ship, and Keras alone can read them.

    Keras' file holds pickled lists, which a stranger's copy could use to run code; so there is no ``path``
    here: a copy belongs in Keras' own cache, where Keras checks its hash.

    Returns:
        ``(x_train, y_train), (x_test, y_test)``: 25 000 lists of word numbers each, labels 0 (bad) or
        1 (good).

    Raises:
        FileNotFoundError: Keras is not installed, or holds no copy and cannot download one.

    Source: A. L. Maas et al. (2011), Learning word vectors for sentiment analysis.
    """
    return _elsewhere.through_keras("imdb", "IMDB")
