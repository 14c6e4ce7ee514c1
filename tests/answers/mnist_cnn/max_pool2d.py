# ruff: noqa

# %% wrong: the mean | 0 | the mean of each window
def max_pool2d(image, size):
    if image.ndim != 2 or size < 1 or size > min(image.shape):
        raise ValueError("a matrix and a window that fits")
    r, c = image.shape[0] // size, image.shape[1] // size
    windows = image[: r * size, : c * size].reshape(r, size, c, size)
    return windows.mean(axis=(1, 3))


# %% wrong: the smallest | 0 | the smallest value
def max_pool2d(image, size):
    if image.ndim != 2 or size < 1 or size > min(image.shape):
        raise ValueError("a matrix and a window that fits")
    r, c = image.shape[0] // size, image.shape[1] // size
    windows = image[: r * size, : c * size].reshape(r, size, c, size)
    return windows.min(axis=(1, 3))


# %% wrong: the sum | 0 | the sum of each window
def max_pool2d(image, size):
    if image.ndim != 2 or size < 1 or size > min(image.shape):
        raise ValueError("a matrix and a window that fits")
    r, c = image.shape[0] // size, image.shape[1] // size
    windows = image[: r * size, : c * size].reshape(r, size, c, size)
    return windows.sum(axis=(1, 3))


# %% wrong: the first | 0 | the first value
def max_pool2d(image, size):
    if image.ndim != 2 or size < 1 or size > min(image.shape):
        raise ValueError("a matrix and a window that fits")
    r, c = image.shape[0] // size, image.shape[1] // size
    windows = image[: r * size, : c * size].reshape(r, size, c, size)
    return windows[:, 0, :, 0]


# %% wrong: absolute values | 0 | the largest absolute value
def max_pool2d(image, size):
    if image.ndim != 2 or size < 1 or size > min(image.shape):
        raise ValueError("a matrix and a window that fits")
    r, c = image.shape[0] // size, image.shape[1] // size
    windows = image[: r * size, : c * size].reshape(r, size, c, size)
    return np.abs(windows).max(axis=(1, 3))


# %% wrong: begins with zeros | 0 | a window of negative ones
def max_pool2d(image, size):
    out = np.zeros((image.shape[0] // size, image.shape[1] // size))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            for u in range(size):
                for v in range(size):
                    out[i, j] = max(out[i, j], image[i * size + u, j * size + v])
    return out


# %% wrong: pixels in a row | 0 | a window has rows and columns
def max_pool2d(image, size):
    return image.reshape(image.shape[0] // size, image.shape[1] // size, size * size).max(axis=2)


# %% wrong: overlapping windows | 0 | has shape (5, 5), expected (3, 3)
def max_pool2d(image, size):
    return np.lib.stride_tricks.sliding_window_view(image, (size, size)).max(axis=(2, 3))


# %% wrong: rows only | 0 | has shape (3, 6), expected (3, 3)
def max_pool2d(image, size):
    return image.reshape(image.shape[0] // size, size, -1).max(axis=1)


# %% wrong: Keras does it | 0 | uses `keras`
def max_pool2d(image, size):
    return np.asarray(keras.layers.MaxPooling2D(size)(image[None, :, :, None]))[0, :, :, 0]


# %% wrong: keeps windows that are not full | 2 | as Keras does
def max_pool2d(image, size):
    if image.ndim != 2 or size < 1 or size > min(image.shape):
        raise ValueError("a matrix and a window that fits")
    return np.array(
        [
            [image[i : i + size, j : j + size].max() for j in range(0, image.shape[1], size)]
            for i in range(0, image.shape[0], size)
        ]
    )


# %% wrong: only multiples | 2 | Rows and columns that do not fill a window are left out
def max_pool2d(image, size):
    h, w = image.shape
    return image.reshape(h // size, size, w // size, size).max(axis=(1, 3))


# %% wrong: an empty result | 2 | Nothing would be left
def max_pool2d(image, size):
    h, w = image.shape
    r, c = h // size, w // size
    return image[: r * size, : c * size].reshape(r, size, c, size).max(axis=(1, 3), initial=-np.inf)


# %% wrong: four loops | 2 | too many steps
def max_pool2d(image, size):
    if image.ndim != 2 or size < 1 or size > min(image.shape):
        raise ValueError("a matrix and a window that fits")
    out = np.full((image.shape[0] // size, image.shape[1] // size), -np.inf)
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            for u in range(size):
                for v in range(size):
                    value = image[i * size + u, j * size + v]
                    if value > out[i, j]:
                        out[i, j] = value
    return out


# %% right: a loop over the windows
def max_pool2d(image, size):
    if image.ndim != 2 or not 1 <= size <= min(image.shape):
        raise ValueError("a matrix and a window that fits")
    h, w = image.shape
    rows, columns = range(0, h - size + 1, size), range(0, w - size + 1, size)
    return np.array([[image[i : i + size, j : j + size].max() for j in columns] for i in rows])


# %% right: the maximum of shifted pictures
def max_pool2d(image, size):
    if image.ndim != 2 or size < 1 or size > min(image.shape):
        raise ValueError("a matrix and a window that fits")
    h, w = (length - length % size for length in image.shape)
    return np.maximum.reduce([image[u:h:size, v:w:size] for u in range(size) for v in range(size)])


# %% right: strides of a sliding window
def max_pool2d(image, size):
    if image.ndim != 2 or size < 1:
        raise ValueError("a matrix and a window of a pixel or more")
    windows = np.lib.stride_tricks.sliding_window_view(image, (size, size))
    return np.amax(windows[::size, ::size], axis=(-2, -1))


# %% right: windows in strides
def max_pool2d(image, size):
    if image.ndim != 2 or not 1 <= size <= min(image.shape):
        raise ValueError
    return np.lib.stride_tricks.sliding_window_view(image, (size, size))[::size, ::size].max(axis=(2, 3))


# %% wrong: padded to whole windows | 2 | sides that are no multiple of the window
def max_pool2d(image, size):
    if image.ndim != 2 or size < 1 or size > min(image.shape):
        raise ValueError
    p = np.pad(image, [(0, -s % size) for s in image.shape], constant_values=-np.inf)
    h, w = p.shape
    return p.reshape(h // size, size, w // size, size).max(axis=(1, 3))
