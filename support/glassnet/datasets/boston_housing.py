"""Boston housing: 506 census tracts of 1970, kept to show what can be wrong with a data set."""

from glassnet.datasets import _archive

SHA256 = "0c1bbf0b79b8c2996afa31b259ca6cff56f5a6f72501358901ae5aa8fadd6e2f"

FEATURE_NAMES = (
    "CRIM", "ZN", "INDUS", "CHAS", "NOX", "RM", "AGE", "DIS", "RAD", "TAX", "PTRATIO", "B", "LSTAT",
)  # fmt: skip


def load_data(path="boston_housing.npz", test_split=0.2, seed=113):
    """Boston housing, exactly as ``keras.datasets.boston_housing.load_data`` returns it, but offline.

    Variable B was built on the premise that racial segregation affects house prices, and scikit-learn
    withdrew the data set for it in version 1.2. Use it to study that, not to learn about houses.

    Args:
        path: file to read, relative to the package's data folder; the default ships with the package.
        test_split: fraction of the 506 rows for the test set.
        seed: seed of the shuffle that precedes the split.

    Returns:
        ``(x_train, y_train), (x_test, y_test)``: features float64 (n, 13) in the order of FEATURE_NAMES;
        targets float64 (n,), the median value of owner-occupied homes in thousands of dollars, capped at 50.

    Raises:
        FileNotFoundError: the file is missing.
        ValueError: the file is damaged, or test_split is not in [0, 1).

    Source: D. Harrison and D. L. Rubinfeld (1978), J. Environ. Econ. Manage. 5, 81-102.
    """
    data = _archive.read(path, SHA256)
    return _archive.split(data["x"], data["y"], test_split, seed)
