"""Times of events, as microseconds since 1970-01-01 UTC.

Numbers count in the unit that their size tells, as ``fader ingest`` reads them: seconds below 1e11,
milliseconds from there, microseconds from 1e14, nanoseconds from 1e17. Texts are ISO 8601 with their
zone, or such a number.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from decimal import Decimal

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
#: Seconds: 2000-01-01, before which clocks were never set, and the year 5138, from which on a number
#: is one of a smaller unit.
EARLIEST, LATEST = 946_684_800, 100_000_000_000
EXPECTED = "a time from the year 2000 on: seconds, ms, us or ns since 1970, or ISO 8601 with its zone"
_UNITS = ((10**11, 1_000_000), (10**14, 1_000), (10**17, 1))
_NUMBER = re.compile(r"\d+(\.\d+)?\Z")
_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:[.,](\d+))?\s*(Z|z|UTC|[+-]\d\d(?::?\d\d)?)?\Z"
)


def microseconds_of_number(value: int | float | Decimal) -> int | None:
    """A number of any unit as microseconds; none for a time before 2000 or after the year 5138."""
    if value != value:
        return None
    exact = Decimal(value)
    for limit, factor in _UNITS:
        if abs(exact) < limit:
            return _plausible(int((exact * factor).to_integral_value()))
    if abs(exact) < 10**20:
        return _plausible(int(exact) // 1_000)
    return None


def microseconds_of_text(text: str) -> int | None:
    """A text as microseconds; none where it is no time or names no zone."""
    text = text.strip()
    if len(text) <= 24 and _NUMBER.match(text):
        return microseconds_of_number(Decimal(text))
    match = _ISO.match(text)
    if match is None or match[4] is None:
        return None
    day, clock, fraction, zone = match.groups()
    try:
        moment = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=_zone(zone))
    except ValueError:
        return None
    micro = int((fraction or "0").ljust(6, "0")[:6])
    return _plausible((moment - _EPOCH) // timedelta(microseconds=1) + micro)


def _zone(text: str) -> timezone:
    if text.upper() in ("Z", "UTC"):
        return timezone.utc
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)


def _plausible(micro: int) -> int | None:
    return micro if EARLIEST * 1_000_000 <= micro < LATEST * 1_000_000 else None


def seconds_text(micro: int) -> str:
    """Microseconds as the number of seconds that an event holds: ``1767607200.25``."""
    whole, rest = divmod(micro, 1_000_000)
    return f"{whole}.{rest:06d}".rstrip("0") if rest else str(whole)
