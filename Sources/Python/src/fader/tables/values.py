"""Arrow columns as ids, times, amounts and features."""

from __future__ import annotations

import math
import uuid
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from fader.errors import InputError
from fader.events import WIDE, fields_text, number_text, text
from fader.times import EARLIEST, LATEST, microseconds_of_text

t = pa.types
#: Beyond it not every whole number is a float64.
EXACT = 2**53
#: A time that is none.
NO_TIME = np.iinfo(np.int64).min


def is_text(type_: Any) -> bool:
    return bool(
        t.is_string(type_) or t.is_large_string(type_)
        or (hasattr(t, "is_string_view") and t.is_string_view(type_))
    )


def ids(column: Any, where: str) -> Any:
    """Ids as Arrow strings, whole numbers by all their digits; nulls and empty texts are null."""
    type_ = column.type
    if t.is_floating(type_):
        column = _whole(column, where)
    elif t.is_decimal(type_) and type_.scale == 0:
        column = pa.array([None if v is None else str(int(v)) for v in column.to_pylist()], pa.string())
    elif t.is_fixed_size_binary(type_) and type_.byte_width == 16:
        values = [None if v is None else str(uuid.UUID(bytes=v)) for v in column.to_pylist()]
        column = pa.array(values, pa.string())
    elif not (is_text(type_) or t.is_integer(type_) or t.is_binary(type_) or t.is_large_binary(type_)
              or t.is_null(type_)):
        nested = t.is_list(type_) or t.is_large_list(type_) or t.is_struct(type_)
        raise InputError(
            where, "ids: texts or whole numbers", f"the type {type_}",
            "write a row for each item: UNNEST, explode" if nested
            else "cast the column to text in the export",
        )
    try:
        strings = pc.cast(column, pa.string())
    except pa.ArrowInvalid as error:
        raise InputError(where, "ids in UTF-8", str(error), "cast the column to text") from None
    return pc.if_else(pc.equal(strings, ""), pa.scalar(None, pa.string()), strings)


def _whole(column: Any, where: str) -> Any:
    numbers = pc.if_else(pc.is_nan(column), pa.scalar(None, column.type), column)
    values = numbers.drop_null().to_numpy(zero_copy_only=False)
    if np.any(np.abs(values) >= EXACT) or np.any(values != np.floor(values)):
        bad = values[(np.abs(values) >= EXACT) | (values != np.floor(values))][0]
        raise InputError(
            where, "ids: texts or whole numbers", f"the type {column.type} with {bad!r}",
            "export the column as text or int64: a float rounds long ids, and pandas makes floats of "
            "whole numbers where some are missing",
        )
    return pc.cast(numbers, pa.int64())


def times(column: Any, where: str, timezone: str | None) -> tuple[NDArray[np.int64], bool]:
    """Microseconds since 1970 UTC, ``NO_TIME`` for what is no time; and whether UTC was assumed."""
    type_ = column.type
    if t.is_null(type_):
        return np.full(len(column), NO_TIME), False
    if t.is_timestamp(type_):
        if type_.tz is None and timezone:
            column = pc.assume_timezone(column, timezone, ambiguous="earliest", nonexistent="earliest")
        counts = column.fill_null(0).cast(pa.int64()).to_numpy(zero_copy_only=False)
        factor = {"s": 1_000_000, "ms": 1_000, "us": 1, "ns": 1}[type_.unit]
        micro = counts // 1_000 if type_.unit == "ns" else _scaled(counts, factor)
        return _checked(micro, column), type_.tz is None and not timezone
    if t.is_decimal(type_):
        column = pc.cast(column, pa.float64())
    elif t.is_unsigned_integer(type_):
        column = pc.cast(column, pa.int64(), safe=False)
    type_ = column.type
    if t.is_integer(type_):
        return _checked(_units(column.fill_null(0).cast(pa.int64()).to_numpy()), column), False
    if t.is_floating(type_):
        values = pc.fill_null(column, 0.0).cast(pa.float64()).to_numpy(zero_copy_only=False)
        return _checked(_float_units(values), column), False
    if is_text(type_):
        return _checked(_text_times(column, timezone), column), False
    raise InputError(
        where, "times: timestamps, numbers since 1970 or texts in ISO 8601", f"the type {type_}",
        "a day alone does not say what came first; export the moment" if t.is_date(type_)
        else "cast the column to a timestamp in the export",
    )


def _scaled(counts: NDArray[np.int64], factor: int) -> NDArray[np.int64]:
    """Products, ``NO_TIME`` where they would leave the range."""
    limit = LATEST * 1_000_000 // factor
    return np.where(np.abs(counts) > limit, NO_TIME, np.where(np.abs(counts) > limit, 0, counts) * factor)


def _units(values: NDArray[np.int64]) -> NDArray[np.int64]:
    size = np.abs(values)
    safe = np.where(size < 10**14, values, 0)
    return np.select(
        [size < 10**11, size < 10**14, size < 10**17],
        [np.where(size < 10**11, safe, 0) * 1_000_000, safe * 1_000, values], values // 1_000,
    )


def _float_units(values: NDArray[np.float64]) -> NDArray[np.int64]:
    sound = np.where(np.isfinite(values) & (np.abs(values) < 1e20), values, 0.0)
    size = np.abs(sound)
    micro = np.select(
        [size < 1e11, size < 1e14, size < 1e17], [sound * 1e6, sound * 1e3, sound], sound / 1e3
    )
    return np.round(micro).astype(np.int64)


def _text_times(column: Any, timezone: str | None) -> NDArray[np.int64]:
    known: dict[str | None, int] = {None: int(NO_TIME)}
    result = np.empty(len(column), np.int64)
    for place, value in enumerate(column.to_pylist()):
        found = known.get(value)
        if found is None:
            micro = microseconds_of_text(value)
            if micro is None and timezone:
                micro = _local(value, timezone)
            found = known[value] = int(NO_TIME) if micro is None else micro
            if len(known) > 1 << 20:
                known = {None: int(NO_TIME)}
        result[place] = found
    return result


def _local(value: str, timezone: str) -> int | None:
    """A time without a zone in the given one."""
    utc = microseconds_of_text(f"{value.strip()}Z")
    if utc is None:
        return None
    naive = pa.array([utc], pa.timestamp("us"))
    moved = pc.assume_timezone(naive, timezone, ambiguous="earliest", nonexistent="earliest")
    return int(moved.cast(pa.int64())[0].as_py())


def _checked(micro: NDArray[np.int64], column: Any) -> NDArray[np.int64]:
    sound = (micro >= EARLIEST * 1_000_000) & (micro < LATEST * 1_000_000)
    missing = column.is_null().to_numpy(zero_copy_only=False)
    return np.where(sound & ~missing, micro, NO_TIME)


def numbers(column: Any, where: str, what: str) -> NDArray[np.float64]:
    """Numbers, NaN for none."""
    type_ = column.type
    if t.is_boolean(type_):
        column = pc.cast(column, pa.int8())
    elif not (t.is_integer(type_) or t.is_floating(type_) or t.is_decimal(type_) or t.is_null(type_)):
        raise InputError(where, what, f"the type {type_}", "cast the column to a number")
    values: NDArray[np.float64] = pc.cast(column, pa.float64(), safe=False).to_numpy(
        zero_copy_only=False
    )
    return values.astype(np.float64)


def feature_kind(type_: Any) -> str | None:
    """How a column becomes a feature: number, wide (whole numbers, perhaps ids), flag, text, list."""
    if t.is_null(type_):
        return "text"
    if t.is_boolean(type_):
        return "flag"
    if t.is_integer(type_):
        return "wide" if type_.bit_width == 64 else "number"
    if t.is_floating(type_) or t.is_decimal(type_):
        return "number"
    if is_text(type_):
        return "text"
    if t.is_list(type_) or t.is_large_list(type_) or t.is_fixed_size_list(type_):
        inner = feature_kind(type_.value_type)
        return "list" if inner in ("number", "wide", "flag", "text") else None
    return None


def largest(column: Any) -> int:
    """The largest magnitude of a column of whole numbers, 0 when it is empty."""
    bounds: dict[str, int | None] = pc.min_max(column).as_py()
    return max(abs(bounds["min"] or 0), abs(bounds["max"] or 0))


def fragments(column: Any, name: str, as_texts: bool) -> list[str | None]:
    """``"name":value`` of each row; none where there is no value.

    Args:
        as_texts: whole numbers become texts of their digits, as ids do.
    """
    if as_texts and t.is_floating(column.type):
        raise InputError(
            f"feature {name}", "whole numbers from 9.0e15 on as such in all files",
            f"the type {column.type} in some", "export the column as text or int64",
        )
    if feature_kind(column.type) == "list":
        return [None if v is None else _list_fragment(name, v, as_texts) for v in column.to_pylist()]
    # Each distinct value once: items come again and again.
    encoded = column.combine_chunks().dictionary_encode()
    known = [*_texts(encoded.dictionary, text(name) + ":", as_texts), None]
    places = encoded.indices.fill_null(len(known) - 1).to_numpy(zero_copy_only=False).tolist()
    return [known[place] for place in places]


def _texts(values: Any, key: str, as_texts: bool) -> list[str | None]:
    """Values that are there, behind their key; none for NaN and infinities."""
    kind = feature_kind(values.type)
    if kind == "flag":
        return [key + ("true" if v else "false") for v in values.to_pylist()]
    if kind == "text":
        return [key + text(v or "") for v in values.to_pylist()]
    if kind == "wide":
        quote = '"' if as_texts else ""
        return [f"{key}{quote}{v}{quote}" for v in values.to_pylist()]
    numbers = values.to_pylist()
    if t.is_float32(values.type) or t.is_float16(values.type):
        # The shortest text of the narrow number: 0.1, not 0.10000000149011612.
        numbers = [float(str(v)) for v in values.to_numpy(zero_copy_only=False)]
    found = (float(v) for v in numbers)
    return [key + number_text(v) if math.isfinite(v) else None for v in found]


def _list_fragment(name: str, values: list[Any], as_texts: bool) -> str | None:
    given = [v for v in values if v is not None and v == v]
    if as_texts or any(isinstance(v, int) and abs(v) >= WIDE for v in given):
        given = [str(v) for v in given]
    if any(isinstance(v, float) and not v.is_integer() for v in given):
        # A vector: missing places would move the others.
        if len(given) < len(values):
            return None
        return fields_text({name: [float(v) for v in given]})[1:-1]
    given = [int(v) if isinstance(v, float) else v for v in given]
    return fields_text({name: given})[1:-1]
