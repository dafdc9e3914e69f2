"""What became of the requests of a load."""

import array
import collections
import time

from trial import milliseconds


class Tally:
    """Hears of every finished job; times are kept by minute."""

    def __init__(self):
        self.start = time.monotonic()
        self.sent = collections.Counter()
        self.right = collections.Counter()
        self.statuses = collections.defaultdict(collections.Counter)
        self.faults = collections.defaultdict(list)
        self.minutes = collections.defaultdict(lambda: array.array("f"))
        self.slowest = collections.defaultdict(float)

    def finished(self, job, fault):
        self.sent[job.kind] += 1
        self.statuses[job.kind][job.status] += 1
        if fault is None:
            self.right[job.kind] += 1
        else:
            self.faults[job.kind].append(fault)
        if job.kind == "good":
            self.minutes[int((job.at - self.start) // 60)].append(job.seconds)
        else:
            self.slowest[job.kind] = max(self.slowest[job.kind], job.seconds)

    def failed(self, kind):
        return self.sent[kind] - self.right[kind]

    def figures(self):
        every = array.array("f")
        for values in self.minutes.values():
            every.extend(values)
        figures = {"good": {
            "sent": self.sent["good"], "failed": self.failed("good"), "ms": milliseconds(every),
            "by_minute": [
                {"requests": len(self.minutes[m]), **milliseconds(self.minutes[m])}
                for m in sorted(self.minutes)]}}
        for kind in self.sent:
            if kind != "good":
                figures[kind] = {
                    "sent": self.sent[kind], "wrong": self.failed(kind),
                    "slowest_ms": round(self.slowest[kind] * 1000, 2),
                    "by_status": {str(k): v for k, v in sorted(self.statuses[kind].items())}}
        return figures
