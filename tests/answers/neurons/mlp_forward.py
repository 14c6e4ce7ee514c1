# ruff: noqa

# %% wrong: no softmax | 0 | the output layer without softmax
def mlp_forward(X, params):
    for W, b in params[:-1]:
        X = relu(dense(X, W, b))
    return dense(X, *params[-1])


# %% wrong: relu at the end too | 0 | softmax takes Z itself
def mlp_forward(X, params):
    A = X
    for W, b in params:
        A = relu(dense(A, W, b))
    return softmax(A)


# %% wrong: no relu | 0 | hidden layers without relu
def mlp_forward(X, params):
    for W, b in params:
        X = dense(X, W, b)
    return softmax(X)


# %% wrong: softmax everywhere | 0 | softmax after every layer
def mlp_forward(X, params):
    for W, b in params:
        X = softmax(dense(X, W, b))
    return X


# %% wrong: sigmoid inside | 0 | sigmoid in the hidden layers
def mlp_forward(X, params):
    for W, b in params[:-1]:
        X = sigmoid(dense(X, W, b))
    return softmax(dense(X, *params[-1]))


# %% wrong: last layer forgotten | 0 | softmax of the last hidden layer
def mlp_forward(X, params):
    A = X
    for i in range(len(params) - 1):
        W, b = params[i]
        A = relu(dense(A, W, b))
    return softmax(A)


# %% wrong: two layers only | 0 | too many values to unpack
def mlp_forward(X, params):
    (W1, b1), (W2, b2) = params
    return softmax(dense(relu(dense(X, W1, b1)), W2, b2))


# %% wrong: always from X | 0 | the last layer alone, fed with X
def mlp_forward(X, params):
    for W, b in params[:-1]:
        A = relu(dense(X, W, b))
    return softmax(dense(X, *params[-1]))


# %% wrong: takes the list apart | 2 | changes `params` in place
def mlp_forward(X, params):
    W, b = params.pop()
    for V, c in params:
        X = relu(dense(X, V, c))
    return softmax(dense(X, W, b))


# %% wrong: bias stretched by its own formulas | 2 | ValueError
def mlp_forward(X, params):
    A = X
    for l, (W, b) in enumerate(params):
        if A.shape[1] != W.shape[0]:
            A = np.resize(A, (len(A), W.shape[0]))
        A = A @ W + b
        if l < len(params) - 1:
            A = np.maximum(A, 0)
    E = np.exp(A - A.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


# %% wrong: unstable softmax of its own | 2 | very large inputs
def mlp_forward(X, params):
    A = X
    for l, (W, b) in enumerate(params):
        A = A @ W + b
        if l < len(params) - 1:
            A = np.maximum(A, 0)
    E = np.exp(A)
    return E / E.sum(axis=1, keepdims=True)


# %% right: recursion
def mlp_forward(X, params):
    (W, b), *rest = params
    Z = dense(X, W, b)
    return mlp_forward(relu(Z), rest) if rest else softmax(Z)


# %% right: everything inline
def mlp_forward(X, params):
    H = X
    for W, b in params[:-1]:
        H = H @ W + b
        H = H * (H > 0)
    W, b = params[-1]
    Z = np.einsum("nd,dm->nm", H, W) + b
    Z = Z - Z.max(1)[:, None]
    return np.exp(Z) / np.exp(Z).sum(1)[:, None]


# %% right: functools
from functools import reduce


def mlp_forward(X, params):
    hidden = reduce(lambda A, layer: relu(dense(A, *layer)), params[:-1], X)
    return softmax(dense(hidden, *params[-1]))


# %% right: on a dense of its own making
def layer(X, W, b, f=None):
    if X.shape[1] != W.shape[0] or b.shape != (W.shape[1],):
        raise ValueError("shapes do not fit")
    Z = X @ W + b
    return Z if f is None else f(Z)


def mlp_forward(X, params):
    activations = [relu] * (len(params) - 1) + [softmax]
    for (W, b), f in zip(params, activations):
        X = layer(X, W, b, f)
    return X


# %% right: by functools.reduce
from functools import reduce


def mlp_forward(X, params):
    *hidden, (W, b) = params
    return softmax(dense(reduce(lambda A, p: relu(dense(A, *p)), hidden, X), W, b))


# %% right: layers as objects
class Layer:
    def __init__(self, W, b, f):
        self.W, self.b, self.f = W, b, f

    def __call__(self, A):
        return self.f(dense(A, self.W, self.b))


def mlp_forward(X, params):
    fs = [relu] * (len(params) - 1) + [softmax]
    for (W, b), f in zip(params, fs):
        X = Layer(W, b, f)(X)
    return X


# %% wrong: every layer fed with X | 0 | each layer fed with X
def mlp_forward(X, params):
    for W, b in params[:-1]:
        A = relu(dense(X, W, b))
    return softmax(dense(A, *params[-1]))


# %% wrong: layers from the last | 0 | the layers in the opposite order
def mlp_forward(X, params):
    for W, b in params[::-1][:-1]:
        X = relu(dense(X, W, b))
    return softmax(dense(X, *params[0]))
