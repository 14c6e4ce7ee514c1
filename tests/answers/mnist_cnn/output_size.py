# ruff: noqa

# %% wrong: without the 1 | 0 | the + 1 forgotten
def output_size(n, kernel, stride, padding):
    if kernel < 1 or stride < 1 or padding < 0 or n + 2 * padding < kernel:
        raise ValueError("does not fit")
    return (n + 2 * padding - kernel) // stride


# %% wrong: padding once | 0 | padding on one side only
def output_size(n, kernel, stride, padding):
    if kernel < 1 or stride < 1 or padding < 0 or n + 2 * padding < kernel:
        raise ValueError("does not fit")
    return (n + padding - kernel) // stride + 1


# %% wrong: rounded up | 0 | rounding up
def output_size(n, kernel, stride, padding):
    if kernel < 1 or stride < 1 or padding < 0 or n + 2 * padding < kernel:
        raise ValueError("does not fit")
    return int(np.ceil((n + 2 * padding - kernel) / stride)) + 1


# %% wrong: rounded | 0 | rounding up
def output_size(n, kernel, stride, padding):
    if kernel < 1 or stride < 1 or padding < 0 or n + 2 * padding < kernel:
        raise ValueError("does not fit")
    return round((n + 2 * padding - kernel) / stride) + 1


# %% wrong: a fraction | 0 | must be a whole number
def output_size(n, kernel, stride, padding):
    if kernel < 1 or stride < 1 or padding < 0 or n + 2 * padding < kernel:
        raise ValueError("does not fit")
    return (n + 2 * padding - kernel) / stride + 1


# %% wrong: no stride | 0 | the stride forgotten
def output_size(n, kernel, stride, padding):
    if kernel < 1 or stride < 1 or padding < 0 or n + 2 * padding < kernel:
        raise ValueError("does not fit")
    return n + 2 * padding - kernel + 1


# %% wrong: 1 inside the fraction | 0 | the + 1 forgotten
def output_size(n, kernel, stride, padding):
    if kernel < 1 or stride < 1 or padding < 0 or n + 2 * padding < kernel:
        raise ValueError("does not fit")
    return (n + 2 * padding - kernel + 1) // stride


# %% wrong: as Keras' same | 0 | the size divided by the stride
def output_size(n, kernel, stride, padding):
    if kernel < 1 or stride < 1 or padding < 0 or n + 2 * padding < kernel:
        raise ValueError("does not fit")
    return -(-n // stride)


# %% wrong: two sizes | 0 | must be a whole number (int), not a tuple
def output_size(n, kernel, stride, padding):
    if kernel < 1 or stride < 1 or padding < 0 or n + 2 * padding < kernel:
        raise ValueError("does not fit")
    return ((n + 2 * padding - kernel) // stride + 1,) * 2


# %% wrong: nothing refused | 2 | it must raise ValueError
def output_size(n, kernel, stride, padding):
    return (n + 2 * padding - kernel) // stride + 1


# %% wrong: padding not counted when it is refused | 2 | stride 0
def output_size(n, kernel, stride, padding):
    if kernel > n + 2 * padding:
        raise ValueError("too large")
    return (n + 2 * padding - kernel) // stride + 1


# %% wrong: 0 places instead of an error | 2 | it must raise ValueError
def output_size(n, kernel, stride, padding):
    return max(0, (n + 2 * padding - kernel) // stride + 1)


# %% right: counted
def output_size(n, kernel, stride, padding):
    if kernel < 1 or stride < 1 or padding < 0 or n + 2 * padding < kernel:
        raise ValueError("does not fit")
    return len(range(0, n + 2 * padding - kernel + 1, stride))


# %% right: floor of a float
def output_size(n, kernel, stride, padding):
    if kernel < 1 or stride < 1 or padding < 0 or n + 2 * padding < kernel:
        raise ValueError("does not fit")
    return int(np.floor((n + 2 * padding - kernel) / stride + 1))


# %% right: one at a time
def output_size(n, kernel, stride, padding):
    if min(kernel, stride) < 1 or padding < 0:
        raise ValueError("out of range")
    places, end = 0, kernel
    while end <= n + 2 * padding:
        places, end = places + 1, end + stride
    if places == 0:
        raise ValueError("the kernel does not fit")
    return places


# %% right: the length of a range
def output_size(n, kernel, stride, padding):
    if kernel < 1 or stride < 1 or padding < 0:
        raise ValueError
    places = range(-padding, n + padding - kernel + 1, stride)
    if not len(places):
        raise ValueError
    return len(places)
