"""What an ONNX file stores under a name, without the package onnx: the few fields of its protobuf form that this takes.

Fields are those of onnx.proto: a model's graph is field 7, a graph's initializers are field 5; of a tensor, 1 is its
shape, 4 and 5 are single floats and whole numbers, 8 is its name and 9 its bytes.
"""

import struct
from collections.abc import Iterator

GRAPH, INITIALIZER = 7, 5
SHAPE, FLOATS, WHOLE, NAME, RAW = 1, 4, 5, 8, 9
Tensor = dict[int, list[int | memoryview]]


def varint(data: memoryview, at: int) -> tuple[int, int]:
    """A whole number of seven bits a byte, and where it ends."""
    value = shift = 0
    while True:
        byte = data[at]
        value, at, shift = value | (byte & 127) << shift, at + 1, shift + 7
        if byte < 128:
            return value, at


def fields(data: memoryview) -> Iterator[tuple[int, int | memoryview]]:
    """The numbers and contents of a message's fields; raises ValueError for a kind that ONNX does not use."""
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        kind = key & 7
        if kind == 0:
            value, at = varint(data, at)
            yield key >> 3, value
            continue
        size, at = varint(data, at) if kind == 2 else ({1: 8, 5: 4}.get(kind, -1), at)
        if size < 0:
            raise ValueError(f"field {key >> 3} is of kind {kind}")
        yield key >> 3, data[at : at + size]
        at += size


def tensors(model: bytes) -> dict[str, Tensor]:
    """The stored tensors of a model, by name, as the contents of their fields."""
    found: dict[str, Tensor] = {}
    for number, graph in fields(memoryview(model)):
        if number != GRAPH or isinstance(graph, int):
            continue
        for part, tensor in fields(graph):
            if part != INITIALIZER or isinstance(tensor, int):
                continue
            own: Tensor = {}
            for name, value in fields(tensor):
                own.setdefault(name, []).append(value)
            (title,) = own[NAME]
            assert isinstance(title, memoryview)
            found[bytes(title).decode()] = own
    return found


def raw(tensor: Tensor) -> memoryview:
    """The bytes of a tensor of many values."""
    (value,) = tensor[RAW]
    assert isinstance(value, memoryview)
    return value


def number(tensor: Tensor) -> float:
    """The value of a tensor of one number, float or whole."""
    (value,) = tensor.get(FLOATS) or tensor[WHOLE]
    if isinstance(value, int):
        return float(value)
    if FLOATS in tensor:
        (single,) = struct.unpack("<f", value)
        return float(single)
    return float(varint(value, 0)[0])
