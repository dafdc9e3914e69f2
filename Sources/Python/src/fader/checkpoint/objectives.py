"""Section ``objectives`` of a bundle: what a list should be good at.

A list, in the order of the weights, of ``{"name", "definition", "scale", "scale_is_fixed"}``. A
definition is ``{"predicted": feedback, "aggregate": "sum" | "any"}``,
``{"predicted": feedback, "aggregate": "survival", "next": feedback}`` or a rule on one raw column::

    {"share": flag}  {"quota": flag, "target": t}  {"distinct": group, "window": k or none}
    {"order": number}  {"mean": number}  {"discounted": number}
    {"threshold": flag, "target": t, "ramp": r or none}  {"gated": flag, "target": t}
    {"distinct_first": group, "places": n}

The reward of a list is ``sum_i w_i U_i / scale_i``. A rule gives three things: its value U, the
increment that each step adds to it, and the local context that the pointer sees of a candidate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from fader.errors import InputError

Array = NDArray[np.float32]
F = np.float32

KINDS = {
    "share": "flag", "quota": "flag", "distinct": "group", "order": "number", "mean": "number",
    "discounted": "number", "threshold": "flag", "gated": "flag", "distinct_first": "group",
}


class Rule(Protocol):
    """A utility that follows from a list and one column of the candidates."""

    @property
    def width(self) -> int:
        """Numbers of local context for each candidate."""

    def increments(self, placed: Sequence[int], length: int, column: Array) -> Array:
        """What each candidate, placed next, adds to the value of a list of ``length``: [M]."""

    def context(self, placed: Sequence[int], length: int, column: Array) -> Array:
        """What the pointer sees of each candidate: ``[M, width]``."""


def value(rule: Rule, items: Sequence[int], column: Array) -> float:
    """U of a list: the sum of its increments."""
    return float(
        sum(rule.increments(items[:t], len(items), column)[i] for t, i in enumerate(items))
    )


class Share:
    """``sum(flag) / n``; context: the own flag, flags placed so far / n."""

    width = 2

    def increments(self, placed: Sequence[int], length: int, column: Array) -> Array:
        return column / F(length)

    def context(self, placed: Sequence[int], length: int, column: Array) -> Array:
        reached = column[list(placed)].sum(dtype=F) / F(length)
        return np.stack([column, np.full_like(column, reached)], 1)


class Quota:
    """``min(share / target, 1)``; context: the own flag, the value so far, what one more would add."""

    width = 3

    def __init__(self, target: float) -> None:
        self.target = F(target)

    def _reached(self, flags: Any, length: int) -> Any:
        return np.minimum(flags / (F(length) * self.target), F(1))

    def increments(self, placed: Sequence[int], length: int, column: Array) -> Array:
        flags = column[list(placed)].sum(dtype=F)
        found: Array = self._reached(flags + column, length) - self._reached(flags, length)
        return found

    def context(self, placed: Sequence[int], length: int, column: Array) -> Array:
        flags = column[list(placed)].sum(dtype=F)
        reached = self._reached(flags, length)
        wanted = max(F(length) * self.target, F(1))
        gain = (self._reached(flags + F(1), length) - reached) * wanted
        return np.stack([column, np.full_like(column, reached), column * gain], 1)


class Threshold:
    """1 from the wanted share on, else 0; with a ramp, rising on the last part of the way.

    Context: the own flag; flags so far of those wanted; how many of the places left must be flagged.
    """

    width = 3

    def __init__(self, target: float, ramp: float) -> None:
        self.target = F(target)
        self.ramp = F(ramp)

    def _wanted(self, length: int) -> F:
        return max(F(np.ceil(F(length) * self.target - F(1e-4))), F(1))

    def _reached(self, flags: Any, length: int) -> Any:
        share = flags / self._wanted(length)
        if self.ramp == 0:
            return np.where(share >= 1, F(1), F(0))
        return np.clip((share - (F(1) - self.ramp)) / self.ramp, F(0), F(1))

    def increments(self, placed: Sequence[int], length: int, column: Array) -> Array:
        flags = column[list(placed)].sum(dtype=F)
        found: Array = self._reached(flags + column, length) - self._reached(flags, length)
        return found

    def context(self, placed: Sequence[int], length: int, column: Array) -> Array:
        flags = column[list(placed)].sum(dtype=F)
        wanted = self._wanted(length)
        left = F(max(length - len(placed), 1))
        pressure = min(max(wanted - flags, F(0)) / left, F(1))
        progress = min(flags / wanted, F(1))
        return np.stack(
            [column, np.full_like(column, progress), np.full_like(column, pressure)], 1
        )


class DistinctFirst:
    """Different groups among the first places, divided by the number of these.

    Context: whether the group is there; whether the next place counts.
    """

    width = 2

    def __init__(self, places: int) -> None:
        self.places = places

    def increments(self, placed: Sequence[int], length: int, column: Array) -> Array:
        if len(placed) >= self.places:
            return np.zeros_like(column)
        new = ~np.isin(column, column[list(placed)])
        return new.astype(F) * (F(1) / F(min(self.places, length)))

    def context(self, placed: Sequence[int], length: int, column: Array) -> Array:
        known = np.isin(column, column[list(placed)[: self.places]]).astype(F)
        counts = F(1) if len(placed) < self.places else F(0)
        return np.stack([known, np.full_like(column, counts)], 1)


class Distinct:
    """Share of places whose group is not in the ``window`` places above.

    Context: whether the group is there; placed ones of the group / n; 1 / distance to the last.
    """

    width = 3

    def __init__(self, window: int | None) -> None:
        self.window = window

    def increments(self, placed: Sequence[int], length: int, column: Array) -> Array:
        above = list(placed)[-self.window :] if self.window else list(placed)
        return (~np.isin(column, column[above])).astype(F) * (F(1) / F(length))

    def context(self, placed: Sequence[int], length: int, column: Array) -> Array:
        result = np.zeros((len(column), 3), F)
        for place, item in enumerate(placed):
            distance = len(placed) - place
            same = column == column[item]
            result[same, 0] = 1 if self.window is None or distance <= self.window else 0
            result[same, 1] += 1
            result[same, 2] = F(1) / F(distance)
        result[:, 1] /= F(length)
        return result


class Order:
    """Share of the ``n (n - 1) / 2`` pairs in falling order, ties included; 1 for a single item.

    Context: share of the placed items that are lower; the own standing among the candidates, 0 to 1.
    """

    width = 2

    def increments(self, placed: Sequence[int], length: int, column: Array) -> Array:
        if length < 2:
            return np.ones_like(column)
        kept = (column[list(placed)][:, None] >= column[None, :]).sum(0).astype(F)
        return kept / F(length * (length - 1) // 2)

    def context(self, placed: Sequence[int], length: int, column: Array) -> Array:
        lower = (column[list(placed)][:, None] < column[None, :]).sum(0).astype(F)
        spread = np.ptp(column) if len(column) else F(0)
        standing = (column - np.min(column)) * (F(1) / spread) if spread > 0 else np.zeros_like(column)
        return np.stack([lower * (F(1) / F(max(len(placed), 1))), standing], 1)


class Mean:
    """Mean of a number over the list; context: the own number, standardised among the candidates."""

    width = 1

    def increments(self, placed: Sequence[int], length: int, column: Array) -> Array:
        return column / F(length)

    def context(self, placed: Sequence[int], length: int, column: Array) -> Array:
        return _standardised(column)[:, None]


class Discounted:
    """Mean of a number with weights ``d_t = 1 / log2(1 + t)``, t from 1, divided by their sum.

    Context: the own number, standardised; the same times d_t.
    """

    width = 2

    @staticmethod
    def _weight(place: int) -> F:
        return F(1) / np.log2(F(place + 2))

    def increments(self, placed: Sequence[int], length: int, column: Array) -> Array:
        total = sum((self._weight(t) for t in range(length)), F(0))
        return column * (self._weight(len(placed)) / total)

    def context(self, placed: Sequence[int], length: int, column: Array) -> Array:
        own = _standardised(column)
        return np.stack([own, own * self._weight(len(placed))], 1)


def _standardised(column: Array) -> Array:
    mean = column.sum(dtype=F) / F(max(len(column), 1))
    deviation = np.sqrt(np.square(column - mean).sum(dtype=F) / F(max(len(column), 1)))
    if deviation <= 1e-6 * max(abs(mean), F(1e-20)):
        return np.zeros_like(column)
    return np.clip((column - mean) * (F(1) / deviation), F(-4), F(4))


@dataclass(frozen=True)
class Objective:
    """One objective.

    Attributes:
        feedback: of a predicted one, else none.
        any: whether the predicted utility is the chance of at least one, not the sum.
        next: feedback that says whether users go on, where the sum is of what they reach.
        rule: of a rule, else none.
        column: place of the rule's column among the set's columns.
    """

    name: str
    scale: F
    feedback: str | None = None
    any: bool = False
    next: str | None = None
    rule: Rule | None = None
    column: int = 0


class Objectives:
    """The section ``objectives``."""

    def __init__(self, section: list[dict[str, Any]], where: str) -> None:
        columns: list[tuple[str, str]] = []
        self.all: list[Objective] = []
        for entry in section:
            name, scale, definition = entry["name"], F(entry["scale"]), entry["definition"]
            if "predicted" in definition:
                is_any = definition.get("aggregate", "sum") == "any"
                self.all.append(
                    Objective(name, scale, definition["predicted"], is_any, definition.get("next"))
                )
                continue
            key = next((key for key in KINDS if key in definition), None)
            if key is None:
                raise InputError(
                    where, f"predicted or one of {', '.join(KINDS)}", ", ".join(definition),
                    "a rule of another build needs that build",
                )
            read = (KINDS[key], str(definition[key]))
            if read not in columns:
                columns.append(read)
            self.all.append(
                Objective(name, scale, rule=_rule(key, definition), column=columns.index(read))
            )
        # What rules read: distinct, in the order of first use, as the schema has them.
        self.columns = columns

    @property
    def names(self) -> list[str]:
        """In the order of the weights."""
        return [objective.name for objective in self.all]

    @property
    def local_width(self) -> int:
        """Numbers of local context over all rules."""
        return sum(o.rule.width for o in self.all if o.rule)

    def context(self, placed: Sequence[int], length: int, columns: Sequence[Array]) -> list[Array]:
        """Local context of all rules, in the order of the objectives: ``[M, width]`` each."""
        return [
            o.rule.context(placed, length, columns[o.column]) for o in self.all if o.rule is not None
        ]


def _rule(key: str, definition: dict[str, Any]) -> Rule:
    if key == "quota":
        return Quota(definition["target"])
    if key == "distinct":
        return Distinct(definition.get("window"))
    if key == "threshold":
        return Threshold(definition["target"], definition.get("ramp", 0))
    if key == "distinct_first":
        return DistinctFirst(definition["places"])
    rules: dict[str, Rule] = {
        # A gate acts in training only.
        "share": Share(), "gated": Share(), "order": Order(), "mean": Mean(), "discounted": Discounted()
    }
    return rules[key]
