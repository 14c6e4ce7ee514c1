# ruff: noqa

# %% wrong: as it stands | 0 | has no attribute
def predict_digits(model, images):
    return model.predict_classes(images)


# %% wrong: probabilities | 0 | has shape (12, 12), expected (12,)
def predict_digits(model, images):
    if images.ndim != 3:
        raise ValueError("pictures (n, height, width)")
    X = images.reshape(len(images), -1).astype("float32") / 255
    return model.predict(X, verbose=0)


# %% wrong: not scaled | 0 | pixels from 0 to 255
def predict_digits(model, images):
    if images.ndim != 3:
        raise ValueError("pictures (n, height, width)")
    X = images.reshape(len(images), -1).astype("float32")
    return model.predict(X, verbose=0).argmax(axis=1)


# %% wrong: scaled by the largest pixel | 0 | the largest pixel at hand
def predict_digits(model, images):
    if images.ndim != 3:
        raise ValueError("pictures (n, height, width)")
    X = (images.reshape(len(images), -1) / images.max()).astype("float32")
    return model.predict(X, verbose=0).argmax(axis=1)


# %% wrong: left as squares | 0 | It stopped with ValueError
def predict_digits(model, images):
    if images.ndim != 3:
        raise ValueError("pictures (n, height, width)")
    X = images.astype("float32") / 255
    return model.predict(X, verbose=0).argmax(axis=1)


# %% wrong: integer division | 0 | a division of integers
def predict_digits(model, images):
    if images.ndim != 3:
        raise ValueError("pictures (n, height, width)")
    X = images.reshape(len(images), -1) // 255
    return model.predict(X, verbose=0).argmax(axis=1)


# %% wrong: the wrong axis | 0 | along the wrong axis
def predict_digits(model, images):
    if images.ndim != 3:
        raise ValueError("pictures (n, height, width)")
    X = images.reshape(len(images), -1).astype("float32") / 255
    return model.predict(X, verbose=0).argmax(axis=0)


# %% wrong: above one half | 0 | the first column above one half
def predict_digits(model, images):
    if images.ndim != 3:
        raise ValueError("pictures (n, height, width)")
    X = images.reshape(len(images), -1).astype("float32") / 255
    return (model.predict(X, verbose=0) > 0.5).argmax(axis=1)


# %% wrong: columns first | 0 | read them row by row
def predict_digits(model, images):
    if images.ndim != 3:
        raise ValueError("pictures (n, height, width)")
    X = images.transpose(0, 2, 1).reshape(len(images), -1).astype("float32") / 255
    return model.predict(X, verbose=0).argmax(axis=1)


# %% wrong: 28 by 28 always | 0 | It stopped with ValueError
def predict_digits(model, images):
    if images.ndim != 3:
        raise ValueError("pictures (n, height, width)")
    X = images.reshape(-1, 784).astype("float32") / 255
    return model.predict(X, verbose=0).argmax(axis=1)


# %% wrong: from 1 | 0 | classes counted from 1
def predict_digits(model, images):
    if images.ndim != 3:
        raise ValueError("pictures (n, height, width)")
    X = images.reshape(len(images), -1).astype("float32") / 255
    return model.predict(X, verbose=0).argmax(axis=1) + 1


# %% wrong: a picture alone passes for rows | 2 | Edge case, one picture without its batch axis
def predict_digits(model, images):
    if images.ndim == 2:
        images = images[None]
    X = images.reshape(len(images), -1).astype("float32") / 255
    return model.predict(X, verbose=0).argmax(axis=1)


# %% wrong: squeezed | 2 | Shape (1,)
def predict_digits(model, images):
    if images.ndim != 3:
        raise ValueError("pictures (n, height, width)")
    X = images.reshape(len(images), -1).astype("float32") / 255
    return np.squeeze(model.predict(X, verbose=0).argmax(axis=1))


# %% wrong: each picture by its own largest pixel | 0 | must be
def predict_digits(model, images):
    X = images.reshape(len(images), -1) / images.max(axis=(1, 2))[:, None]
    return list(model.predict(X, verbose=0).argmax(axis=1))


# %% right: called, float64
def predict_digits(model, images):
    if images.ndim != 3:
        raise ValueError("pictures (n, height, width)")
    X = images.reshape(len(images), -1) / 255.0
    return np.asarray(model(X)).argmax(-1)


# %% right: Keras' operations
def predict_digits(model, images):
    if images.ndim != 3:
        raise ValueError("pictures (n, height, width)")
    X = keras.ops.reshape(keras.ops.cast(images, "float32") / 255, (len(images), -1))
    return keras.ops.convert_to_numpy(keras.ops.argmax(model(X), axis=-1))
