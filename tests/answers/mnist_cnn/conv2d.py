# ruff: noqa

# %% wrong: kernel flipped | 0 | a flipped kernel
def conv2d(image, kernel):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("two matrices")
    (h, w), (a, b) = image.shape, kernel.shape
    if a > h or b > w:
        raise ValueError("the kernel does not fit")
    X = image.astype(float)
    Z = np.zeros((h - a + 1, w - b + 1))
    for i in range(Z.shape[0]):
        for j in range(Z.shape[1]):
            Z[i, j] = np.sum(X[i : i + a, j : j + b] * kernel[::-1, ::-1])
    return Z


# %% wrong: kernel transposed | 0 | a transposed kernel
def conv2d(image, kernel):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("two matrices")
    (h, w), (a, b) = image.shape, kernel.shape
    if a > h or b > w:
        raise ValueError("the kernel does not fit")
    X = image.astype(float)
    Z = np.zeros((h - a + 1, w - b + 1))
    for i in range(Z.shape[0]):
        for j in range(Z.shape[1]):
            Z[i, j] = np.sum(X[i : i + a, j : j + b] * kernel.T)
    return Z


# %% wrong: a mean | 0 | a mean in place of a sum
def conv2d(image, kernel):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("two matrices")
    (h, w), (a, b) = image.shape, kernel.shape
    if a > h or b > w:
        raise ValueError("the kernel does not fit")
    X = image.astype(float)
    Z = np.zeros((h - a + 1, w - b + 1))
    for i in range(Z.shape[0]):
        for j in range(Z.shape[1]):
            Z[i, j] = np.mean(X[i : i + a, j : j + b] * kernel)
    return Z


# %% wrong: a matrix product | 0 | multiply entry by entry
def conv2d(image, kernel):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("two matrices")
    (h, w), (a, b) = image.shape, kernel.shape
    if a > h or b > w:
        raise ValueError("the kernel does not fit")
    X = image.astype(float)
    Z = np.zeros((h - a + 1, w - b + 1))
    for i in range(Z.shape[0]):
        for j in range(Z.shape[1]):
            Z[i, j] = np.sum(X[i : i + a, j : j + b] @ kernel)
    return Z


# %% wrong: the kernel forgotten | 0 | without the kernel
def conv2d(image, kernel):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("two matrices")
    (h, w), (a, b) = image.shape, kernel.shape
    if a > h or b > w:
        raise ValueError("the kernel does not fit")
    X = image.astype(float)
    Z = np.zeros((h - a + 1, w - b + 1))
    for i in range(Z.shape[0]):
        for j in range(Z.shape[1]):
            Z[i, j] = np.sum(X[i : i + a, j : j + b])
    return Z


# %% wrong: the largest product | 0 | a largest value
def conv2d(image, kernel):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("two matrices")
    (h, w), (a, b) = image.shape, kernel.shape
    if a > h or b > w:
        raise ValueError("the kernel does not fit")
    X = image.astype(float)
    Z = np.zeros((h - a + 1, w - b + 1))
    for i in range(Z.shape[0]):
        for j in range(Z.shape[1]):
            Z[i, j] = np.max(X[i : i + a, j : j + b] * kernel)
    return Z


# %% wrong: relu added | 0 | another layer's business
def conv2d(image, kernel):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("two matrices")
    (h, w), (a, b) = image.shape, kernel.shape
    if a > h or b > w:
        raise ValueError("the kernel does not fit")
    X = image.astype(float)
    Z = np.zeros((h - a + 1, w - b + 1))
    for i in range(Z.shape[0]):
        for j in range(Z.shape[1]):
            Z[i, j] = max(0, np.sum(X[i : i + a, j : j + b] * kernel))
    return Z


# %% wrong: one place too few | 0 | has shape (5, 5), expected (6, 6)
def conv2d(image, kernel):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("two matrices")
    (h, w), (a, b) = image.shape, kernel.shape
    if a > h or b > w:
        raise ValueError("the kernel does not fit")
    X = image.astype(float)
    Z = np.zeros((h - a, w - b))
    for i in range(Z.shape[0]):
        for j in range(Z.shape[1]):
            Z[i, j] = np.sum(X[i : i + a, j : j + b] * kernel)
    return Z


# %% wrong: padded to the size of the picture | 0 | has shape (8, 8), expected (6, 6)
def conv2d(image, kernel):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("two matrices")
    (h, w), (a, b) = image.shape, kernel.shape
    if a > h or b > w:
        raise ValueError("the kernel does not fit")
    X = np.pad(image.astype(float), ((a // 2, a), (b // 2, b)))
    Z = np.zeros((h, w))
    for i in range(Z.shape[0]):
        for j in range(Z.shape[1]):
            Z[i, j] = np.sum(X[i : i + a, j : j + b] * kernel)
    return Z


# %% wrong: height and width exchanged | 0 | Rows and columns are swapped
def conv2d(image, kernel):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("two matrices")
    (h, w), (a, b) = image.shape, kernel.shape
    if a > h or b > w:
        raise ValueError("the kernel does not fit")
    X = image.astype(float)
    Z = np.zeros((w - b + 1, h - a + 1))
    for i in range(Z.shape[0]):
        for j in range(Z.shape[1]):
            Z[i, j] = np.sum(X[i : i + a, j : j + b] * kernel)
    return Z


# %% wrong: scipy does it | 0 | uses `scipy`
from scipy.signal import correlate2d


def conv2d(image, kernel):
    return correlate2d(image, kernel, mode="valid")


# %% wrong: Keras does it | 0 | uses `keras`
def conv2d(image, kernel):
    Z = keras.ops.conv(image[None, :, :, None].astype("float32"), kernel[:, :, None, None].astype("float32"))
    return np.asarray(Z)[0, :, :, 0]


# %% wrong: TensorFlow does it | 0 | uses `tensorflow`
import tensorflow as tf


def conv2d(image, kernel):
    return tf.nn.conv2d(image[None, :, :, None], kernel[:, :, None, None], 1, "VALID").numpy()[0, :, :, 0]


# %% wrong: pixels stay uint8 | 2 | In uint8, 200 · 2 is 144
def conv2d(image, kernel):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("two matrices")
    (h, w), (a, b) = image.shape, kernel.shape
    if a > h or b > w:
        raise ValueError("the kernel does not fit")
    X = image
    Z = np.zeros((h - a + 1, w - b + 1))
    for i in range(Z.shape[0]):
        for j in range(Z.shape[1]):
            Z[i, j] = np.sum(X[i : i + a, j : j + b] * kernel)
    return Z


# %% wrong: four loops | 2 | too many steps
def conv2d(image, kernel):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("two matrices")
    (h, w), (a, b) = image.shape, kernel.shape
    if a > h or b > w:
        raise ValueError("the kernel does not fit")
    Z = np.zeros((h - a + 1, w - b + 1))
    for i in range(h - a + 1):
        for j in range(w - b + 1):
            for u in range(a):
                for v in range(b):
                    Z[i, j] += float(image[i + u, j + v]) * float(kernel[u, v])
    return Z


# %% wrong: a kernel that does not fit | 2 | It has no place anywhere
def conv2d(image, kernel):
    (h, w), (a, b) = image.shape, kernel.shape
    X = image.astype(float)
    Z = np.zeros((max(0, h - a + 1), max(0, w - b + 1)))
    for i in range(Z.shape[0]):
        for j in range(Z.shape[1]):
            Z[i, j] = np.sum(X[i : i + a, j : j + b] * kernel)
    return Z


# %% wrong: integers remain integers | 2 | In uint8
def conv2d(image, kernel):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("two matrices")
    (h, w), (a, b) = image.shape, kernel.shape
    if a > h or b > w:
        raise ValueError("the kernel does not fit")
    X = image.astype(float)
    Z = np.zeros((h - a + 1, w - b + 1), dtype=image.dtype)
    for i in range(Z.shape[0]):
        for j in range(Z.shape[1]):
            Z[i, j] = np.sum(X[i : i + a, j : j + b] * kernel)
    return Z


# %% right: a loop over the kernel
def conv2d(image, kernel):
    if image.ndim != 2 or kernel.ndim != 2 or np.any(np.array(kernel.shape) > image.shape):
        raise ValueError("two matrices, the kernel not larger than the picture")
    h, w = np.subtract(image.shape, kernel.shape) + 1
    return sum(float(kernel[u, v]) * image[u : u + h, v : v + w] for u, v in np.ndindex(kernel.shape))


# %% right: windows and a tensor product
def conv2d(image, kernel):
    if image.ndim != 2 or kernel.ndim != 2:
        raise ValueError("two matrices")
    windows = np.lib.stride_tricks.sliding_window_view(image.astype("float64"), kernel.shape)
    return np.tensordot(windows, kernel, axes=2)


# %% right: by the Fourier transform
def conv2d(image, kernel):
    if (
        image.ndim != 2
        or kernel.ndim != 2
        or kernel.shape[0] > image.shape[0]
        or kernel.shape[1] > image.shape[1]
    ):
        raise ValueError("two matrices, the kernel not larger than the picture")
    h, w = np.subtract(image.shape, kernel.shape) + 1
    product = np.fft.fft2(image) * np.conj(np.fft.fft2(kernel, s=image.shape))
    return np.fft.ifft2(product).real[:h, :w]


# %% right: by Fourier transform
def conv2d(image, kernel):
    if (
        image.ndim != 2
        or kernel.ndim != 2
        or kernel.shape[0] > image.shape[0]
        or kernel.shape[1] > image.shape[1]
    ):
        raise ValueError
    F = np.fft.fft2(image.astype(float))
    K = np.fft.fft2(kernel.astype(float), image.shape)
    Z = np.fft.ifft2(F * np.conj(K)).real
    return Z[: image.shape[0] - kernel.shape[0] + 1, : image.shape[1] - kernel.shape[1] + 1]
