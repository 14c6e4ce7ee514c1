"""Real data sets. What ships needs no download, and the files' hashes are checked on every load.

cifar10, fashion_mnist and imdb do not ship: they come from a local copy or through Keras.
"""

from glassnet.datasets import (
    ames_housing,
    boston_housing,
    cifar10,
    fashion_mnist,
    imdb,
    mnist,
    movie_snippets,
)

__all__ = ["ames_housing", "boston_housing", "cifar10", "fashion_mnist", "imdb", "mnist", "movie_snippets"]
