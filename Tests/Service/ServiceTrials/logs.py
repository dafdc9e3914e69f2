"""Event logs as the service left them."""

import json
from pathlib import Path


def segments(folder, prefix):
    return sorted(Path(folder).glob(f"{prefix}-*.jsonl"))


def lines(file):
    """Events of the whole lines of a segment, None for those that are no JSON, and the bytes
    after the last line end."""
    content = Path(file).read_bytes()
    whole, _, rest = content.rpartition(b"\n")
    events = []
    for line in whole.split(b"\n") if whole else []:
        try:
            events.append(json.loads(line))
        except ValueError:
            events.append(None)
    return events, rest


def count_lines(folder):
    """Lines by kind of log, bytes, and lines that are no JSON or not ended."""
    count = {"lines": {}, "segments": 0, "bytes": 0, "bad": 0, "bad_where": []}
    for file in sorted(Path(folder).glob("*.jsonl")):
        events, rest = lines(file)
        prefix = file.name.split("-")[0]
        count["lines"][prefix] = count["lines"].get(prefix, 0) + len(events)
        count["segments"] += 1
        count["bytes"] += file.stat().st_size
        bad = events.count(None) + (1 if rest else 0)
        if bad:
            count["bad"] += bad
            count["bad_where"].append(file.name)
    return count


def ids(folder, prefix, key):
    """The values of a key over all whole lines of a kind of log."""
    found = set()
    for file in segments(folder, prefix):
        found.update(event[key] for event in lines(file)[0] if event and key in event)
    return found
