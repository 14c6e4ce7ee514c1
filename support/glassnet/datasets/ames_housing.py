"""Ames housing: 2 930 house sales in Ames, Iowa, 2006 to 2010 (De Cock, 2011)."""

from glassnet.datasets import _archive

SHA256 = "4ecc4272d294df9edfef5690b5b19535ee32584dc80c8b6c4c8c82de7c70cbe1"

TARGET = "Sale_Price"


def load_data(path="ames_housing.npz", test_split=0.2, seed=113):
    """The Ames house sales, split as Keras splits its housing data.

    Args:
        path: file to read, relative to the package's data folder; the default ships with the package.
        test_split: fraction of the 2 930 rows for the test set.
        seed: seed of the shuffle that precedes the split.

    Returns:
        ``(x_train, y_train), (x_test, y_test)``: x is a dict of 73 columns, name to array (n,), int64 or
        float64 for quantities and text for categories (``pandas.DataFrame(x_train)`` makes a table of it);
        y float64 (n,), the sale price in dollars.

    Raises:
        FileNotFoundError: the file is missing.
        ValueError: the file is damaged, or test_split is not in [0, 1).

    Source: D. De Cock (2011), J. Stat. Educ. 19(3); tidied by the R package modeldata.
    """
    columns = _archive.read(path, SHA256)
    price = columns.pop(TARGET).astype("float64")
    return _archive.split(columns, price, test_split, seed)
