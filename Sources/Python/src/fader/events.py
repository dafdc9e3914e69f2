"""Events as ``fader ingest`` reads them: JSON Lines, sorted by time, gzip when the name ends in .gz.

::

    {"event":"user","user":"u1","timestamp":1767607200,"fields":{"age_group":"25-34"}}
    {"event":"ranking","id":"r1","timestamp":1767607200,"user":"u1","fields":{"device":"app"},
     "items":[{"id":"a","fields":{"price":9.5},"position":1},{"id":"b","fields":{}}]}
    {"event":"interaction","ranking":"r1","item":"a","type":"click","timestamp":1767607204}

Shown items carry a position from 1 without gaps; candidates that were not shown carry none.
"""

from __future__ import annotations

import gzip
import heapq
import json
import os
import pickle
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from io import BufferedWriter
from pathlib import Path
from typing import IO, Any, cast

from fader.errors import InputError
from fader.times import seconds_text

#: Order of events of one time: what is known of users first, then lists, then what was done with them.
USER, RANKING, INTERACTION = range(3)
#: From here on ``fader ingest`` takes a whole number for an id, a text of its digits.
WIDE = 9_000_000_000_000_000

#: Microseconds, kind, place in the input, line without its end.
Event = tuple[int, int, int, str]

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def text(value: str) -> str:
    """A JSON string."""
    return _encode(value)


def fields_text(fields: Mapping[str, Any]) -> str:
    """Features as a JSON object; what is none is left out."""
    return _encode({name: value for name, value in fields.items() if value is not None})


def user_line(micro: int, user: str, fields: str) -> str:
    """``fields`` is the text of a JSON object, here and below."""
    stamp = seconds_text(micro)
    return f'{{"event":"user","user":{text(user)},"timestamp":{stamp},"fields":{fields}}}'


def item_text(
    id_: str, fields: str, position: int | None = None, propensity: float | None = None
) -> str:
    """A candidate of a ranking."""
    place = "" if position is None else f',"position":{position}'
    chance = "" if propensity is None else f',"propensity":{propensity!r}'
    return f'{{"id":{text(id_)},"fields":{fields}{place}{chance}}}'


def ranking_line(
    micro: int, id_: str, items: Iterable[str], user: str | None = None, fields: str = "{}"
) -> str:
    """``items`` are texts as ``item_text`` gives them."""
    who = "" if user is None else f',"user":{text(user)}'
    return (
        f'{{"event":"ranking","id":{text(id_)},"timestamp":{seconds_text(micro)}{who},'
        f'"fields":{fields},"items":[{",".join(items)}]}}'
    )


def interaction_line(
    micro: int, ranking: str, item: str, type_: str, value: float | None = None
) -> str:
    amount = "" if value is None else f',"value":{number_text(value)}'
    return (
        f'{{"event":"interaction","ranking":{text(ranking)},"item":{text(item)},'
        f'"type":{text(type_)},"timestamp":{seconds_text(micro)}{amount}}}'
    )


def number_text(value: float) -> str:
    """A finite number, whole ones without a fraction."""
    return str(int(value)) if float(value).is_integer() and abs(value) < WIDE else repr(float(value))


class EventSorter:
    """Takes events in any order and gives them by time, in bounded memory.

    What is above ``memory`` bytes of text goes, sorted, to files in ``folder``, which are merged.
    """

    def __init__(self, folder: Path, memory: int = 256 << 20) -> None:
        self._folder = folder
        self._memory = memory
        self._events: list[Event] = []
        self._size = 0
        self._runs: list[Path] = []

    def add(self, event: Event) -> None:
        self._events.append(event)
        # A tuple with its numbers is some 200 bytes in memory.
        self._size += len(event[3]) + 200
        if self._size >= self._memory:
            self._spill()

    def _spill(self) -> None:
        self._events.sort()
        path = self._folder / f"run-{len(self._runs)}"
        with path.open("wb") as file:
            for start in range(0, len(self._events), 1000):
                pickle.dump(self._events[start : start + 1000], file)
        self._runs.append(path)
        self._events, self._size = [], 0

    def __iter__(self) -> Iterator[Event]:
        self._events.sort()
        runs = [self._read(path) for path in self._runs]
        return heapq.merge(*runs, iter(self._events))

    @staticmethod
    def _read(path: Path) -> Iterator[Event]:
        with path.open("rb") as file:
            while True:
                try:
                    # Our own file of a moment ago, in a folder that only we may read.
                    yield from pickle.load(file)
                except EOFError:
                    return


@contextmanager
def atomic_file(path: str | Path) -> Iterator[IO[bytes]]:
    """A file that appears under its name when it is whole, and not at all after an error.

    Gzip when the name ends in ``.gz``, with the same bytes for the same content.
    """
    target = Path(path)
    if not target.parent.is_dir():
        raise InputError(str(target), "a file in a folder that is there", "no such folder", "make it")
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise InputError(str(target), "a file that can be written", error.strerror or "") from None
    try:
        with os.fdopen(handle, "wb") as file:
            if target.name.endswith(".gz"):
                with gzip.GzipFile("", "wb", 6, file, mtime=0) as packed:
                    buffered = BufferedWriter(cast(Any, packed), 1 << 20)
                    yield cast(IO[bytes], buffered)
                    buffered.flush()
            else:
                yield file
            file.flush()
            os.fsync(file.fileno())
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(name, 0o666 & ~mask)
        os.replace(name, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


@contextmanager
def scratch_folder(out: str | Path) -> Iterator[Path]:
    """A folder for temporary files beside ``out``, where there is room for it; gone afterwards."""
    parent = Path(out).parent
    if not parent.is_dir():
        raise InputError(str(out), "a file in a folder that is there", "no such folder", "make it")
    with tempfile.TemporaryDirectory(dir=parent, prefix=".fader-") as name:
        yield Path(name)


def write_events(out: str | Path, events: Iterable[Event]) -> int:
    """Writes events in their order to a file; returns how many."""
    count = 0
    with atomic_file(out) as file:
        for event in events:
            file.write(event[3].encode() + b"\n")
            count += 1
    return count
