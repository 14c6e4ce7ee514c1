# ruff: noqa

# %% wrong: order of the list | 0 | the list begins with the first layer
def mlp_gradients(X, labels, params):
    A, Z = [X], []
    for W, b in params:
        Z.append(A[-1] @ W + b)
        A.append(np.maximum(Z[-1], 0))
    dZ, out = softmax_crossentropy_backward(labels, Z[-1]), []
    for l in reversed(range(len(params))):
        dA, dW, db = dense_backward(dZ, A[l], params[l][0])
        out.append((dW, db))
        if l:
            dZ = relu_backward(dA, Z[l - 1])
    return out


# %% wrong: relu's slope forgotten | 0 | without relu's slope
def mlp_gradients(X, labels, params):
    A, Z = [X], []
    for W, b in params:
        Z.append(A[-1] @ W + b)
        A.append(np.maximum(Z[-1], 0))
    dZ, out = softmax_crossentropy_backward(labels, Z[-1]), []
    for l in reversed(range(len(params))):
        dZ, dW, db = dense_backward(dZ, A[l], params[l][0])
        out.insert(0, (dW, db))
    return out


# %% wrong: X everywhere | 0 | A of the one before
def mlp_gradients(X, labels, params):
    A, Z = [X], []
    for W, b in params:
        Z.append(A[-1] @ W + b)
        A.append(np.maximum(Z[-1], 0))
    dZ, out = softmax_crossentropy_backward(labels, Z[-1]), []
    for l in reversed(range(len(params))):
        dA, dW, db = dense_backward(dZ, X, params[l][0])
        out.insert(0, (dW, db))
        if l:
            dZ = relu_backward(dA, Z[l - 1])
    return out


# %% wrong: 1/n missing | 0 | your gradients are n times the correct ones
def mlp_gradients(X, labels, params):
    A, Z = [X], []
    for W, b in params:
        Z.append(A[-1] @ W + b)
        A.append(np.maximum(Z[-1], 0))
    dZ, out = len(X) * softmax_crossentropy_backward(labels, Z[-1]), []
    for l in reversed(range(len(params))):
        dA, dW, db = dense_backward(dZ, A[l], params[l][0])
        out.insert(0, (dW, db))
        if l:
            dZ = relu_backward(dA, Z[l - 1])
    return out


# %% wrong: transpose forgotten | 0 | W where its transpose belongs
def mlp_gradients(X, labels, params):
    A, Z = [X], []
    for W, b in params:
        Z.append(A[-1] @ W + b)
        A.append(np.maximum(Z[-1], 0))
    dZ, out = softmax_crossentropy_backward(labels, Z[-1]), []
    for l in reversed(range(len(params))):
        out.insert(0, (A[l].T @ dZ, dZ.sum(axis=0)))
        if l:
            dZ = (dZ @ params[l][0]) * (Z[l - 1] > 0)
    return out


# %% wrong: no relu forwards | 0 | a forward pass without relu
def mlp_gradients(X, labels, params):
    A, Z = [X], []
    for W, b in params:
        Z.append(A[-1] @ W + b)
        A.append(Z[-1])
    dZ, out = softmax_crossentropy_backward(labels, Z[-1]), []
    for l in reversed(range(len(params))):
        dA, dW, db = dense_backward(dZ, A[l], params[l][0])
        out.insert(0, (dW, db))
        if l:
            dZ = relu_backward(dA, Z[l - 1])
    return out


# %% wrong: relu at the end too | 0 | relu in the output layer as well
def mlp_gradients(X, labels, params):
    A, Z = [X], []
    for W, b in params:
        Z.append(A[-1] @ W + b)
        A.append(np.maximum(Z[-1], 0))
    dA, out = softmax_crossentropy_backward(labels, A[-1]), []
    for l in reversed(range(len(params))):
        dZ = relu_backward(dA, Z[l])
        dA, dW, db = dense_backward(dZ, A[l], params[l][0])
        out.insert(0, (dW, db))
    return out


# %% wrong: Z given for A | 0 | the layer was given relu(Z)
def mlp_gradients(X, labels, params):
    inputs, A = [X], X
    for W, b in params:
        Z = A @ W + b
        inputs.append(Z)
        A = np.maximum(Z, 0)
    dZ, out = softmax_crossentropy_backward(labels, inputs[-1]), []
    for l in reversed(range(len(params))):
        dA, dW, db = dense_backward(dZ, inputs[l], params[l][0])
        out.insert(0, (dW, db))
        if l:
            dZ = relu_backward(dA, inputs[l])
    return out


# %% wrong: updates | 0 | return the gradients
def mlp_gradients(X, labels, params):
    A, Z = [X], []
    for W, b in params:
        Z.append(A[-1] @ W + b)
        A.append(np.maximum(Z[-1], 0))
    dZ, out = softmax_crossentropy_backward(labels, Z[-1]), []
    for l in reversed(range(len(params))):
        W, b = params[l]
        dA, dW, db = dense_backward(dZ, A[l], W)
        out.insert(0, (W - dW, b - db))
        if l:
            dZ = relu_backward(dA, Z[l - 1])
    return out


# %% wrong: one layer too few | 0 | go on to the layers before
def mlp_gradients(X, labels, params):
    A = X
    for W, b in params[:-1]:
        A = np.maximum(A @ W + b, 0)
    W, b = params[-1]
    dA, dW, db = dense_backward(softmax_crossentropy_backward(labels, A @ W + b), A, W)
    return [(dW, db)]


# %% wrong: weights alone | 0 | biases have one, too
def mlp_gradients(X, labels, params):
    A, Z = [X], []
    for W, b in params:
        Z.append(A[-1] @ W + b)
        A.append(np.maximum(Z[-1], 0))
    dZ, out = softmax_crossentropy_backward(labels, Z[-1]), []
    for l in reversed(range(len(params))):
        dA, dW, db = dense_backward(dZ, A[l], params[l][0])
        out.insert(0, dW)
        if l:
            dZ = relu_backward(dA, Z[l - 1])
    return out


# %% wrong: two layers only | 0 | too many values to unpack
def mlp_gradients(X, labels, params):
    (W1, b1), (W2, b2) = params
    Z1 = X @ W1 + b1
    A1 = np.maximum(Z1, 0)
    dA1, dW2, db2 = dense_backward(softmax_crossentropy_backward(labels, A1 @ W2 + b2), A1, W2)
    _, dW1, db1 = dense_backward(relu_backward(dA1, Z1), X, W1)
    return [(dW1, db1), (dW2, db2)]


# %% wrong: bias of another length is stretched | 2 | ValueError
def mlp_gradients(X, labels, params):
    A, Z = [X], []
    for W, b in params:
        inputs = A[-1]
        if inputs.shape[1] != W.shape[0]:
            inputs = np.resize(inputs, (len(inputs), W.shape[0]))
            A[-1] = inputs
            if Z:
                Z[-1] = np.resize(Z[-1], inputs.shape)
        Z.append(inputs @ W + b)
        A.append(np.maximum(Z[-1], 0))
    dZ, out = softmax_crossentropy_backward(labels, Z[-1]), []
    for l in reversed(range(len(params))):
        dA = dZ @ params[l][0].T
        out.insert(0, (A[l].T @ dZ, dZ.sum(axis=0)))
        if l:
            dZ = dA * (Z[l - 1] > 0)
    return out


# %% wrong: slope 1 at 0 | 2 | At 0 relu's slope is 0 by convention
def mlp_gradients(X, labels, params):
    A, Z = [X], []
    for W, b in params:
        Z.append(A[-1] @ W + b)
        A.append(np.maximum(Z[-1], 0))
    dZ, out = softmax_crossentropy_backward(labels, Z[-1]), []
    for l in reversed(range(len(params))):
        dA, dW, db = dense_backward(dZ, A[l], params[l][0])
        out.insert(0, (dW, db))
        if l:
            dZ = dA * (Z[l - 1] >= 0)
    return out


# %% wrong: takes the list apart | 2 | changes `params` in place
def mlp_gradients(X, labels, params):
    A, Z = [X], []
    for W, b in params:
        Z.append(A[-1] @ W + b)
        A.append(np.maximum(Z[-1], 0))
    dZ, out = softmax_crossentropy_backward(labels, Z[-1]), []
    while params:
        W, _ = params.pop()
        l = len(params)
        dA, dW, db = dense_backward(dZ, A[l], W)
        out.insert(0, (dW, db))
        if l:
            dZ = relu_backward(dA, Z[l - 1])
    return out


# %% wrong: Tensor does it | 0 | not your own work
from glassnet.autodiff import Tensor


def mlp_gradients(X, labels, params):
    leaves = [(Tensor(W), Tensor(b)) for W, b in params]
    A = Tensor(X)
    for l, (W, b) in enumerate(leaves):
        A = A @ W + b
        if l < len(leaves) - 1:
            A = A.relu()
    (-A.log_softmax()[np.arange(len(X)), labels].mean()).backward()
    return [(W.grad, b.grad) for W, b in leaves]


# %% right: recursion
def mlp_gradients(X, labels, params):
    def back(A, rest):
        (W, b), *after = rest
        Z = A @ W + b
        if after:
            dA, found = back(np.maximum(Z, 0), after)
            dZ = relu_backward(dA, Z)
        else:
            dZ, found = softmax_crossentropy_backward(labels, Z), []
        dX, dW, db = dense_backward(dZ, A, W)
        return dX, [(dW, db), *found]

    return back(X, params)[1]


# %% right: everything inline
def mlp_gradients(X, labels, params):
    K = params[-1][0].shape[1]
    if labels.shape != (len(X),) or labels.min() < 0 or labels.max() >= K:
        raise ValueError("labels do not fit")
    A = [X]
    for W, b in params:
        A.append(np.maximum(A[-1] @ W + b, 0))
    W, b = params[-1]
    Z = A[-2] @ W + b
    E = np.exp(Z - Z.max(1)[:, None])
    dZ = (E / E.sum(1)[:, None] - (labels[:, None] == np.arange(K))) / len(X)
    out = [None] * len(params)
    for l in range(len(params) - 1, -1, -1):
        out[l] = np.einsum("ki,kj->ij", A[l], dZ), dZ.sum(0)
        dZ = np.where(A[l] > 0, dZ @ params[l][0].T, 0)
    return out


# %% right: steps back kept as functions
def mlp_gradients(X, labels, params):
    steps, A = [], X
    for l, (W, b) in enumerate(params):
        Z = A @ W + b
        steps.append(lambda dZ, A=A, W=W: dense_backward(dZ, A, W))
        A = np.maximum(Z, 0)
        steps.append(lambda dA, Z=Z: relu_backward(dA, Z))
    steps.pop()
    gradient, out = softmax_crossentropy_backward(labels, Z), []
    while steps:
        gradient = steps.pop()(gradient)
        if isinstance(gradient, tuple):
            gradient, dW, db = gradient
            out = [(dW, db)] + out
    return out


# %% right: by recursion
def mlp_gradients(X, labels, params):
    (W, b), rest = params[0], params[1:]

    def go(A, params):
        (W, b), *rest = params
        if A.shape[1] != W.shape[0] or b.shape != (W.shape[1],):
            raise ValueError
        Z = A @ W + b
        if rest:
            grads, dA = go(np.maximum(Z, 0), rest)
            dZ = dA * (Z > 0)
        else:
            grads, dZ = [], softmax_crossentropy_backward(labels, Z)
        dX, dW, db = dense_backward(dZ, A, W)
        return [(dW, db)] + grads, dX

    return go(X, params)[0]


# %% wrong: the slope of a sigmoid | 0 | the slope of a sigmoid, A (1 − A), in the hidden layers
def mlp_gradients(X, labels, params):
    A, Z = [X], []
    for W, b in params:
        Z.append(A[-1] @ W + b)
        A.append(np.maximum(Z[-1], 0))
    G = []
    dZ = softmax_crossentropy_backward(labels, Z[-1])
    for l in reversed(range(len(params))):
        dA, dW, db = dense_backward(dZ, A[l], params[l][0])
        G.insert(0, (dW, db))
        if l:
            dZ = dA * A[l] * (1 - A[l])
    return G


# %% wrong: the slope of the layer behind | 0 | the slope at the Z of the layer behind
def mlp_gradients(X, labels, params):
    A, Z = [X], []
    for W, b in params:
        Z.append(A[-1] @ W + b)
        A.append(np.maximum(Z[-1], 0))
    G = []
    dZ = softmax_crossentropy_backward(labels, Z[-1])
    for l in reversed(range(len(params))):
        dA, dW, db = dense_backward(dZ, A[l], params[l][0])
        G.insert(0, (dW, db))
        if l:
            dZ = relu_backward(dA, Z[l])
    return G


# %% wrong: a slope at the output | 0 | relu's slope at the output layer, which has no relu
def mlp_gradients(X, labels, params):
    A, Z = [X], []
    for W, b in params:
        Z.append(A[-1] @ W + b)
        A.append(np.maximum(Z[-1], 0))
    G = []
    dZ = relu_backward(softmax_crossentropy_backward(labels, Z[-1]), Z[-1])
    for l in reversed(range(len(params))):
        dA, dW, db = dense_backward(dZ, A[l], params[l][0])
        G.insert(0, (dW, db))
        if l:
            dZ = relu_backward(dA, Z[l - 1])
    return G


# %% wrong: softmax of relu | 0 | softmax of relu(Z) in the output layer
def mlp_gradients(X, labels, params):
    A, Z = [X], []
    for W, b in params:
        Z.append(A[-1] @ W + b)
        A.append(np.maximum(Z[-1], 0))
    G = []
    dZ = softmax_crossentropy_backward(labels, A[-1])
    for l in reversed(range(len(params))):
        dA, dW, db = dense_backward(dZ, A[l], params[l][0])
        G.insert(0, (dW, db))
        if l:
            dZ = relu_backward(dA, Z[l - 1])
    return G


# %% wrong: gradients that pile up from call to call | 1 | keep something from one call to the next
TOTAL = None


def mlp_gradients(X, labels, params):
    global TOTAL
    A, Z = [X], []
    for W, b in params:
        Z.append(A[-1] @ W + b)
        A.append(np.maximum(Z[-1], 0))
    G = []
    dZ = softmax_crossentropy_backward(labels, Z[-1])
    for l in reversed(range(len(params))):
        dA, dW, db = dense_backward(dZ, A[l], params[l][0])
        G.insert(0, (dW, db))
        if l:
            dZ = relu_backward(dA, Z[l - 1])
    if TOTAL is not None and [g[0].shape for g in TOTAL] == [g[0].shape for g in G]:
        G = [(a + c, b + d) for (a, b), (c, d) in zip(TOTAL, G)]
    TOTAL = G
    return G
