"""dsjson, the log of VowpalWabbit and of services built on it, as events.

A line is a decision: ``c`` holds the features of the context and, in ``_multi``, of each action; ``a`` is
the actions, from 1, with the chosen one first; ``p`` is their chances; ``_label_cost`` is the cost that
came of it. With ``_outcomes`` a decision fills several slots (CCB), each with its own action ``_a``, from
0; features of slots have no place in a ranking and are passed over.

Each decision becomes a ranking whose shown items are the chosen actions, with their propensities; a
cost that is not 0 becomes an interaction ``reward`` with minus the cost as its value. Namespaces and
nested objects become features ``namespace.feature``; the members of an array of objects are one
namespace, and an array of numbers becomes ``name.0``, ``name.1`` and so on, as VowpalWabbit numbers
them. Members whose names begin with ``_`` mean something to VowpalWabbit and are no features.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fader.errors import FaderError, InputError
from fader.events import (
    INTERACTION, RANKING, Event, EventSorter, fields_text, interaction_line, item_text, ranking_line,
    scratch_folder, write_events,
)
from fader.graded import exact
from fader.inputs import lines
from fader.times import EXPECTED, microseconds_of_text

_EXAMPLES = 3


@dataclass
class DSJSONReport:
    """What was written, and what was left out and why."""

    lines: int = 0
    rankings: int = 0
    slots: int = 0
    rewards: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)

    def leave_out(self, reason: str, where: str) -> None:
        """Counts a line that gives no ranking."""
        self.left_out[reason] += 1
        places = self.examples.setdefault(reason, [])
        if len(places) < _EXAMPLES:
            places.append(where)

    def __str__(self) -> str:
        said = [
            f"{self.lines} lines: {self.rankings} rankings, {self.slots} places, {self.rewards} rewards"
        ]
        for reason, count in self.left_out.items():
            said.append(f"left out: {count} {reason} ({'; '.join(self.examples[reason])})")
        return "\n".join(said)


class _LeftOut(Exception):
    """Why a line gives no ranking, though nothing is wrong with it."""


def events_from_dsjson(
    paths: Sequence[str | Path], out: str | Path, *, id_feature: str | None = None,
    user_feature: str | None = None, kind: str = "reward", allow_loss: float = 0.2,
) -> DSJSONReport:
    """Writes the decisions of dsjson files as events, sorted by time.

    Args:
        paths: plain or gzip.
        id_feature: feature of an action that is its id, such as ``i.id``. By default ``_tag`` or ``id`` in any
            namespace, and without one a hash of its features.
        user_feature: feature of the context that is the user's id; by default each decision has a user
            of its own.
        kind: of the interactions.
        allow_loss: the share of lines that may be left out.
    """
    report = DSJSONReport()
    with scratch_folder(out) as scratch:
        sorter = EventSorter(scratch)
        for path in paths:
            for number, text in lines(path):
                where = f"{path}, line {number}"
                report.lines += 1
                try:
                    for event in _events(text, where, report, id_feature, user_feature, kind):
                        sorter.add(event)
                except _LeftOut as reason:
                    report.leave_out(str(reason), where)
        lost = sum(report.left_out.values())
        if not report.rankings or lost > allow_loss * report.lines:
            raise FaderError(
                f"{lost} of {report.lines} lines would be left out, more than the allowed share of "
                f"{allow_loss:g}, or none is left; nothing was written\n{report}"
            )
        write_events(out, sorter)
    return report


def _events(
    text: str, where: str, report: DSJSONReport, id_feature: str | None, user_feature: str | None,
    kind: str,
) -> Iterator[Event]:
    try:
        line = json.loads(text)
    except ValueError:
        raise _LeftOut("lines that are no JSON") from None
    if not isinstance(line, dict):
        raise _LeftOut("lines that are no JSON object")
    context = line.get("c")
    if not isinstance(context, dict):
        raise _LeftOut("observations without a decision")
    if line.get("_skipLearn") or line.get("_original_label_cost") == "skip":
        raise _LeftOut("decisions that were never activated (_skipLearn)")
    decision = _Decision(line, context, where, id_feature)
    micro = decision.micro
    shared = decision.context
    user = None
    if user_feature is not None:
        if user_feature not in shared:
            raise InputError(where, f"the feature {user_feature} of the context", "none", "name another")
        user = str(exact(shared)[user_feature])
    items = [
        item_text(
            id_, fields_text(exact(features)), decision.positions.get(number),
            decision.chances.get(number),
        )
        for number, (id_, features) in enumerate(decision.actions)
    ]
    report.rankings += 1
    report.slots += len(decision.positions)
    number = report.lines
    yield micro, RANKING, number, ranking_line(
        micro, decision.id, items, user, fields_text(exact(shared))
    )
    for action, cost in decision.costs.items():
        if cost != 0:
            report.rewards += 1
            id_ = decision.actions[action][0]
            yield micro, INTERACTION, number, interaction_line(micro, decision.id, id_, kind, -cost)


class _Decision:
    """One line, read.

    Attributes:
        actions: id and features of each.
        positions, chances, costs: of the chosen actions, by their place in ``actions``.
    """

    def __init__(
        self, line: Mapping[str, Any], context: Mapping[str, Any], where: str, id_feature: str | None
    ) -> None:
        self._where = where
        actions = context.get("_multi")
        if not isinstance(actions, list) or not actions:
            raise _LeftOut("decisions without actions (_multi)")
        if any(isinstance(action, dict) and "_slot_id" in action for action in actions):
            raise _LeftOut("slates, whose slots have actions of their own (_slot_id)")
        self.context = _features({k: v for k, v in context.items() if not k.startswith("_")}, where)
        self.actions = self._named(actions, id_feature)
        self.positions: dict[int, int] = {}
        self.chances: dict[int, float] = {}
        self.costs: dict[int, float] = {}
        outcomes = line.get("_outcomes")
        if outcomes is not None:
            for outcome in outcomes:
                self._place(outcome.get("_a"), outcome.get("_p"), outcome.get("_label_cost", 0), 0)
        else:
            label = line.get("_label_Action")
            chosen = line.get("a") or ([label] if label is not None else None)
            chances = line.get("p") or [line.get("_label_probability")]
            self._place(chosen, chances, line.get("_label_cost", 0), 1)
        stamp = line.get("Timestamp")
        micro = microseconds_of_text(stamp) if isinstance(stamp, str) else None
        if micro is None:
            raise InputError(where, f"Timestamp, {EXPECTED}", repr(stamp))
        self.micro = micro
        id_ = line.get("EventId") or (outcomes or [{}])[0].get("_id")
        if not isinstance(id_, str) or not id_:
            raise InputError(where, "EventId, a text", repr(id_))
        self.id = id_

    def _place(self, chosen: Any, chances: Any, cost: Any, first: int) -> None:
        """The chosen action, first of its slot, in the next place; actions count from ``first``."""
        actions = chosen if isinstance(chosen, list) else [chosen]
        action = actions[0] if actions else None
        if isinstance(action, bool) or not isinstance(action, int):
            raise InputError(self._where, "the number of the chosen action", repr(action))
        index = action - first
        if not 0 <= index < len(self.actions) or index in self.positions:
            raise InputError(
                self._where, f"an action of {len(self.actions)}, each chosen once", f"{action}"
            )
        chance = chances[0] if isinstance(chances, list) and chances else chances
        if not _is_number(cost) or not math.isfinite(cost):
            raise InputError(self._where, "_label_cost, a number", repr(cost))
        self.positions[index] = len(self.positions) + 1
        self.costs[index] = float(cost)
        if chance is None:
            return
        if not _is_number(chance) or not 0 < chance <= 1.0001:
            raise InputError(self._where, "a probability above 0 and up to 1", repr(chance))
        self.chances[index] = min(float(chance), 1.0)

    def _named(
        self, actions: Sequence[Any], id_feature: str | None
    ) -> list[tuple[str, dict[str, Any]]]:
        named = []
        seen: Counter[str] = Counter()
        for number, action in enumerate(actions):
            if not isinstance(action, dict):
                raise InputError(self._where, "an object for each action", repr(action)[:40])
            features = _features({k: v for k, v in action.items() if not k.startswith("_")}, self._where)
            id_ = self._id(action, features, id_feature, number)
            seen[id_] += 1
            # An id must be that of one item of the list.
            named.append((id_ if seen[id_] == 1 else f"{id_}#{seen[id_]}", features))
        return named

    def _id(
        self, action: Mapping[str, Any], features: Mapping[str, Any], name: str | None, number: int
    ) -> str:
        if name is not None:
            if features.get(name) is None:
                raise InputError(
                    self._where, f"the feature {name} of action {number + 1}",
                    f"only {', '.join(features)}", "name another for the id",
                )
            return str(exact(features)[name])
        if action.get("_tag"):
            return str(action["_tag"])
        for key, value in features.items():
            if key == "id" or key.endswith(".id"):
                return str(exact({"id": value})["id"])
        text = json.dumps(features, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _features(value: Mapping[str, Any], where: str, prefix: str = "") -> dict[str, Any]:
    """Nested objects as one object of features."""
    found: dict[str, Any] = {}
    for name, inner in value.items():
        path = f"{prefix}{name}"
        if inner is None or name.startswith("_"):
            continue
        if isinstance(inner, dict):
            found |= _features(inner, where, f"{path}.")
        elif isinstance(inner, list):
            for place, member in enumerate(inner):
                if isinstance(member, dict):
                    found |= _features(member, where, f"{path}.")
                elif _is_number(member):
                    found[f"{path}.{place}"] = member
                elif isinstance(member, str):
                    found.setdefault(path, [])
                    found[path].append(member)
                else:
                    raise InputError(where, f"objects, numbers or texts in {path}", repr(member)[:40])
        else:
            found[path] = inner
    return found
