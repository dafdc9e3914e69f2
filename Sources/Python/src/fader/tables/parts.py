"""Parts of two tables that fit into memory, and the events that they hold."""

from __future__ import annotations

import os
import zlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.ipc
from numpy.typing import NDArray

from fader.errors import InputError
from fader.events import (
    INTERACTION, RANKING, USER, EventSorter, interaction_line, item_text, ranking_line, user_line,
)
from fader.tables.report import Report
from fader.tables.values import fragments


class Parts:
    """Rows of both tables, dealt out by a key: in memory when there is one part, else on the disk."""

    def __init__(self, folder: Path, count: int) -> None:
        self._folder = folder
        self._count = count
        self._held: tuple[list[Any], list[Any]] = ([], [])
        # Files of one table may differ in types that go together, as whole numbers and numbers do.
        self._schemas: tuple[list[Any], list[Any]] = ([], [])
        self._writers: dict[tuple[int, int, int], Any] = {}

    def add(self, table: int, rows: Any, key: str, name: str) -> None:
        """Takes rows of impressions (table 0) or interactions (1)."""
        schemas = self._schemas[table]
        if rows.schema not in schemas:
            schemas.append(rows.schema)
            try:
                pa.unify_schemas(schemas, promote_options="permissive")
            except pa.ArrowException as error:
                raise InputError(
                    name, "columns of the same type in all files", str(error),
                    "export all of them with one schema",
                ) from None
        version = schemas.index(rows.schema)
        if self._count == 1:
            self._held[table].append(rows)
            return
        parts = part_of(rows[key], self._count)
        for part in np.unique(parts):
            chosen = rows.filter(pa.array(parts == part))
            self._writer(table, int(part), version).write_table(chosen)

    def _writer(self, table: int, part: int, version: int) -> Any:
        key = (table, part, version)
        if key not in self._writers:
            self._writers[key] = pa.ipc.new_stream(self._path(key), self._schemas[table][version])
        return self._writers[key]

    def _path(self, key: tuple[int, int, int]) -> str:
        return str(self._folder / "part-{}-{}-{}".format(*key))

    def read(self) -> Iterator[tuple[Any, Any]]:
        """Impressions and interactions of each part; none where there are no interactions."""
        for writer in self._writers.values():
            writer.close()
        for part in range(self._count):
            yield self._table(0, part), self._table(1, part)

    def _table(self, table: int, part: int) -> Any:
        if not self._schemas[table]:
            return None
        found = list(self._held[table])
        self._held[table].clear()
        for key in [(table, part, version) for version in range(len(self._schemas[table]))]:
            if key in self._writers:
                with pa.ipc.open_stream(self._path(key)) as stream:
                    found.append(stream.read_all())
                os.unlink(self._path(key))
        found.append(self._schemas[table][0].empty_table())
        try:
            rows = pa.concat_tables(found, promote_options="permissive")
        except pa.ArrowException as error:
            raise InputError(
                "the files of a table", "columns of types that go together", str(error),
                "export all of them with one schema; ids as texts",
            ) from None
        return rows.sort_by("row") if len(self._schemas[table]) > 1 else rows


def part_of(keys: Any, count: int) -> NDArray[np.int64]:
    """Which part each key belongs to; keys that are none belong to the first's."""
    encoded = keys.combine_chunks().dictionary_encode()
    hashes = [zlib.crc32(key.encode()) % count for key in encoded.dictionary.to_pylist()]
    places = encoded.indices.fill_null(0).to_numpy(zero_copy_only=False)
    found: NDArray[np.int64] = np.array(hashes or [0], np.int64)[places]
    return found


@dataclass(frozen=True)
class Shape:
    """What both tables have in common, for all parts.

    Attributes:
        features: side, name and column of each feature.
        wide: ``side.name`` of the features whose whole numbers are written as texts.
        by_user: interactions name no ranking.
        window: microseconds.
        ordered: places are those of the rows.
    """

    features: Sequence[tuple[str, str, str]]
    wide: frozenset[str]
    by_user: bool
    window: int
    ordered: bool


@dataclass(frozen=True)
class Shown:
    """What interactions need to know of a ranking."""

    time: int
    items: frozenset[str]


class Part:
    """One part as events."""

    def __init__(self, rows: Any, actions: Any, shape: Shape, report: Report) -> None:
        self._shape = shape
        self._report = report
        self._actions = actions
        rows = pa.table({}) if rows is None else rows
        self._count = len(rows)
        if not self._count:
            return
        self._ranking = rows["ranking"].to_pylist()
        self._item = rows["item"].to_pylist()
        self._user = rows["user"].to_pylist()
        self._time = rows["time"].to_pylist()
        self._row = rows["row"].to_pylist()
        self._position = rows["position"].to_pylist()
        self._propensity = rows["propensity"].to_pylist()
        self._fields = {
            side: [
                (name, fragments(rows[f"{side}.{name}"], name, f"{side}.{name}" in shape.wide))
                for own, name, _ in shape.features if own == side
            ]
            for side in ("item", "context", "user")
        }

    def write(self, sorter: EventSorter) -> None:
        """Gives the events of the part to a sorter."""
        lists: dict[str, list[int]] = defaultdict(list)
        for index in range(self._count):
            lists[self._ranking[index]].append(index)
        shown: dict[str, Shown] = {}
        seen: dict[tuple[str | None, str], list[tuple[int, str]]] = defaultdict(list)
        for ranking, indices in lists.items():
            found = self._write_ranking(ranking, indices, sorter)
            if found is None:
                continue
            shown[ranking] = found
            if self._shape.by_user:
                for item in found.items:
                    seen[self._user[indices[0]], item].append((found.time, ranking))
        if self._actions is not None:
            for times in seen.values():
                times.sort()
            self._write_actions(shown, seen, sorter)

    def _lose(self, reason: str, ranking: str) -> None:
        Report.add(self._report.lost_rankings, reason, example=f"ranking {ranking}")

    def _write_ranking(self, ranking: str, all_: list[int], sorter: EventSorter) -> Shown | None:
        report = self._report
        if len({self._user[i] for i in all_}) > 1:
            self._lose("whose rows name several users", ranking)
            return None
        indices = self._distinct(ranking, all_)
        order = self._order(ranking, indices)
        if order is None:
            return None
        micro = min(self._time[i] for i in indices)
        if any(self._time[i] != micro for i in indices):
            Report.add(report.notes, "rankings whose rows differ in time: the earliest was taken")
        place = {index: number + 1 for number, index in enumerate(order)}
        items = [
            item_text(
                self._item[i], self._fields_text("item", i), place.get(i), self._propensity[i]
            )
            for i in indices
        ]
        first, user = indices[0], self._user[indices[0]]
        for name, cells in self._fields["context"] + self._fields["user"]:
            if any(cells[i] != cells[first] for i in indices):
                reason = f"rankings whose rows differ in {name}: the first was taken"
                Report.add(report.notes, reason, example=f"ranking {ranking}")
        if self._fields["user"] and user is not None:
            line = user_line(micro, user, self._fields_text("user", first))
            sorter.add((micro, USER, self._row[first], line))
        line = ranking_line(micro, ranking, items, user, self._fields_text("context", first))
        sorter.add((micro, RANKING, self._row[first], line))
        report.rankings += 1
        report.items += len(items)
        return Shown(micro, frozenset(self._item[i] for i in order))

    def _fields_text(self, side: str, index: int) -> str:
        cells = (cells[index] for _, cells in self._fields[side])
        return "{" + ",".join(cell for cell in cells if cell is not None) + "}"

    def _distinct(self, ranking: str, indices: list[int]) -> list[int]:
        """The first row of each item."""
        rows: dict[str, int] = {}
        for i in indices:
            first = rows.setdefault(self._item[i], i)
            if first == i:
                continue
            same = (
                (self._shape.ordered or self._position[i] == self._position[first])
                and self._time[i] == self._time[first]
                and self._fields_text("item", i) == self._fields_text("item", first)
            )
            reason = (
                "rows that stand twice" if same
                else "rows that name an item of their list again with other values: the first was taken"
            )
            Report.add(self._report.notes, reason, example=f"ranking {ranking}, item {self._item[i]}")
        return list(rows.values())

    def _order(self, ranking: str, indices: list[int]) -> list[int] | None:
        """The shown rows from the top of the list down; none where that cannot be told."""
        shown = [i for i in indices if self._position[i] is not None]
        shown.sort(key=lambda i: self._position[i])
        places = [self._position[i] for i in shown]
        if not shown:
            self._lose("without shown items", ranking)
            return None
        if len(set(places)) < len(places):
            self._lose("in which two items share a position", ranking)
            return None
        if not self._shape.ordered and places != list(range(1, len(places) + 1)):
            counted = places == list(range(len(places)))
            reason = (
                "rankings whose positions begin at 0: they were counted from 1" if counted
                else "rankings with gaps in their positions: they were closed"
            )
            Report.add(self._report.notes, reason, example=f"ranking {ranking}")
        return shown

    def _write_actions(
        self, shown: dict[str, Shown], seen: dict[tuple[str | None, str], list[tuple[int, str]]],
        sorter: EventSorter,
    ) -> None:
        actions, report = self._actions, self._report
        cells = [actions[name].to_pylist()
                 for name in ("ranking", "user", "item", "type", "time", "value", "row")]
        known: set[tuple[Any, ...]] = set()
        for ranking, user, item, type_, micro, value, row in zip(*cells):
            amount = None if value is None or not np.isfinite(value) else value
            key = (ranking or user, item, type_, micro, amount)
            if key in known:
                Report.add(report.notes, "interactions that stand twice", example=f"row {row + 1}")
                continue
            known.add(key)
            reason = None
            if self._shape.by_user:
                ranking = self._latest(seen.get((user, item), ()), micro)
                if ranking is None:
                    reason = "with no list of their user that showed the item within the window"
            elif ranking not in shown:
                reason = "with a ranking that impressions do not have"
            elif item not in shown[ranking].items:
                reason = "with an item that was not shown in their ranking"
            elif micro < shown[ranking].time:
                reason = "before their ranking"
            if reason is not None:
                Report.add(report.lost_interactions, reason, example=f"row {row + 1}, item {item}")
                continue
            line = interaction_line(micro, ranking, item, type_, amount)
            sorter.add((micro, INTERACTION, row, line))
            report.interactions += 1
            report.types[type_] = report.types.get(type_, 0) + 1

    def _latest(self, lists: Sequence[tuple[int, str]], micro: int) -> str | None:
        """The last of these lists at a time, within the window."""
        place = bisect_right(lists, micro, key=lambda entry: entry[0])
        if place == 0 or micro - lists[place - 1][0] > self._shape.window:
            return None
        return lists[place - 1][1]
