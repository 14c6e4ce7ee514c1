"""Real data sets that ship with the package: no download, and the files' hashes are checked on every load."""

from glassnet.datasets import ames_housing, boston_housing, mnist, movie_snippets

__all__ = ["ames_housing", "boston_housing", "mnist", "movie_snippets"]
