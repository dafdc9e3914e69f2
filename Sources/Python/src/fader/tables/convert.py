"""From two tables to a file of events, in bounded memory.

Rows are dealt out by their ranking (or, where interactions name none, by their user) to parts that fit
into memory; a part is then made into events, and the events of all parts are merged by time. Small
tables are one part and never touch the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from fader.errors import InputError
from fader.events import USER, Event, EventSorter, scratch_folder, write_events
from fader.tables import columns as names
from fader.tables.columns import FeatureColumns, Mapping
from fader.tables.parts import Part, Parts, Shape
from fader.tables.report import Report
from fader.tables.sources import Source, Table, batches, open_table
from fader.tables.values import NO_TIME, feature_kind, ids, largest, numbers, times

#: Each part of both tables is an open file, and 1,024 of these are often all that a process may have.
MOST_PARTS = 128


def events_from_tables(
    impressions: Source, interactions: Source | None, out: str | Path,
    mapping: Mapping | None = None, *, window: float = 1800, allow_loss: float = 0.2,
    memory: int = 1 << 30,
) -> Report:
    """Writes the events of two tables, sorted by time, and says what became of every row.

    Args:
        impressions, interactions: paths of Parquet or CSV, folders of such files, or tables of PyArrow,
            Polars or pandas.
        out: JSON Lines, gzip when the name ends in ``.gz``; written whole or not at all.
        mapping: what the columns are, where their names do not say.
        window: seconds in which an interaction that names no ranking belongs to the last list of its
            user that shows its item.
        allow_loss: the share of rows, rankings and interactions that may be left out.
        memory: bytes to stay below, roughly, beside some 300 MB for Arrow and a batch of rows.

    Raises:
        InputError: a column is missing or of a type that cannot be used.
        LossError: more was left out than is allowed.
    """
    m = mapping or Mapping()
    _check(m, window, allow_loss)
    shown = open_table(impressions, "impressions")
    done = None if interactions is None else open_table(interactions, "interactions")
    report = Report()
    needed = ("ranking", "item", "timestamp") + (() if m.ordered else ("position",))
    why = {
        "position": "name it, or say that rows stand in the order in which items were shown "
        "(--ordered), all of them",
        "ranking": "name the id that all rows of one list share",
    }
    roles = names.roles(shown.name, shown.names, m.impressions, names.IMPRESSIONS, needed, why)
    wanted = names.features(shown.name, shown.names, set(roles.values()), m)
    acted: dict[str, str] = {}
    if done is not None:
        needed = ("item", "timestamp") + (() if m.type else ("type",))
        why = {"type": "name it, or give the type of all of them (--type click)"}
        acted = names.roles(done.name, done.names, m.interactions, names.INTERACTIONS, needed, why)
    by_user = bool(acted) and "ranking" not in acted
    if by_user and not ("user" in roles and "user" in acted):
        raise InputError(
            done.name if done else "", "a column for ranking, or one for user in both tables",
            "neither", "without them nobody knows which list an interaction belongs to",
        )
    size = shown.size + (done.size if done else 0)
    # A part may have half of the memory, the events that wait for their turn a quarter.
    count = min(MOST_PARTS, 1 + size // max(1, memory // 2))
    with scratch_folder(out) as scratch:
        parts = Parts(scratch, count)
        reader = _Reader(m, report, parts, by_user)
        reader.impressions(shown, roles, wanted)
        if done is not None:
            reader.interactions(done, acted)
        shape = Shape(
            reader.features, frozenset(reader.wide), by_user, round(window * 1_000_000), m.ordered
        )
        sorter = EventSorter(scratch, memory // 4)
        for rows, actions in parts.read():
            Part(rows, actions, shape, report).write(sorter)
        report.check_loss(allow_loss)
        write_events(out, _changes(sorter, report))
    return report


def _check(m: Mapping, window: float, allow_loss: float) -> None:
    """Refuses options that mean nothing."""
    if not 0 <= window < float("inf"):
        raise InputError("window", "seconds from 0", f"{window}", "write 1800 for half an hour")
    if not 0 <= allow_loss <= 1:
        raise InputError("allow-loss", "a share from 0 to 1", f"{allow_loss}", "write 0.2 for a fifth")
    if m.timezone is not None:
        try:
            ZoneInfo(m.timezone)
        except (ValueError, OSError, KeyError):
            raise InputError(
                "timezone", "a name such as Europe/Berlin", repr(m.timezone), "see the IANA time zones"
            ) from None


def _changes(events: EventSorter, report: Report) -> Iterator[Event]:
    """Events without those of users whose features are what they were."""
    known: dict[str, int] = {}
    for event in events:
        if event[1] == USER:
            who, _, rest = event[3].partition(',"timestamp":')
            fields = hash(rest.partition(",")[2])
            if known.get(who) == fields:
                continue
            known[who] = fields
            report.user_updates += 1
        yield event


class _Reader:
    """Reads the tables once and deals their rows out."""

    def __init__(self, m: Mapping, report: Report, parts: Parts, by_user: bool) -> None:
        self._m = m
        self._report = report
        self._parts = parts
        self._key = "user" if by_user else "ranking"
        self.features: list[tuple[str, str, str]] = []
        #: Columns of whole numbers too long for numbers.
        self.wide: set[str] = set()

    def impressions(self, table: Table, roles: dict[str, str], wanted: FeatureColumns) -> None:
        """Deals out the rows of impressions: ranking, item, user, time, place and features."""
        sides = (("item", wanted.item), ("context", wanted.context), ("user", wanted.user))
        every = [(side, name, column) for side, all_ in sides for name, column in all_.items()]
        if wanted.user and "user" not in roles:
            raise InputError(
                table.name, "a column for user, as there are features of users", "none", "name it"
            )
        used = [*roles.values(), *(column for _, _, column in every)]
        texts = [roles[r] for r in ("ranking", "item", "user") if r in roles]
        first = 0
        for batch in batches(table, used, texts):
            cells = dict(zip(used, batch))
            if first == 0:
                self.features = self._usable(table.name, every, cells, wanted)
            rows = self._common(table, roles, cells, first, self._report.lost_rows)
            rows["position"] = self._positions(table, roles, cells, first)
            rows["propensity"] = self._propensities(table, roles, cells, first)
            for side, name, column in self.features:
                rows[f"{side}.{name}"] = cells[column]
                if feature_kind(cells[column].type) == "wide" and largest(cells[column]) >= 9 * 10**15:
                    self.wide.add(f"{side}.{name}")
            kept = self._kept(rows, ["ranking", "item"], self._report.lost_rows, table.name)
            self._parts.add(0, kept, self._key, table.name)
            first += len(batch[0])
        self._report.impression_rows = first

    def interactions(self, table: Table, roles: dict[str, str]) -> None:
        """Deals out the rows of interactions: ranking or user, item, type, time and value."""
        used = list(roles.values())
        texts = [roles[r] for r in ("ranking", "item", "user", "type") if r in roles]
        first = 0
        for batch in batches(table, used, texts):
            cells = dict(zip(used, batch))
            lost = self._report.lost_interactions
            rows = self._common(table, roles, cells, first, lost)
            place = f"{table.name}, column {roles.get('type')}"
            rows["type"] = (
                ids(cells[roles["type"]], place) if "type" in roles
                else pa.array([self._m.type] * len(batch[0]), pa.string())
            )
            amounts: NDArray[np.float64] = np.full(len(batch[0]), np.nan)
            if "value" in roles:
                column = cells[roles["value"]]
                where = f"{table.name}, column {roles['value']}"
                amounts = numbers(column, where, "amounts: numbers")
            rows["value"] = pa.array(amounts)
            kept = self._kept(rows, [self._key, "item", "type"], lost, table.name)
            self._parts.add(1, kept, self._key, table.name)
            first += len(batch[0])
        self._report.interaction_rows = first

    def _usable(
        self, table: str, every: list[tuple[str, str, str]], cells: dict[str, Any],
        wanted: FeatureColumns,
    ) -> list[tuple[str, str, str]]:
        usable = []
        for side, name, column in every:
            type_ = cells[column].type
            if feature_kind(type_) is not None:
                usable.append((side, name, column))
            elif column in wanted.named:
                raise InputError(
                    f"{table}, column {column}", "numbers, texts, flags or lists of them",
                    f"the type {type_}", "make a number of it, such as the age in days, or ignore it",
                )
            else:
                Report.add(
                    self._report.notes, "column that is no feature, passed over",
                    example=f"{column} of type {type_}",
                )
        return usable

    def _common(
        self, table: Table, roles: dict[str, str], cells: dict[str, Any], first: int, lost: Any
    ) -> dict[str, Any]:
        """Ids, time and row number; rows without a time have ``NO_TIME``."""
        rows: dict[str, Any] = {}
        count = len(next(iter(cells.values())))
        for role in ("ranking", "item", "user"):
            rows[role] = (
                ids(cells[roles[role]], f"{table.name}, column {roles[role]}") if role in roles
                else pa.nulls(count, pa.string())
            )
        column = cells[roles["timestamp"]]
        where = f"{table.name}, column {roles['timestamp']}"
        micro, assumed = times(column, where, self._m.timezone)
        rows["time"] = pa.array(micro)
        rows["row"] = pa.array(np.arange(first, first + count, dtype=np.int64))
        if assumed:
            Report.add(
                self._report.notes, "rows of datetimes without a zone, read as UTC (--timezone)", count
            )
        bad = np.flatnonzero(micro == NO_TIME)
        if len(bad):
            value = column[int(bad[0])].as_py()
            reason = (
                "rows without a time that can be read (seconds, ms, us or ns since 1970 from the "
                "year 2000 on, or ISO 8601 with its zone)"
            )
            Report.add(lost, reason, len(bad), f"{table.name}, row {first + int(bad[0]) + 1}: {value!r}")
        return rows

    @staticmethod
    def _kept(rows: dict[str, Any], needed: list[str], lost: Any, table: str) -> Any:
        """The rows that have a time and every id that is needed."""
        batch = pa.table(rows)
        batch = batch.filter(pc.not_equal(batch["time"], int(NO_TIME)))
        for role in needed:
            missing = batch.filter(pc.is_null(batch[role]))
            if len(missing):
                Report.add(
                    lost, f"rows without {role}", len(missing),
                    f"{table}, row {missing['row'][0].as_py() + 1}",
                )
                batch = batch.filter(pc.is_valid(batch[role]))
        return batch

    def _positions(
        self, table: Table, roles: dict[str, str], cells: dict[str, Any], first: int
    ) -> Any:
        """Places as they stand in the table; none for what was not shown."""
        count = len(next(iter(cells.values())))
        if "position" not in roles:
            # The place among its ranking's rows, which are in order.
            return pa.array(np.arange(first, first + count, dtype=np.int64))
        column = cells[roles["position"]]
        where = f"{table.name}, column {roles['position']}"
        expected = "places from the top of the list: whole numbers from 0 or 1, none where not shown"
        return pa.array(
            _checked(
                column, where, expected, first, lambda v: (v < 0) | (v != np.floor(v)) | np.isinf(v)
            ), pa.float64(), from_pandas=True,
        ).cast(pa.int64())

    def _propensities(
        self, table: Table, roles: dict[str, str], cells: dict[str, Any], first: int
    ) -> Any:
        if "propensity" not in roles:
            return pa.nulls(len(next(iter(cells.values()))), pa.float64())
        column = cells[roles["propensity"]]
        where = f"{table.name}, column {roles['propensity']}"
        expected = "chances above 0 and up to 1, none where they are not known"
        return pa.array(
            _checked(column, where, expected, first, lambda v: (v <= 0) | (v > 1)), pa.float64(),
            from_pandas=True,
        )


def _checked(
    column: Any, where: str, expected: str, first: int,
    is_bad: Callable[[NDArray[np.float64]], NDArray[np.bool_]],
) -> NDArray[np.float64]:
    values = numbers(column, where, expected)
    bad = np.flatnonzero(~np.isnan(values) & is_bad(values))
    if len(bad):
        raise InputError(
            f"{where}, row {first + int(bad[0]) + 1}", expected, f"{values[bad[0]]:g}",
            "mend the export",
        )
    return values
