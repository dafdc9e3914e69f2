"""Plans of mixed feeds beside those of an integer program, solved by HiGHS.

    pip install highspy numpy
    fader-bench plans --instances 20 --instances-out feeds.jsonl
    python data/peers/plans_highs.py feeds.jsonl

The program states the problem in its own words, without states of a walk from slot to slot:

    y[j, t]     organic item j stands in slot t            (0 or 1)
    x[c, i, t]  insert i of channel c stands in slot t     (0 or 1)
    maximise    sum of the values of what stands
    each slot   one item;   each item at most once
    order       sum over s <= t of y[j, s]  <=  sum over s < t of y[j - 1, s]   for each t:
                an item of a queue stands only below its predecessor, so none is skipped and the
                organic item in slot t is the one of index t - (inserts above t)
    windows     at most one x of a channel in any `gap` slots in a row
    first       no x above the channel's first slot
    counts      minimum <= sum of x of the channel <= maximum
    share       sum of p_t x  <=  share * sum of p_t
    fixed       the item's variable in that slot is 1; it is no part of its queue's order, and the
                first slot does not bind it

Prints how many values are equal to ours (to 1e-6 of the value), how many feeds have no plan for both,
and the time of HiGHS; ends with status 1 if any differ.
"""

import argparse
import json
import sys
import time

import highspy


class Program:
    """One feed as an integer program."""

    def __init__(self, feed):
        self.feed = feed
        self.highs = highspy.Highs()
        self.highs.setOptionValue("output_flag", False)
        self.highs.setOptionValue("mip_rel_gap", 0.0)
        self.highs.setOptionValue("mip_abs_gap", 1e-7)
        self.highs.setOptionValue("threads", 1)
        self.slots = range(feed["slots"])
        self.fixed = {(f["item"]["channel"], f["item"]["index"]): f["slot"] for f in feed["fixed"]}
        self.variables = {}
        queues = [(-1, {"inserts": feed["organic"], "ordered": True, "first": 0})]
        queues += list(enumerate(feed["channels"]))
        for channel, queue in queues:
            for index, values in enumerate(queue["inserts"]):
                for t in self.slots:
                    self.add(channel, index, t, values[t], queue["first"])
        self.slots_and_items()
        for channel, queue in queues:
            if queue["ordered"]:
                self.order(channel, len(queue["inserts"]))
            if channel >= 0:
                self.limits(channel, queue)

    def add(self, channel, index, t, value, first):
        pinned = self.fixed.get((channel, index))
        allowed = t >= first if pinned is None else t == pinned
        lower, upper = (1 if pinned == t else 0), (1 if allowed else 0)
        number = len(self.variables)
        # HiGHS minimises.
        self.highs.addCol(-value, lower, upper, 0, [], [])
        self.highs.changeColIntegrality(number, highspy.HighsVarType.kInteger)
        self.variables[channel, index, t] = number

    def row(self, lower, upper, terms):
        if terms:
            columns, factors = zip(*terms)
            self.highs.addRow(lower, upper, len(columns), list(columns), list(factors))
        elif not lower <= 0 <= upper:
            self.highs.addRow(lower, upper, 0, [], [])

    def of(self, channel=None, index=None, slots=None):
        """Variables of a channel, an item, some slots."""
        return [
            number
            for (c, i, t), number in self.variables.items()
            if channel in (None, c) and index in (None, i) and (slots is None or t in slots)
        ]

    def slots_and_items(self):
        for t in self.slots:
            self.row(1, 1, [(v, 1.0) for v in self.of(slots=[t])])
        for channel, index in {(c, i) for c, i, _ in self.variables}:
            self.row(0, 1, [(v, 1.0) for v in self.of(channel, index)])

    def order(self, channel, count):
        queue = [i for i in range(count) if (channel, i) not in self.fixed]
        for above, below in zip(queue, queue[1:]):
            for t in self.slots:
                terms = [(self.variables[channel, below, s], 1.0) for s in range(t + 1)]
                terms += [(self.variables[channel, above, s], -1.0) for s in range(t)]
                self.row(-highspy.kHighsInf, 0, terms)

    def limits(self, channel, queue):
        last = max(0, len(self.slots) - queue["gap"])
        for start in range(last + 1):
            window = range(start, min(start + queue["gap"], len(self.slots)))
            self.row(0, 1, [(v, 1.0) for v in self.of(channel, slots=window)])
        self.row(queue["minimum"], queue["maximum"], [(v, 1.0) for v in self.of(channel)])
        if queue["share"] is not None:
            views = self.feed["view_chances"]
            terms = [
                (number, views[t]) for (c, _, t), number in self.variables.items() if c == channel
            ]
            self.row(0, queue["share"] * sum(views), terms)

    def value(self):
        """The best value; None where there is no list."""
        self.highs.run()
        status = self.highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise SystemExit(f"HiGHS ended with {status}")
        return -self.highs.getInfo().objective_function_value


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("feeds", help="what fader-bench plans --instances-out wrote")
    arguments = parser.parse_args()
    counts = {}
    with open(arguments.feeds) as lines:
        for number, line in enumerate(lines):
            feed = json.loads(line)
            begin = time.perf_counter()
            truth = Program(feed).value()
            row = counts.setdefault(feed["kind"], {"equal": 0, "neither": 0, "differ": 0, "unproven": 0, "seconds": 0.0})
            row["seconds"] += time.perf_counter() - begin
            row["unproven"] += not feed["proven"]
            ours = feed["value"]
            if truth is None and ours is None:
                row["neither"] += 1
            elif truth is not None and ours is not None and abs(truth - ours) <= 1e-6 * max(1, abs(truth)):
                row["equal"] += 1
            else:
                row["differ"] += 1
                print(f"line {number + 1}: HiGHS {truth}, ours {ours}")
    for kind, row in counts.items():
        feeds = row["equal"] + row["neither"] + row["differ"]
        print(
            f"{kind}: {feeds} feeds, {row['equal']} equal, {row['neither']} without a plan for both, "
            f"{row['differ']} differ, {row['unproven']} not proven by us; HiGHS {row['seconds'] / feeds:.2f} s each"
        )
    sys.exit(any(row["differ"] for row in counts.values()))


if __name__ == "__main__":
    main()
