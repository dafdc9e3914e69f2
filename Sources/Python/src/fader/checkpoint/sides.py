"""Section ``schema`` of a bundle: how the features of a request become numbers.

The section has a side for ``item``, ``user`` and ``context`` each::

    {"numbers": [{"name", "normaliser": {"log", "lower", "upper", "shift", "scale"}, "indicator"}],
     "ranks": [{"name", "indicator"}], "shares": ["shop"],
     "categoricals": [{"name", "dimension", "vocabulary": {"values": [...]} | {"buckets": b}}],
     "bags": [... as categoricals ...], "includes_id": false}

beside ``columns``, ``[{"feature", "kind": "number" | "flag" | "group"}]``, which rules read raw, and
``feedback``, the names of the evaluators' heads. Inputs of a side stand in this order:

1. for each number ``(clamp(f(x), lower, upper) - shift) / scale`` in float64, f the identity or
   ``sign(x) log(1 + |x|)``, or with ``"logit": true`` in the normaliser ``log(x / (1 - x))`` of x
   within 0.0001 of 0 and 1; 0 where it is missing. Where ``indicator`` is true a further input
   follows, 1 where it is missing.
2. for each rank the place of the number among the candidates', 0 for the largest, 1 for the
   smallest, ties their mean, .5 when missing or alone; then its indicator as above.
3. for each share the part of the candidates that have the same value, itself among them.
4. for each categorical a row of its table: 2 + place in ``values``, 0 for an unknown value, 1 for a
   missing one; with ``buckets`` 2 + hash % buckets.
5. for each bag the mean of the rows of all its values, row 1 when it has none.

Features of a request are read as logs are: null is absent, a whole number of magnitude 9.0e15 or
more is a text of its digits, and the numbers of an array with fractions are features ``name.0``,
``name.1`` and so on. Texts are equal when Unicode says so (NFC).
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Union

import numpy as np
from numpy.typing import NDArray

from fader.errors import InputError

Array = NDArray[np.float32]
F = np.float32
Value = Union[float, bool, str, list[str]]
Features = dict[str, Value]

WIDE = 9.0e15
LARGEST = 1e30
UNKNOWN_ROW, MISSING_ROW = 0, 1
_MASK = 0xFFFF_FFFF_FFFF_FFFF


def text_form(text: str) -> str:
    """The form in which equal texts have equal characters."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def read_features(json: Any, where: str) -> Features:
    """Features as requests and logs write them: an object or a list of ``{"name", "value"}``."""
    if json is None:
        return {}
    if isinstance(json, dict):
        pairs = list(json.items())
    elif isinstance(json, list):
        try:
            pairs = [(pair["name"], pair["value"]) for pair in json]
        except (TypeError, KeyError):
            raise InputError(where, 'pairs of "name" and "value"', "another value") from None
    else:
        raise InputError(where, "an object of features", type(json).__name__)
    features: Features = {}
    for name, raw in pairs:
        _set(features, text_form(str(name)), raw, f"{where}/{name}")
    return features


def _set(features: Features, name: str, raw: Any, where: str) -> None:
    if isinstance(raw, list) and raw and all(_is_number(value) for value in raw):
        numbers = [float(value) for value in raw]
        if any(not number.is_integer() for number in numbers):
            for place, number in enumerate(numbers):
                features[f"{name}.{place}"] = number
            return
    if raw is None:
        return
    if isinstance(raw, list):
        features[name] = [category(_value(value, where)) for value in raw]
    else:
        features[name] = _value(raw, where)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _value(raw: Any, where: str) -> float | bool | str:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, int):
        return str(raw) if abs(raw) >= WIDE else float(raw)
    if isinstance(raw, (float, str)):
        return raw
    raise InputError(where, "a number, a text, a flag or a list of texts", type(raw).__name__)


def category(value: float | bool | str) -> str:
    """A value as the name of a category: numbers and flags are written out."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < WIDE else repr(value)
    return value


def number(value: Value | None) -> float | None:
    """A value as a number: flags are 0 and 1, texts have none."""
    return float(value) if isinstance(value, (bool, float)) else None


def finite_number(value: Value | None) -> float | None:
    """The same; absurd magnitudes are missing."""
    found = number(value)
    return found if found is not None and abs(found) <= LARGEST else None


def groups(values: Sequence[Value | None]) -> list[int]:
    """Numbers of the distinct values, from 0 in order of appearance; a missing one is alone: [M]."""
    known: dict[str, int] = {}
    result = []
    count = 0
    for value in values:
        if value is None:
            result.append(count)
            count += 1
            continue
        # The separator is a control character that no name holds.
        key = text_form("\x1f".join(value) if isinstance(value, list) else category(value))
        if key not in known:
            known[key] = count
            count += 1
        result.append(known[key])
    return result


def ranks(values: Sequence[float | None]) -> Array:
    """Ranks from 0, the largest, to 1: [M]; see the top of this module."""
    result = np.full(len(values), 0.5, np.float32)
    present = sorted((-v, i) for i, v in enumerate(values) if v is not None)
    if len(present) < 2:
        return result
    start = 0
    while start < len(present):
        end = start + 1
        while end < len(present) and present[end][0] == present[start][0]:
            end += 1
        rank = np.float32(start + end - 1) / np.float32(2 * (len(present) - 1))
        for _, index in present[start:end]:
            result[index] = rank
        start = end
    return result


def fingerprint(text: str) -> int:
    """The hash behind ``buckets``: FNV-1a over UTF-8 and a byte 255, then SplitMix64's finaliser."""
    state = 0xCBF2_9CE4_8422_2325
    for byte in [*text.encode(), 0xFF]:
        state = ((state ^ byte) * 0x100_0000_01B3) & _MASK
    return scramble(state)


def scramble(z: int) -> int:
    """SplitMix64's finaliser, of 64 bits."""
    z = ((z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9) & _MASK
    z = ((z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB) & _MASK
    return z ^ (z >> 31)


@dataclass(frozen=True)
class EncodedSide:
    """One side of a request as numbers.

    Attributes:
        numbers: ``[rows, inputs]``.
        indices: rows of the categoricals' tables, ``[rows, categoricals]``.
        bags: rows of the bags' tables, ``[bag][row]`` a list each.
    """

    numbers: Array
    indices: NDArray[np.int64]
    bags: list[list[list[int]]]

    def selecting(self, rows: Sequence[int]) -> EncodedSide:
        """These rows, in this order."""
        return EncodedSide(
            self.numbers[rows], self.indices[rows], [[bag[r] for r in rows] for bag in self.bags]
        )


class Side:
    """One side of the schema, ready to encode."""

    def __init__(self, section: dict[str, Any]) -> None:
        self.section = section
        self.categoricals = [field["name"] for field in section["categoricals"]]
        self.bags = [field["name"] for field in section["bags"]]
        self._lookups = {
            id(field): {
                text_form(value): 2 + place
                for place, value in reversed(list(enumerate(field["vocabulary"]["values"])))
            }
            for field in [*section["categoricals"], *section["bags"]]
        }

    def encode(
        self, rows: Sequence[Features], ids: Sequence[str], compares: bool = True
    ) -> EncodedSide:
        """Rows of features, and the ids of what they belong to, as numbers.

        Args:
            compares: false leaves ranks, their indicators and shares at 0.
        """
        inputs: list[Array] = []

        def indicator(values: Sequence[float | None], wanted: bool) -> None:
            if wanted:
                inputs.append(np.array([value is None for value in values], np.float32))

        for field in self.section["numbers"]:
            values = [finite_number(row.get(text_form(field["name"]))) for row in rows]
            inputs.append(np.array([_normalised(v, field["normaliser"]) for v in values], np.float32))
            indicator(values, field["indicator"])
        for field in self.section["ranks"]:
            values = [finite_number(row.get(text_form(field["name"]))) for row in rows]
            inputs.append(ranks(values) if compares else np.zeros(len(rows), F))
            indicator(values if compares else [0.0] * len(rows), field["indicator"])
        for name in self.section["shares"]:
            numbers = groups([row.get(text_form(name)) for row in rows])
            inputs.append(_shares(numbers) if compares else np.zeros(len(rows), F))
        indices = [
            [self._single(field, row, id_) for row, id_ in zip(rows, ids)]
            for field in self.section["categoricals"]
        ]
        bags = [[self._bag(field, row) for row in rows] for field in self.section["bags"]]
        return EncodedSide(
            np.stack(inputs, 1) if inputs else np.zeros((len(rows), 0), np.float32),
            np.array(indices, np.int64).reshape(len(indices), len(rows)).T,
            bags,
        )

    def _row(self, field: dict[str, Any], value: float | bool | str) -> int:
        buckets = field["vocabulary"].get("buckets")
        if buckets:
            return 2 + fingerprint(category(value)) % int(buckets)
        return self._lookups[id(field)].get(text_form(category(value)), UNKNOWN_ROW)

    def _single(self, field: dict[str, Any], row: Features, id_: str) -> int:
        if field["name"] == "id" and self.section["includes_id"]:
            return self._row(field, id_)
        value = row.get(text_form(field["name"]))
        if isinstance(value, list):
            return self._row(field, value[0]) if value else MISSING_ROW
        return MISSING_ROW if value is None else self._row(field, value)

    def _bag(self, field: dict[str, Any], row: Features) -> list[int]:
        value = row.get(text_form(field["name"]))
        if value is None:
            return [MISSING_ROW]
        values = value if isinstance(value, list) else [value]
        return [self._row(field, one) for one in values] or [MISSING_ROW]


def _normalised(value: float | None, normaliser: dict[str, Any]) -> float:
    if value is None:
        return 0.0
    if normaliser.get("logit"):
        chance = min(max(value, 1e-4), 1 - 1e-4)
        raw = math.log(chance / (1 - chance))
    else:
        raw = math.copysign(math.log1p(abs(value)), value) if normaliser["log"] else value
    clamped = min(max(raw, normaliser["lower"]), normaliser["upper"])
    z = (clamped - normaliser["shift"]) / normaliser["scale"]
    return float(min(max(z, -LARGEST), LARGEST))


def _shares(numbers: Sequence[int]) -> Array:
    sizes = np.bincount(np.array(numbers, np.int64)) if numbers else np.zeros(0, np.int64)
    return np.array(
        [np.float32(sizes[g]) / np.float32(len(numbers)) for g in numbers], np.float32
    )


def column(kind: str, feature: str, items: Sequence[Features]) -> Array:
    """A raw feature as rules read it: [M].

    ``number``: 0 when it is none; ``flag``: 1 above 0; ``group``: a number for each distinct value.
    """
    values = [item.get(text_form(feature)) for item in items]
    if kind == "group":
        return np.array(groups(values), np.float32)
    numbers = np.array([number(value) or 0.0 for value in values], np.float64)
    return (numbers > 0).astype(np.float32) if kind == "flag" else numbers.astype(np.float32)
