"""Values on a line between two processes: JSON and the raw bytes of arrays, never pickle.

A frame is the lengths of its two parts (8 bytes each, big-endian), the JSON, and the bytes the arrays in it
point into. What the other side sent is data whatever it is: reading it runs no code of its choosing, takes
no more memory than was sent, and anything odd is a `WireError`. Plain values arrive as they are; another
object arrives as an `Opaque` of its type's name, which means the object itself when it is sent back.
"""

import json
import math
import struct
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

HEADER = struct.Struct(">QQ")
LONGEST = 1 << 30
IN_ONE_PIECE = 1 << 16  # bytes of arrays that are copied, so that the other side is woken up once
PLAIN_KINDS = "?biufcSU"
DEPTH = 100
BIT_GENERATORS = ("MT19937", "PCG64", "PCG64DXSM", "Philox", "SFC64")


class WireError(Exception):
    """The other side is gone, or what it sent cannot be read."""


class Opaque:
    """Stands for an object of the other side; its class has the name of that object's class."""

    __slots__ = ("_handle",)


@dataclass(frozen=True)
class Codec:
    """Turns values into JSON and back.

    Attributes:
        records: data classes that are sent field by field, {name: class}.
        keep: called with an object that is no plain data; gives the number it is known by, or None.
        kept: gives the object of this side that a number stands for.
        make: makes what stands for a callable of the other side, from its number and name; without it a
            callable arrives as an `Opaque` that cannot be called.
    """

    records: dict
    keep: Callable
    kept: Callable
    make: Callable | None = None

    def encode(self, value, blobs, depth=0):
        """JSON form of `value`; the bytes of its arrays are appended to `blobs`."""

        def inner(part):
            return self.encode(part, blobs, depth + 1)

        kind = type(value)
        if depth > DEPTH:
            return {"object": "object", "handle": None, "callable": False}
        if value is None or kind in (bool, str):
            return value
        if kind in _PLAIN:
            return {kind.__name__: _PLAIN[kind][0](value)}
        if kind in (tuple, list):
            return {kind.__name__: [inner(item) for item in value]}
        if kind is dict:
            return {"dict": [[inner(key), inner(item)] for key, item in value.items()]}
        if self.records.get(kind.__name__) is kind:
            return {
                "record": kind.__name__,
                "fields": {name: inner(part) for name, part in vars(value).items()},
            }
        if isinstance(value, np.ndarray | np.generic) and _is_plain_array(value):
            is_array = kind is np.ndarray
            order = "F" if is_array and value.flags.fnc and value.ndim > 1 else "C"
            blobs.append(value.tobytes(order))
            form = {"dtype": value.dtype.str, "shape": list(value.shape), "order": order}
            if is_array:
                form["writeable"] = value.flags.writeable
                form["strides"] = None if value.flags.forc or min(value.strides) <= 0 else value.strides
            return {"array" if is_array else "scalar": len(blobs) - 1, **form}
        if isinstance(value, Opaque):
            return {"yours": value._handle}
        if kind is np.random.Generator:
            return {"rng": inner(value.bit_generator.state)}
        return {"object": kind.__name__, "handle": self.keep(value), "callable": callable(value)}

    def decode(self, form, blobs, depth=0):
        """Value of a JSON form, about which nothing is taken for granted."""

        def inner(part):
            return self.decode(part, blobs, depth + 1)

        if form is None or type(form) in (bool, str):
            return form
        if type(form) is not dict or depth > DEPTH + 1:
            raise WireError("a value of no known form")
        for kind, (_, read) in _PLAIN.items():
            if kind.__name__ in form:
                return read(form[kind.__name__])
        for kind in (tuple, list):
            if kind.__name__ in form:
                return kind(map(inner, form[kind.__name__]))
        if "dict" in form:
            return {inner(key): inner(item) for key, item in form["dict"]}
        if "record" in form:
            fields = {name: inner(part) for name, part in form["fields"].items()}
            return self.records[form["record"]](**fields)
        if "array" in form:
            array = _array(form, blobs[form["array"]])
            return _laid_out(array, form) if self.make else array.copy(form["order"])
        if "scalar" in form:
            return _array(form, blobs[form["scalar"]])[()]
        if "yours" in form:
            return self.kept(form["yours"])
        if "rng" in form:
            return _generator(inner(form["rng"]))
        if "object" in form:
            if form["callable"] and self.make:
                return self.make(form["handle"], form["object"])
            opaque = _opaque(str(form["object"]), bool(form["callable"]))()
            opaque._handle = form["handle"]
            return opaque
        raise WireError("a value of no known form")


# Types that JSON lacks or would not keep to the last bit: how each is written and read.
_PLAIN = {
    int: (hex, lambda text: int(text, 16)),
    float: (float.hex, float.fromhex),
    complex: (lambda z: [z.real.hex(), z.imag.hex()], lambda parts: complex(*map(float.fromhex, parts))),
    type(...): (lambda _: True, lambda _: ...),
}


def _is_plain_array(value):
    return value.dtype.kind in PLAIN_KINDS and type(value) in (np.ndarray, value.dtype.type)


def _array(form, data):
    dtype = np.dtype(str(form["dtype"]))
    shape = tuple(form["shape"])
    if dtype.kind not in PLAIN_KINDS or any(type(n) is not int or n < 0 for n in shape):
        raise WireError("an array of no known form")
    if len(data) != math.prod(shape) * dtype.itemsize:
        raise WireError("an array and its bytes do not fit")
    return np.frombuffer(data, dtype, math.prod(shape)).reshape(shape, order=form["order"])


def _laid_out(array, form):
    """Copy of an array of the checks, with the gaps between its numbers and the lock it had there."""
    copy, strides = array.copy(form["order"]), form["strides"]
    if strides:
        span = sum((n - 1) * step for n, step in zip(array.shape, strides, strict=True)) + array.itemsize
        copy = np.ndarray(array.shape, array.dtype, np.zeros(span, np.uint8), 0, strides)
        copy[...] = array
    copy.flags.writeable = form["writeable"]
    return copy


def _generator(state):
    if state["bit_generator"] not in BIT_GENERATORS:
        raise WireError("a random generator of no known form")
    bits = getattr(np.random, state["bit_generator"])()
    bits.state = state
    return np.random.Generator(bits)


def _opaque(name, is_callable):
    name = name if name.isidentifier() and len(name) < 100 else "object"
    body = {"__call__": _refuse} if is_callable else {}
    return type(name, (Opaque,), body)


def _refuse(self, *args, **kwargs):
    raise TypeError("this function lives in another process")


def send(line, form, blobs=()):
    """Send a frame over a socket."""
    text = json.dumps(form).encode()
    lengths = json.dumps([len(blob) for blob in blobs]).encode()
    head, body = lengths + b"\n" + text, sum(map(len, blobs))
    parts = [HEADER.pack(len(head), body) + head, *blobs]
    if body <= IN_ONE_PIECE:
        parts = [b"".join(parts)]
    try:
        for part in parts:
            line.sendall(part)
    except OSError as error:
        raise WireError("the other side is gone") from error


def receive(line):
    """Next frame of a socket, (form, blobs); None when the other side says it is done."""
    head, body = HEADER.unpack(_exactly(line, HEADER.size))
    if not head:
        return None
    if head + body > LONGEST:
        raise WireError(f"{head + body} bytes are too many")
    head, body = _exactly(line, head), memoryview(_exactly(line, body))
    try:
        lengths, text = head.split(b"\n", 1)
        blobs, start = [], 0
        for length in json.loads(lengths):
            blobs.append(body[start : start + length])
            start += length
        return json.loads(text), blobs
    except (ValueError, TypeError, RecursionError) as error:
        raise WireError("a frame of no known form") from error


def _exactly(line, count):
    data = bytearray()
    while len(data) < count:
        try:
            part = line.recv(min(count - len(data), 1 << 20))
        except OSError as error:
            raise WireError("the other side is gone") from error
        if not part:
            raise WireError("the other side is gone")
        data += part
    return data
