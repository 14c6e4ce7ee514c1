"""What the chapter "Callbacks, TensorBoard, saving" corrects, each against Keras itself."""

import ast
import json
import re
import warnings
import zipfile
from pathlib import Path

import keras
import numpy as np
import pytest

BOOK = Path(__file__).parents[2] / "book"
RNG = np.random.default_rng(0)
X = RNG.normal(size=(40, 6)).astype("float32")
LABELS = RNG.integers(0, 3, 40)


def build(classes=3):
    return keras.Sequential(
        [
            keras.Input((6,)),
            keras.layers.Dense(5, activation="relu"),
            keras.layers.Dense(classes, activation="softmax"),
        ]
    )


@pytest.fixture
def weights_file(tmp_path):
    """A model and the file of its weights."""
    model = build()
    path = tmp_path / "model.weights.h5"
    model.save_weights(path)
    return model, path


def test_source_18_load_weights_needs_a_matching_model(weights_file):
    model, path = weights_file
    twin = build()
    twin.load_weights(path)
    for theirs, ours in zip(model.get_weights(), twin.get_weights(), strict=True):
        np.testing.assert_array_equal(theirs, ours)
    with pytest.raises(ValueError, match=r"(?s)could not be loaded.*\(5, 4\).*\(5, 3\)"):
        build(classes=4).load_weights(path)


def test_source_18_a_failed_load_leaves_the_layers_that_fit_overwritten(weights_file):
    model, path = weights_file
    other = build(classes=4)
    with pytest.raises(ValueError, match="could not be loaded"):
        other.load_weights(path)
    np.testing.assert_array_equal(other.get_weights()[0], model.get_weights()[0])


def test_source_18_skip_mismatch_loads_what_fits_and_leaves_the_rest(weights_file):
    model, path = weights_file
    other = build(classes=4)
    before = other.get_weights()
    with pytest.warns(UserWarning, match="could not be loaded"):
        other.load_weights(path, skip_mismatch=True)
    after = other.get_weights()
    for k in (0, 1):
        np.testing.assert_array_equal(after[k], model.get_weights()[k])
    for k in (2, 3):
        np.testing.assert_array_equal(after[k], before[k])


def test_source_18_weights_are_matched_by_place_not_by_name(tmp_path):
    def pair(*names):
        return keras.Sequential([keras.Input((4,)), *(keras.layers.Dense(4, name=name) for name in names)])

    original, exchanged = pair("a", "b"), pair("b", "a")
    original.save_weights(tmp_path / "pair.weights.h5")
    exchanged.load_weights(tmp_path / "pair.weights.h5")
    for theirs, ours in zip(original.get_weights(), exchanged.get_weights(), strict=True):
        np.testing.assert_array_equal(theirs, ours)


@pytest.mark.parametrize(("method", "ending"), [("save", ".keras"), ("save_weights", ".weights.h5")])
def test_source_19_saving_wants_an_ending(tmp_path, method, ending):
    model = build()
    with pytest.raises(ValueError, match=ending.replace(".", r"\.")):
        getattr(model, method)(tmp_path / "model")
    assert not list(tmp_path.iterdir())
    getattr(model, method)(tmp_path / f"model{ending}")


def test_source_19_a_keras_file_holds_layers_weights_and_the_state_of_training(tmp_path):
    model = build()
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    model.fit(X, LABELS, verbose=0)
    model.save(tmp_path / "model.keras")
    with zipfile.ZipFile(tmp_path / "model.keras") as archive:
        assert set(archive.namelist()) == {"metadata.json", "config.json", "model.weights.h5"}
        config = json.loads(archive.read("config.json"))
    assert config["compile_config"]["optimizer"]["class_name"] == "Adam"

    loaded = keras.models.load_model(tmp_path / "model.keras")
    np.testing.assert_array_equal(loaded.predict(X, verbose=0), model.predict(X, verbose=0))
    for theirs, ours in zip(model.optimizer.variables, loaded.optimizer.variables, strict=True):
        np.testing.assert_array_equal(keras.ops.convert_to_numpy(theirs), keras.ops.convert_to_numpy(ours))


def test_code_in_a_file_is_refused_by_default(tmp_path):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Lambda(lambda z: z + 1)])
    model.save(tmp_path / "stranger.keras")
    with pytest.raises(ValueError, match="safe_mode"):
        keras.models.load_model(tmp_path / "stranger.keras")


def test_early_stopping_without_the_monitored_value_only_warns():
    model = build()
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", UserWarning)
        log = model.fit(X, LABELS, epochs=3, verbose=0, callbacks=[keras.callbacks.EarlyStopping(patience=1)])
    assert len(log.epoch) == 3
    assert any("val_loss" in str(warning.message) for warning in caught)


# A chapter that writes files writes them where they vanish.
ENDINGS = (".keras", ".h5", ".npz", ".csv")


def written_names(notebook):
    """File names with one of the endings, and whether each is joined to a folder: ``folder / "m.keras"``."""
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        nodes = list(ast.walk(ast.parse("".join(cell["source"]))))
        joined = {id(n.right) for n in nodes if isinstance(n, ast.BinOp) and isinstance(n.op, ast.Div)}
        texts = [n for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]
        for text in texts:
            # an ending alone, or a pattern for glob, names no file
            if re.fullmatch(r"\w[\w{}:.-]*", text.value) and text.value.endswith(ENDINGS):
                yield text.value, id(text) in joined


def test_chapters_write_into_a_temporary_folder():
    names = [
        (notebook.name, *entry)
        for notebook in sorted((BOOK / "keras").glob("*.ipynb"))
        for entry in written_names(notebook)
    ]
    assert len(names) > 10
    read_from_an_archive = {"model.weights.h5"}
    assert [name for name in names if not name[2] and name[1] not in read_from_an_archive] == []
