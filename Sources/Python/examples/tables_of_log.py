"""A log of events as two Parquet tables, such as a warehouse would export: for trying fader-py.

  fader simulate --config world.yaml --sessions 12000 --out truth.jsonl --events log.jsonl
  python tables_of_log.py log.jsonl impressions.parquet interactions.parquet
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet

ROWS = 100_000


def rows(log: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Rows of both tables in the order of the log: its name and its columns."""
    users: dict[str, dict[str, Any]] = {}
    with log.open() as lines:
        for event in map(json.loads, lines):
            if event["event"] == "user":
                users[event["user"]] = event["fields"]
                continue
            time = datetime.fromisoformat(event["timestamp"].replace("Z", "+00:00"))
            if event["event"] == "interaction":
                row = {k: event.get(k) for k in ("ranking", "item", "type", "value")}
                yield "interactions", row | {"timestamp": time}
                continue
            shared = {f"context.{k}": v for k, v in event["fields"].items()}
            shared |= {f"user.{k}": v for k, v in users.get(event["user"], {}).items()}
            for item in event["items"]:
                row = {"ranking": event["id"], "user": event["user"], "timestamp": time}
                row |= {"item": item["id"], "position": item.get("position")}
                yield "impressions", row | {"propensity": item.get("propensity")} | item["fields"] | shared


def write(log: Path, table: str, out: Path) -> int:
    """Writes one of the tables; returns how many rows it has."""
    own = (row for name, row in rows(log) if name == table)
    first = list(islice(own, ROWS))
    # Not every item has every feature, so the columns are those of many rows.
    names = dict.fromkeys(name for row in first for name in row)
    part = pa.table({name: [row.get(name) for row in first] for name in names})
    count = 0
    with pa.parquet.ParquetWriter(out, part.schema) as writer:
        while first:
            writer.write_table(pa.Table.from_pylist(first, part.schema))
            count += len(first)
            first = list(islice(own, ROWS))
    return count


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    log, *outs = map(Path, sys.argv[1:])
    for table, out in zip(("impressions", "interactions"), outs):
        print(f"{out}: {write(log, table, out)} rows")
