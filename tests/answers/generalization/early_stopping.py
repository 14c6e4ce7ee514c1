# ruff: noqa

# %% wrong: patience off by one, too late | 0 | an epoch too late
def early_stopping(val_losses, patience, min_delta):
    best, wait = 0, 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[best] - min_delta:
            best, wait = epoch, 0
        else:
            wait += 1
            if wait > patience:
                return epoch, best
    return len(val_losses) - 1, best


# %% wrong: patience off by one, too early | 0 | an epoch too early
def early_stopping(val_losses, patience, min_delta):
    best = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[best] - min_delta:
            best = epoch
        elif epoch - best >= patience - 1:
            return epoch, best
    return len(val_losses) - 1, best


# %% wrong: epochs from 1 | 0 | epochs counted from 1
def early_stopping(val_losses, patience, min_delta):
    best, best_epoch, wait = float("inf"), 1, 0
    for epoch, loss in enumerate(val_losses, start=1):
        if loss < best - min_delta:
            best, best_epoch, wait = loss, epoch, 0
        else:
            wait += 1
            if wait >= patience:
                return epoch, best_epoch
    return len(val_losses), best_epoch


# %% wrong: results exchanged | 0 | the two results exchanged
def early_stopping(val_losses, patience, min_delta):
    best = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[best] - min_delta:
            best = epoch
        elif epoch - best >= patience:
            return best, epoch
    return best, len(val_losses) - 1


# %% wrong: the least loss | 0 | epochs are asked for
def early_stopping(val_losses, patience, min_delta):
    best = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[best] - min_delta:
            best = epoch
        elif epoch - best >= patience:
            return epoch, val_losses[best]
    return len(val_losses) - 1, val_losses[best]


# %% wrong: compared with the epoch before | 0 | compare it with the best so far
def early_stopping(val_losses, patience, min_delta):
    best = wait = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[epoch - 1] - min_delta:
            best, wait = epoch, 0
        else:
            wait += 1
            if wait >= patience:
                return epoch, best
    return len(val_losses) - 1, best


# %% wrong: the count is never set back | 0 | it begins again at 0
def early_stopping(val_losses, patience, min_delta):
    best = wait = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[best] - min_delta:
            best = epoch
        else:
            wait += 1
            if wait >= patience:
                return epoch, best
    return len(val_losses) - 1, best


# %% wrong: min_delta not used | 0 | min_delta that is not used
def early_stopping(val_losses, patience, min_delta):
    best = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return epoch, best
    return len(val_losses) - 1, best


# %% wrong: min_delta added | 0 | min_delta with the wrong sign
def early_stopping(val_losses, patience, min_delta):
    best = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[best] + min_delta:
            best = epoch
        elif epoch - best >= patience:
            return epoch, best
    return len(val_losses) - 1, best


# %% wrong: argmin of all epochs | 0 | a best epoch among those that were never run
def early_stopping(val_losses, patience, min_delta):
    last = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[last] - min_delta:
            last = epoch
        elif epoch - last >= patience:
            return epoch, int(np.argmin(val_losses))
    return len(val_losses) - 1, int(np.argmin(val_losses))


# %% wrong: argmin until the stop | 0 | better by less than min_delta
def early_stopping(val_losses, patience, min_delta):
    last = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[last] - min_delta:
            last = epoch
        elif epoch - last >= patience:
            break
    return epoch, int(np.argmin(val_losses[: epoch + 1]))


# %% wrong: best loss lowered by small gains | 0 | a best loss that falls with any small gain
def early_stopping(val_losses, patience, min_delta):
    best, best_epoch, wait = val_losses[0], 0, 0
    for epoch in range(1, len(val_losses)):
        wait = 0 if val_losses[epoch] < best - min_delta else wait + 1
        if val_losses[epoch] < best:
            best, best_epoch = val_losses[epoch], epoch
        if wait and wait >= patience:
            return epoch, best_epoch
    return len(val_losses) - 1, best_epoch


# %% wrong: higher taken for better | 0 | a loss is better when it is lower
def early_stopping(val_losses, patience, min_delta):
    best = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] > val_losses[best] + min_delta:
            best = epoch
        elif epoch - best >= patience:
            return epoch, best
    return len(val_losses) - 1, best


# %% wrong: an equal loss counts | 2 | the best loss once more
def early_stopping(val_losses, patience, min_delta):
    if not len(val_losses) or patience < 0 or min_delta < 0:
        raise ValueError("nothing to stop by")
    best = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] <= val_losses[best] - min_delta:
            best = epoch
        elif epoch - best >= patience:
            return epoch, best
    return len(val_losses) - 1, best


# %% wrong: stops with patience 0 while it improves | 2 | patience 0
def early_stopping(val_losses, patience, min_delta):
    if len(val_losses) == 0 or patience < 0 or min_delta < 0:
        raise ValueError("nothing to stop by")
    best = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[best] - min_delta:
            best = epoch
        if epoch - best >= patience:
            return epoch, best
    return len(val_losses) - 1, best


# %% wrong: None when it never stops | 0 | `stop_epoch` is None
def early_stopping(val_losses, patience, min_delta):
    best = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[best] - min_delta:
            best = epoch
        elif epoch - best >= patience:
            return epoch, best
    return None, best


# %% wrong: NaN taken for an improvement | 2 | NaN
def early_stopping(val_losses, patience, min_delta):
    if len(val_losses) == 0 or patience < 0 or min_delta < 0:
        raise ValueError("nothing to stop by")
    best = 0
    for epoch in range(1, len(val_losses)):
        if not val_losses[epoch] >= val_losses[best] - min_delta:
            best = epoch
        elif epoch - best >= patience:
            return epoch, best
    return len(val_losses) - 1, best


# %% wrong: nothing refused | 2 | no loss at all
def early_stopping(val_losses, patience, min_delta):
    best = 0
    for epoch in range(1, len(val_losses)):
        if val_losses[epoch] < val_losses[best] - min_delta:
            best = epoch
        elif epoch - best >= patience:
            return epoch, best
    return len(val_losses) - 1, best


# %% wrong: glassnet does it | 0 | not your own work
def early_stopping(val_losses, patience, min_delta):
    from glassnet.callbacks import EarlyStopping

    class Model:
        stop_training = False

    stop, stop.model = EarlyStopping(patience=patience, min_delta=min_delta), Model()
    stop.on_train_begin()
    for epoch, loss in enumerate(val_losses):
        stop.on_epoch_end(epoch, {"val_loss": loss})
        if stop.model.stop_training:
            break
    return epoch, stop.best_epoch


# %% right: while, with a best loss of infinity
def early_stopping(val_losses, patience, min_delta):
    if len(val_losses) == 0:
        raise ValueError("no losses")
    if min(patience, min_delta) < 0:
        raise ValueError("negative")
    best, best_epoch, wait, epoch = np.inf, 0, 0, 0
    while True:
        wait += 1
        if best - val_losses[epoch] > min_delta:
            best, best_epoch, wait = val_losses[epoch], epoch, 0
        elif wait >= patience:
            break
        if epoch + 1 == len(val_losses):
            break
        epoch += 1
    return epoch, best_epoch


# %% right: recursion
def early_stopping(val_losses, patience, min_delta, epoch=0, best=0):
    if len(val_losses) == 0 or patience < 0 or min_delta < 0:
        raise ValueError("nothing to stop by")
    if val_losses[epoch] < val_losses[best] - min_delta:
        best = epoch
    if epoch == len(val_losses) - 1 or epoch - best >= max(patience, 1):
        return epoch, best
    return early_stopping(val_losses, patience, min_delta, epoch + 1, best)


# %% right: all improvements first, then the first long gap
def early_stopping(val_losses, patience, min_delta):
    if len(val_losses) < 1 or patience < 0 or min_delta < 0:
        raise ValueError("nothing to stop by")
    better, lowest = [0], val_losses[0]
    for epoch, loss in enumerate(val_losses):
        if loss < lowest - min_delta:
            better.append(epoch)
            lowest = loss
    for this, following in zip(better, [*better[1:], len(val_losses)]):
        if this + max(patience, 1) < following:
            return np.int64(this + max(patience, 1)), np.int64(this)
    return np.array([len(val_losses) - 1, better[-1]]).tolist()


# %% right: by recursion
def early_stopping(val_losses, patience, min_delta):
    if len(val_losses) == 0 or patience < 0 or min_delta < 0:
        raise ValueError
    p = patience or 1

    def go(e, b):
        if e - b == p or e == len(val_losses) - 1:
            return np.int64(e), np.int64(b)
        e += 1
        return go(e, e if val_losses[e] < val_losses[b] - min_delta else b)

    return go(0, 0)


# %% wrong: the epoch before the stop | 0 | the epoch before the stop
def early_stopping(val_losses, patience, min_delta):
    b, w = 0, 0
    for e in range(1, len(val_losses)):
        if val_losses[e] < val_losses[b] - min_delta:
            b, w = e, 0
        else:
            w += 1
            if w >= patience:
                return e - 1, b
    return len(val_losses) - 1, b
