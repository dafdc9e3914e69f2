"""Section ``schema.history`` and tensors ``PREFIX.history``: what a user saw and did before.

The section is a list of sequences, ``{"name", "types", "length", "action": side}``; it is absent where
there is none. A request's ``history`` holds behaviours, the oldest first. A sequence sees the newest
``length`` of its types. Of each behaviour there are

- the item, as a candidate of side ``item``, with ranks and shares (and their indicators) at 0;
- the action: its side, then ``log(1 + seconds since the behaviour before it in the sequence) / 8`` (0
  for the first), ``log2(position) / 4`` (0 without one), and, of several types, the one-hot type;
- its age, ``log(1 + seconds before the newest behaviour of the whole history) / 8``.

Each model (``generator``, ``evaluator.K``) has for a sequence NAME, below ``history.NAME``, with G =
``width``, A = ``attention`` and D the width of an item:

==============================  ====================  ============================================
tensor                          shape                 meaning
==============================  ====================  ============================================
``action.FEATURE``              ``[rows, dim]``       tables of the action's categoricals
``item_input.*``                ``[D, G]``            relu: items
``action_input.*``              ``[D_action, G]``     relu: actions
``items.*``, ``actions.*``      see ``layers``        recurrent units; absent with ``encoder:
                                                      attention``; ``actions`` also without actions
``query.*``                     ``[D, A]``            of candidates
``key.weight``                  ``[G, A]``            of encoded items
``fusion.item.*``, ``.action``  ``[G, G]``            value: relu of ``output`` over encoded item,
``fusion.output.*``             ``[3G, G]``           encoded action and the product of these two;
                                                      absent without actions: the item is the value
``score``                       ``[1, A]``            v
``age``                         ``[1, 1]``            slope over the ages
``nothing_key``                 ``[1, A]``            a key that stands for nothing, of age 0
``nothing_value``               ``[1, G]``            and its value
==============================  ====================  ============================================

A candidate's context is ``sum_j softmax_j(v . tanh(query + key_j) + age age_j) value_j`` over the
behaviours and nothing, the sequences side by side.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fader.checkpoint.calibration import Calibration
from fader.checkpoint.layers import Tensors, relu
from fader.checkpoint.sides import EncodedSide, Features, Side, read_features
from fader.errors import InputError

Array = NDArray[np.float32]
F = np.float32


@dataclass(frozen=True)
class Behaviour:
    """Something that the user saw or did, ``time`` in seconds since 1970."""

    type: str
    time: float
    item: tuple[str, Features]
    position: int | None
    action: Features


@dataclass(frozen=True)
class EncodedHistory:
    """One sequence: S rows of items and actions, and ages [S]."""

    item: EncodedSide
    action: EncodedSide
    ages: Array


def read_history(json: Any) -> list[Behaviour]:
    """The member ``history`` of a request."""
    behaviours: list[Behaviour] = []
    for place, value in enumerate(json or []):
        where = f"/history/{place}"
        if not isinstance(value, Mapping) or not isinstance(value.get("item"), Mapping):
            raise InputError(where, 'a behaviour with "type", "time" and "item"', repr(value)[:60])
        time = value.get("time")
        if not isinstance(time, (int, float)):
            raise InputError(
                f"{where}/time", "seconds since 1970 as a number", repr(time),
                "convert the time; fader rank reads ISO 8601, this reader does not",
            )
        if behaviours and time < behaviours[-1].time:
            raise InputError(
                f"{where}/time", "a time not before that of the behaviour above", repr(time),
                "list the oldest behaviour first",
            )
        item = value["item"]
        behaviours.append(
            Behaviour(
                str(value.get("type")), float(time),
                (str(item.get("id")), read_features(item.get("features"), f"{where}/item/features")),
                value.get("position"), read_features(value.get("action"), f"{where}/action"),
            )
        )
    return behaviours


class HistorySchema:
    """The section ``schema.history``."""

    def __init__(
        self, section: Sequence[Mapping[str, Any]], item: Side, calibration: Calibration | None = None
    ) -> None:
        self.sequences = [(dict(one), Side(one["action"])) for one in section]
        self.item = item
        self.calibration = calibration or Calibration([])

    def encode(self, history: Sequence[Behaviour]) -> list[EncodedHistory]:
        """Behaviours as numbers, sequence by sequence."""
        newest = max((b.time for b in history), default=0.0)
        return [self._encode(one, action, history, newest) for one, action in self.sequences]

    def _encode(
        self, sequence: Mapping[str, Any], action: Side, history: Sequence[Behaviour], newest: float
    ) -> EncodedHistory:
        own = [b for b in history if b.type in sequence["types"]]
        kept = own[-int(sequence["length"]):]
        before = own[-len(kept) - 1].time if len(own) > len(kept) else None
        types = sequence["types"] if len(sequence["types"]) > 1 else []
        numbers = []
        for b in kept:
            gap = 0.0 if before is None else _scaled(b.time - before)
            place = 0.0 if b.position is None else math.log2(max(1, b.position)) / 4
            numbers.append([gap, place, *(float(b.type == type_) for type_ in types)])
            before = b.time
        side = action.encode([b.action for b in kept], [""] * len(kept))
        more = np.array(numbers, F).reshape(len(kept), 2 + len(types))
        return EncodedHistory(
            self.item.encode(
                self.calibration.calibrated([b.item[1] for b in kept]),
                [b.item[0] for b in kept], compares=False,
            ),
            EncodedSide(np.concatenate([side.numbers, more], 1), side.indices, side.bags),
            np.array([_scaled(newest - b.time) for b in kept], F),
        )


def _scaled(seconds: float) -> float:
    return math.log1p(max(0.0, seconds)) / 8


def context(
    tensors: Tensors, schema: HistorySchema, items: Array, history: Sequence[EncodedHistory]
) -> Array | None:
    """What the history says about each candidate, ``items [M, D]`` -> ``[M, width]``.

    Returns:
        None where the model has no sequences.
    """
    if not schema.sequences:
        return None
    parts = []
    for (sequence, action), own in zip(schema.sequences, history):
        below = tensors.below(f"history.{sequence['name']}")
        rows = tensors.side("item", schema.item, own.item)
        encoded = _states(below, "items", relu(below.linear("item_input", rows)))
        values = encoded
        if "fusion.output.weight" in below:
            done = below.side("action", action, own.action)
            done = _states(below, "actions", relu(below.linear("action_input", done)))
            product = below.linear("fusion.item", encoded) * below.linear("fusion.action", done)
            values = relu(below.linear("fusion.output", np.concatenate([encoded, done, product], 1)))
        keys = np.concatenate([below.linear("key", encoded), below["nothing_key"]])
        values = np.concatenate([values, below["nothing_value"]])
        ages = np.concatenate([own.ages * below["age"][0, 0], np.zeros(1, F)])
        queries = below.linear("query", items)
        scores = np.tanh(queries[:, None, :] + keys[None, :, :]) @ below["score"][0] + ages
        weights = np.exp(scores - scores.max(1, keepdims=True))
        parts.append((weights / weights.sum(1, keepdims=True, dtype=F)) @ values)
    return np.concatenate(parts, 1)


def _states(tensors: Tensors, unit: str, x: Array) -> Array:
    """The states of a recurrent unit along ``x [S, I]``; ``x`` itself where there is none."""
    if f"{unit}.recurrent.weight" not in tensors:
        return x
    states: list[Array] = []
    h = np.zeros((1, tensors[f"{unit}.recurrent.weight"].shape[0]), F)
    for row in range(len(x)):
        h = tensors.recurrent(unit, x[row : row + 1], h)
        states.append(h)
    return np.concatenate(states) if states else np.zeros((0, h.shape[1]), F)
