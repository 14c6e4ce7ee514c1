"""Comparing a result with the correct one: the first difference in type, shape, dtype or values."""

from dataclasses import dataclass

import numpy as np

from .student import kind

# Relative tolerances, wide enough for any order of adding up.
TOLERANCE = {"float64": 1e-7, "float32": 1e-4, "float16": 1e-2}
WHOLE = "the result"


@dataclass(frozen=True)
class Difference:
    """The first thing that is wrong about a result: its stage and a text for the student."""

    stage: str
    text: str


def difference(
    received, expected, precision: str | None = "float64", label: str = WHOLE, parts=()
) -> Difference | None:
    """First difference of `received` from `expected`, or None.

    Args:
        received: whatever came back; nothing about it is taken for granted.
        expected: numbers, arrays, strings, None, and tuples, lists and dictionaries of them.
        precision: dtype name whose tolerance applies; None leaves values aside.
        label: what the value is called in the text.
        parts: names of the parts of a tuple, a tuple of them standing for a part that is a tuple itself; for
            a list that holds one such tuple after the other, a list of the names of one.
    """
    if received is None and expected is not None:
        if label != WHOLE:
            return Difference("type", f"{_capital(label)} is None.")
        return Difference("type", "It returns None: a function gives back what stands after `return`.")
    if received is Ellipsis:
        return Difference("type", "It returns `...`, which stands for what is still to be written.")
    if isinstance(expected, tuple | list):
        return _sequence_difference(received, expected, precision, label, parts)
    if isinstance(expected, dict):
        return _dict_difference(received, expected, precision, label)
    if isinstance(expected, np.ndarray) and expected.ndim:
        return _array_difference(received, expected, precision, label)
    if isinstance(expected, bool | np.bool_ | str | None):
        return _plain_difference(received, expected, precision, label)
    return _number_difference(received, expected, precision, label)


def close(received, expected, precision: str = "float64") -> bool:
    """Whether `received` would pass for `expected`."""
    return difference(received, expected, precision) is None


def _sequence_difference(received, expected, precision, label, parts):
    if type(received) not in (tuple, list):
        return Difference(
            "type", f"{_capital(label)} must be a {type(expected).__name__}, not {kind(received)}."
        )
    if len(received) != len(expected):
        return Difference("shape", f"{_capital(label)} must have {len(expected)} parts, not {len(received)}.")
    for i, (got, want) in enumerate(zip(received, expected, strict=True)):
        name, inner = _part(parts, i, label)
        if found := difference(got, want, precision, name, inner):
            return found
    return None


def _part(parts, i, label):
    """What part i of a sequence is called, and the names of its own parts."""
    if isinstance(parts, list):  # one tuple after the other
        return f"part {i} of {label}", parts[0]
    if i >= len(parts):
        return f"part {i} of {label}", ()
    if isinstance(parts[i], str):
        return f"`{parts[i]}`" + ("" if label == WHOLE else f" in {label}"), ()
    return f"part {i} of {label}", parts[i]


def _dict_difference(received, expected, precision, label):
    if type(received) is not dict:
        return Difference("type", f"{_capital(label)} must be a dictionary, not {kind(received)}.")
    for key, want in expected.items():
        if key not in received:
            return Difference("shape", f"{_capital(label)} has no entry {key!r}.")
        if found := difference(received[key], want, precision, f"entry {key!r} of {label}"):
            return found
    return None


def _plain_difference(received, expected, precision, label):
    plain = bool if isinstance(expected, bool | np.bool_) else type(expected)
    got = bool(received) if type(received) is np.bool_ else received
    if type(got) is not plain:
        return Difference("type", f"{_capital(label)} must be a {plain.__name__}, not {kind(received)}.")
    if precision and got != expected:
        return Difference("values", f"{_capital(label)} is not the right one.")
    return None


def _array_difference(received, expected, precision, label):
    if type(received) is not np.ndarray:
        return Difference(
            "type", f"{_capital(label)} must be a NumPy array, not {kind(received)}.{_array_hint(received)}"
        )
    if received.shape != expected.shape:
        return Difference("shape", _shape_text(received, expected, label))
    return _dtype_difference(received, expected, label) or _values_difference(
        received, expected, precision, label
    )


def _number_difference(received, expected, precision, label):
    whole = isinstance(expected, int | np.integer)
    wanted = "a whole number (int)" if whole else "a single number (float)"
    if type(received) is np.ndarray and received.ndim:
        return Difference(
            "shape", f"{_capital(label)} must be {wanted}, not an array of shape {received.shape}."
        )
    if type(received) is not np.ndarray and type(received) not in _NUMBERS:
        return Difference("type", f"{_capital(label)} must be {wanted}, not {kind(received)}.")
    if whole and np.asarray(received).dtype.kind not in "iu":
        return Difference("type", f"{_capital(label)} must be {wanted}, not {kind(received)}.")
    got, want = np.asarray(received), np.asarray(expected)
    if got.dtype.kind in "iu":  # 0 where 0.0 is expected: Python's own max(0, z) does that
        got = got.astype(np.float64) if not whole else got
    return _dtype_difference(got, want, label) or _values_difference(got, want, precision, label)


_NUMBERS = {
    int,
    float,
    *(t for kinds in ("bhilqBHILQ", "efd") for t in map(lambda c: np.dtype(c).type, kinds)),
}


def _array_hint(received):
    if type(received) in (list, tuple):
        return " `np.array` makes one of nested lists."
    if isinstance(received, np.ndarray):
        return " `np.asarray` gives a plain one."
    if type(received) in _NUMBERS:
        return " Something was summed up too far, or only one entry was returned."
    return ""


def _shape_text(received, expected, label):
    text = f"{_capital(label)} has shape {received.shape}, expected {expected.shape}."
    if received.shape == expected.shape[::-1]:
        return text + " Rows and columns are swapped."
    if received.ndim > expected.ndim and received.squeeze().shape == expected.shape:
        return text + " There is an axis of length 1 too many."
    if received.size == expected.size:
        return text + " There are as many numbers as there should be, arranged differently."
    return text


def _dtype_difference(received, expected, label):
    got, want = received.dtype, expected.dtype
    if got.kind == want.kind and (got.kind != "f" or got.itemsize >= 4):
        return None
    if (got.kind, want.kind) in (("f", "i"), ("f", "u"), ("i", "u"), ("u", "i")):
        return None  # the same numbers in another spelling
    why = {
        "O": "It holds Python objects: were its rows of different lengths?",
        "b": "True and False are the answer to a comparison, not the numbers themselves.",
        "c": "There is nothing imaginary here.",
        "i": "Integers cut off decimals.",
        "u": "Integers cut off decimals.",
        "f": "Two bytes a number are too coarse.",
    }.get(got.kind, "")
    return Difference("dtype", f"{_capital(label)} has dtype {got}, expected {want}. {why}".rstrip())


def _values_difference(received, expected, precision, label):
    if precision is None:
        return None
    exact = expected.dtype.kind in "iub" and received.dtype.kind in "iub"
    got, want = received.astype(np.float64), expected.astype(np.float64)
    bad = (
        _wrong_entries(received, expected)
        if exact
        else _off_entries(got, want, _tolerance(received, precision))
    )
    if not bad.any():
        return None
    nan, infinite = np.isnan(got) & ~np.isnan(want), np.isinf(got) & ~np.isinf(want)
    for strange, name in ((nan, "NaN (not a number)"), (infinite, "infinity")):
        if strange.any():
            place = _place(np.unravel_index(np.argmax(strange), got.shape))
            return Difference("values", f"{_capital(label)} contains {name}{place}.")
    worst = np.unravel_index(np.argmax(np.where(bad, np.abs(got - want), -1.0)), got.shape)
    numbers = _numbers(received[worst], expected[worst])
    if got.ndim == 0:
        name = "It" if label == WHOLE else _capital(label)
        return Difference("values", f"{name} is the wrong number: {numbers}.")
    relation = _relation(got, want, "Your result" if label == WHOLE else f"Your {label}")
    some = "Every entry is" if bad.all() else f"{bad.sum()} of {bad.size} entries are"
    if label != WHOLE and not relation:
        some = some.replace(" is", f" of {label} is").replace(" are", f" of {label} are")
    return Difference("values", f"{relation}{some} off; the worst{_place(worst)}: {numbers}.")


def _tolerance(received, precision):
    own = received.dtype.name if received.dtype.kind == "f" else "float64"
    return max(TOLERANCE.get(own, 1e-7), TOLERANCE[precision])


def _wrong_entries(received, expected):
    return received != expected


def _off_entries(got, want, tolerance):
    scale = np.max(np.abs(want), initial=0.0, where=np.isfinite(want))
    with np.errstate(invalid="ignore"):
        near = np.abs(got - want) <= tolerance * (np.abs(want) + 0.01 * scale)
    return ~(near | (got == want) | (np.isnan(got) & np.isnan(want)))


def _relation(got, want, name):
    """Sentence on a simple relation of all of an array, called `name`, to the correct one, or ""."""
    with np.errstate(all="ignore"):
        used = np.abs(want) > 1e-9 * np.max(np.abs(want), initial=0.0)
        if np.count_nonzero(used) > 1 and np.allclose(got[~used], 0.0, atol=1e-9):
            ratio = got[used] / want[used]
            if np.allclose(ratio, ratio[0], rtol=1e-5) and abs(ratio[0]) > 1e-9:
                if np.isclose(ratio[0], -1.0):
                    return f"{name} is the correct one with the opposite sign. "
                if abs(ratio[0] - 1) > 1e-4:
                    return f"{name} is {_number(ratio[0])} times the correct one. "
        if got.size > 1 and np.allclose(got - want, (got - want).flat[0], rtol=1e-5, atol=1e-9):
            return f"{name} is the correct one plus {_number((got - want).flat[0])} everywhere. "
        if np.allclose(got, np.abs(want)) and not np.allclose(got, want):
            return f"{name} is the absolute value of the correct one. "
    if got.ndim == 2 and got.shape[0] == got.shape[1] and np.allclose(got, want.T):
        return f"{name} is the correct one with rows and columns swapped. "
    for digits in range(1, 7):
        if np.array_equal(got, np.round(want, digits)):
            return f"{name} is rounded to {digits} {'digit' if digits == 1 else 'digits'}. "
    return ""


def _place(index):
    return f" at [{', '.join(str(int(i)) for i in index)}]" if len(index) else ""


def _numbers(got, want):
    """Both numbers with as many digits as it takes to tell them apart; whole numbers in full."""
    texts = [(str(got), str(want))] if got.dtype.kind in "iu" and want.dtype.kind in "iu" else []
    texts += [(f"{got:.{digits}g}", f"{want:.{digits}g}") for digits in (5, 9, 17)]
    got, want = next(pair for pair in texts if pair[0] != pair[1])
    return f"received {got}, correct is {want}"


def _number(value):
    return f"{value:.5g}"


def _capital(text):
    return text[0].upper() + text[1:]
