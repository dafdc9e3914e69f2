"""What a trial found: figures, promises kept and broken, one JSON line and one sentence."""

import json
import math
import sys


class Skipped(Exception):
    """The trial cannot be made here; its text says why."""


class Trial:
    def __init__(self, name):
        self.name = name
        self.figures = {}
        self.broken = []

    def promise(self, holds, text):
        """Notes a promise of the service; at most twenty broken ones are told one by one."""
        if not holds and len(self.broken) < 20:
            self.broken.append(text)
        return bool(holds)

    def end(self, sentence):
        """Prints the line and the sentence; the exit status of the trial."""
        line = {"trial": self.name, "kept": not self.broken, **self.figures}
        if self.broken:
            line["broken"] = self.broken
        print(json.dumps(line))
        verdict = "every promise was kept" if not self.broken else "BROKEN: " + self.broken[0]
        print(f"{self.name}: {sentence}; {verdict}.", flush=True)
        return 1 if self.broken else 0

    def skip(self, reason):
        print(json.dumps({"trial": self.name, "skipped": str(reason)}))
        print(f"{self.name}: skipped, {reason}.", flush=True)
        return 0


def percentile(values, share):
    """The smallest value that at least this share of them does not exceed; None of none."""
    if not values:
        return None
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def milliseconds(values):
    """p50, p99, p99.9 and the largest of seconds, in milliseconds."""
    shares = {"p50": 0.5, "p99": 0.99, "p99.9": 0.999, "max": 1}
    return {
        name: None if not values else round(percentile(values, share) * 1000, 2)
        for name, share in shares.items()
    }


def slope(points):
    """Least squares slope of (x, y); 0 for fewer than two points."""
    if len(points) < 2:
        return 0.0
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    if spread == 0:
        return 0.0
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / spread


def note(text):
    print(text, file=sys.stderr, flush=True)
