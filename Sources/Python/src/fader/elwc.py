"""ELWC, the files of TensorFlow Ranking, as events; read without TensorFlow.

A TFRecord file is records of: 8 bytes, the length as a little-endian integer; 4 bytes, the masked
CRC-32C of these; the data; 4 bytes, the masked CRC-32C of the data. Each record is a protobuf message
``ExampleListWithContext { repeated Example examples = 1; Example context = 2; }``, one query with its
documents; an ``Example`` holds features by name, each a list of bytes, float32 or int64.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np

from fader.errors import InputError, listed, nearest
from fader.graded import Document, FeatureCell, GradedReport, Grading, Query, write_graded
from fader.inputs import opened

_DAMAGED = "the file is damaged or no TFRecord file of ELWC: copy it again"


def events_from_elwc(
    paths: Sequence[str | Path], out: str | Path, *, label: str = "relevance",
    id_feature: str | None = None, query_feature: str | None = None,
    user_feature: str | None = None, grading: Grading | None = None, check: bool = True,
) -> GradedReport:
    """Writes the queries of ELWC files as events.

    Args:
        paths: TFRecord files, plain or gzip.
        label: feature of a document that is its grade; a negative one means that it is not known.
        id_feature: feature of a document that is its id; by default its place in the record.
        query_feature: feature of the context that is the query's id; by default its place in the
            file.
        user_feature: feature of the context that is the user's id.
        grading: how grades become lists and feedback.
        check: whether checksums of the data are held against it, which takes most of the time.
    """
    queries = _queries(paths, label, id_feature, query_feature, user_feature, check)
    return write_graded(out, queries, grading or Grading())


def _queries(
    paths: Sequence[str | Path], label: str, id_feature: str | None, query_feature: str | None,
    user_feature: str | None, check: bool,
) -> Iterator[Query]:
    number = 0
    for path in paths:
        for place, record in enumerate(records(path, check), 1):
            number += 1
            where = f"{path}, record {place}"
            examples, context = example_list(record, where)

            def name(features: dict[str, FeatureCell], key: str | None, where: str = where) -> str | None:
                if key is None:
                    return None
                value = features.pop(key, None)
                if value is None or isinstance(value, list):
                    raise InputError(
                        where, f"one value of the feature {key}", f"only {listed(sorted(features))}",
                        nearest(key, features),
                    )
                return _digits(value)

            if number == 1 and examples and not any(label in features for features in examples):
                raise InputError(
                    where, f"the feature {label} of documents", f"only {listed(sorted(examples[0]))}",
                    nearest(label, examples[0]) or "name the grade (--label)",
                )
            documents = []
            for index, features in enumerate(examples):
                grade = features.pop(label, None)
                if isinstance(grade, (str, list)):
                    raise InputError(where, f"one number as {label}", repr(grade)[:60])
                id_ = name(features, id_feature) or str(index + 1)
                known = float(grade) if grade is not None and grade >= 0 else None
                documents.append(Document(id_, known, features))
            query = name(context, query_feature) or str(number)
            yield Query(query, documents, context, name(context, user_feature))


def _digits(value: float | int | str) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def records(path: str | Path, check: bool = True) -> Iterator[bytes]:
    """The records of a TFRecord file.

    Raises:
        InputError: the file is cut off, or a checksum does not fit.
    """
    with opened(path) as stream:
        place = 0
        while head := stream.read(12):
            place += 1
            where = f"{path}, record {place}"
            if len(head) < 12 or masked_crc(head[:8]) != struct.unpack("<I", head[8:])[0]:
                raise InputError(where, "a length that fits its checksum", "other bytes", _DAMAGED)
            length = struct.unpack("<Q", head[:8])[0]
            data, tail = stream.read(length), stream.read(4)
            if len(data) < length or len(tail) < 4:
                raise InputError(where, f"{length} bytes of data", f"{len(data)}", _DAMAGED)
            if check and masked_crc(data) != struct.unpack("<I", tail)[0]:
                raise InputError(where, "data that fit their checksum", "other bytes", _DAMAGED)
            yield data


def _table() -> list[int]:
    table = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0x82F6_3B78 if byte & 1 else 0)
        table.append(byte)
    return table


_CRC = _table()


def masked_crc(data: bytes) -> int:
    """CRC-32C (Castagnoli), turned by 15 bits and moved by a constant, as TFRecord has it."""
    crc, table = 0xFFFF_FFFF, _CRC
    for byte in data:
        crc = table[(crc ^ byte) & 0xFF] ^ crc >> 8
    crc ^= 0xFFFF_FFFF
    return (((crc >> 15 | crc << 17) & 0xFFFF_FFFF) + 0xA282_EAD8) & 0xFFFF_FFFF


def example_list(
    record: bytes, where: str
) -> tuple[list[dict[str, FeatureCell]], dict[str, FeatureCell]]:
    """Documents and context of an ``ExampleListWithContext``, each as features by name."""
    try:
        examples, context = [], {}
        for number, value in _fields(record):
            if number == 1:
                examples.append(_example(value))
            elif number == 2:
                context = _example(value)
        return examples, context
    except (IndexError, struct.error, UnicodeDecodeError, TypeError, ValueError):
        raise InputError(where, "an ExampleListWithContext", "other bytes", _DAMAGED) from None


def _example(message: bytes) -> dict[str, FeatureCell]:
    """Example { Features features = 1 { map<string, Feature> feature = 1 } }."""
    features: dict[str, FeatureCell] = {}
    for number, inner in _fields(message):
        if number != 1:
            continue
        for place, entry in _fields(inner):
            if place != 1:
                continue
            pair: dict[int, Any] = dict(_fields(entry))
            value = _feature(pair.get(2, b""))
            if value is not None:
                features[bytes(pair.get(1, b"")).decode()] = value
    return features


def _feature(message: bytes) -> FeatureCell | None:
    """Feature { oneof: BytesList = 1, FloatList = 2, Int64List = 3 }, each ``repeated value = 1``."""
    for kind, inner in _fields(message):
        values: list[Any] = []
        for _, value in _fields(inner):
            if kind == 1:
                values.append(bytes(value).decode())
            elif kind == 2:
                # The shortest text that is this float32: 0.1, not 0.10000000149011612.
                values += [float(str(v)) for v in np.frombuffer(value, "<f4")]
            elif isinstance(value, int):
                values.append(_signed(value))
            else:
                values += [_signed(v) for v in _varints(value)]
        if not values:
            return None
        if len(values) == 1:
            return cast(FeatureCell, values[0])
        # Several whole numbers are categories, and long ones among them ids.
        return [str(v) for v in values] if kind == 3 else values
    return None


def _signed(value: int) -> int:
    return value - (1 << 64) if value >> 63 else value


def _varint(data: bytes, at: int) -> tuple[int, int]:
    result = shift = 0
    while True:
        byte = data[at]
        at += 1
        result |= (byte & 0x7F) << shift
        if byte < 0x80:
            return result & 0xFFFF_FFFF_FFFF_FFFF, at
        shift += 7
        if shift > 63:
            raise ValueError("a number of more than 64 bits")


def _varints(data: bytes) -> Iterator[int]:
    at = 0
    while at < len(data):
        value, at = _varint(data, at)
        yield value


def _fields(data: bytes) -> Iterator[tuple[int, Any]]:
    """Number and value of each field of a message: numbers, or bytes still to be read."""
    at = 0
    while at < len(data):
        tag, at = _varint(data, at)
        kind = tag & 7
        if kind == 0:
            value, at = _varint(data, at)
            yield tag >> 3, value
            continue
        if kind == 2:
            size, at = _varint(data, at)
        elif kind in (1, 5):
            size = 8 if kind == 1 else 4
        else:
            raise ValueError(f"a field of the kind {kind}")
        if at + size > len(data):
            raise ValueError("a field that is cut off")
        yield tag >> 3, data[at : at + size]
        at += size
