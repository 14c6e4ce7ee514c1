# ruff: noqa

# %% wrong: pixels left as they are | 0 | pixels from 0 to 255
def preprocess(images, labels):
    if images.ndim != 3 or len(labels) != len(images):
        raise ValueError("images (n, height, width), one label for each")
    X = images.reshape(len(images), -1).astype("float32")
    return X, labels.reshape(-1).astype("int64")


# %% wrong: divided by 256 | 0 | white is 255
def preprocess(images, labels):
    if images.ndim != 3 or len(labels) != len(images):
        raise ValueError("images (n, height, width), one label for each")
    X = images.reshape(len(images), -1).astype("float32") / 256
    return X, labels.reshape(-1).astype("int64")


# %% wrong: from -1 to 1 | 0 | this network takes 0 to 1
def preprocess(images, labels):
    if images.ndim != 3 or len(labels) != len(images):
        raise ValueError("images (n, height, width), one label for each")
    X = images.reshape(len(images), -1).astype("float32") / 127.5 - 1
    return X, labels.reshape(-1).astype("int64")


# %% wrong: divided by the largest pixel at hand | 0 | other images would be scaled differently
def preprocess(images, labels):
    if images.ndim != 3 or len(labels) != len(images):
        raise ValueError("images (n, height, width), one label for each")
    X = (images.reshape(len(images), -1) / images.max()).astype("float32")
    return X, labels.reshape(-1).astype("int64")


# %% wrong: integer division | 0 | a division of integers by integers
def preprocess(images, labels):
    if images.ndim != 3 or len(labels) != len(images):
        raise ValueError("images (n, height, width), one label for each")
    X = (images.reshape(len(images), -1) // 255).astype("float32")
    return X, labels.reshape(-1).astype("int64")


# %% wrong: standardised | 0 | a standardisation
def preprocess(images, labels):
    if images.ndim != 3 or len(labels) != len(images):
        raise ValueError("images (n, height, width), one label for each")
    X = ((images.reshape(len(images), -1) - images.mean()) / images.std()).astype("float32")
    return X, labels.reshape(-1).astype("int64")


# %% wrong: one-hot labels | 0 | `y` has shape (16, 10), expected (16,)
def preprocess(images, labels):
    if images.ndim != 3 or len(labels) != len(images):
        raise ValueError("images (n, height, width), one label for each")
    X = images.reshape(len(images), -1).astype("float32") / 255
    return X, keras.utils.to_categorical(labels, 10)


# %% wrong: left as squares | 0 | has shape (16, 4, 4), expected (16, 16)
def preprocess(images, labels):
    if images.ndim != 3 or len(labels) != len(images):
        raise ValueError("images (n, height, width), one label for each")
    X = images.astype("float32") / 255
    return X, labels.reshape(-1).astype("int64")


# %% wrong: everything in one row | 0 | expected (16, 16)
def preprocess(images, labels):
    if images.ndim != 3 or len(labels) != len(images):
        raise ValueError("images (n, height, width), one label for each")
    X = images.reshape(-1).astype("float32") / 255
    return X, labels.reshape(-1).astype("int64")


# %% wrong: columns first | 0 | read it row by row
def preprocess(images, labels):
    if images.ndim != 3 or len(labels) != len(images):
        raise ValueError("images (n, height, width), one label for each")
    X = images.transpose(0, 2, 1).reshape(len(images), -1).astype("float32") / 255
    return X, labels.reshape(-1).astype("int64")


# %% wrong: one picture a column | 0 | a row of X is one whole picture
def preprocess(images, labels):
    if images.ndim != 3 or len(labels) != len(images):
        raise ValueError("images (n, height, width), one label for each")
    X = images.reshape(len(images), -1).T.reshape(len(images), -1).astype("float32") / 255
    return X, labels.reshape(-1).astype("int64")


# %% wrong: forgets the labels | 0 | must be a tuple, not an array
def preprocess(images, labels):
    return images.reshape(len(images), -1).astype("float32") / 255


# %% wrong: float64 | 2 | with half the memory
def preprocess(images, labels):
    if images.ndim != 3 or len(labels) != len(images):
        raise ValueError("images (n, height, width), one label for each")
    X = images.reshape(len(images), -1) / 255.0
    return X, labels.reshape(-1).astype("int64")


# %% wrong: labels stay uint8 | 2 | 0 − 1 is 255
def preprocess(images, labels):
    if images.ndim != 3 or len(labels) != len(images):
        raise ValueError("images (n, height, width), one label for each")
    X = images.reshape(len(images), -1).astype("float32") / 255
    return X, labels.reshape(-1)


# %% wrong: labels stay a column | 2 | y has shape (n,) all the same
def preprocess(images, labels):
    if images.ndim != 3 or len(labels) != len(images):
        raise ValueError("images (n, height, width), one label for each")
    X = images.reshape(len(images), -1).astype("float32") / 255
    return X, labels.astype("int64")


# %% wrong: numbers not compared | 2 | Compare the numbers of images and labels
def preprocess(images, labels):
    X = images.reshape(len(images), -1).astype("float32") / 255
    return X, labels.reshape(-1).astype("int64")


# %% wrong: 784 fixed, whatever the size | 0 | cannot reshape array
def preprocess(images, labels):
    if images.ndim != 3 or len(labels) != len(images):
        raise ValueError("images (n, height, width), one label for each")
    X = images.reshape(-1, 784).astype("float32") / 255
    return X, labels.reshape(-1).astype("int64")


# %% wrong: picture by picture | 2 | too many steps
def preprocess(images, labels):
    if images.ndim != 3 or len(labels) != len(images):
        raise ValueError("images (n, height, width), one label for each")
    X = []
    for image in images:
        X.append(image.ravel().astype("float32") / 255)
    return np.array(X), labels.reshape(-1).astype("int64")


# %% right: multiplied, int32, ravelled
def preprocess(images, labels):
    if images.ndim != 3 or len(labels) != len(images):
        raise ValueError("images (n, height, width), one label for each")
    X = np.multiply(images, np.float32(1 / 255), dtype=np.float32).reshape(
        images.shape[0], images.shape[1] * images.shape[2]
    )
    return X, labels.ravel().astype(np.int32)


# %% right: with Keras' own operations
def preprocess(images, labels):
    n, height, width = images.shape
    if labels.size != n:
        raise ValueError("one label for each image")
    rows = keras.ops.reshape(keras.ops.cast(images, "float32"), (n, height * width))
    return keras.ops.convert_to_numpy(rows / 255.0), np.squeeze(
        labels, axis=tuple(range(1, labels.ndim))
    ).astype(int)


# %% right: a Rescaling layer
def preprocess(images, labels):
    if images.ndim != 3 or labels.shape[0] != images.shape[0]:
        raise ValueError("images (n, height, width), one label for each")
    scaled = keras.layers.Rescaling(1 / 255)(images)
    return np.asarray(keras.layers.Flatten()(scaled)), labels.flatten().astype(np.int16)
