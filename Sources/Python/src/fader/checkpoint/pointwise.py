"""Section and tensors ``pointwise``: the family that scores each candidate by itself.

The section holds ``encoder`` (``hidden``, ``width`` H, ``fit``), ``head_hidden``, ``slots`` and how it was
fitted. Tensors: the tables of ``item``, ``user`` and ``context``; ``encoder.*`` as in ``layers``;
``head.0.*`` ``[H + slots, head_hidden]`` and ``head.1.*`` ``[head_hidden, E]``, an MLP over the
encoded item and the one-hot place, with the E heads of the section ``evaluator``. Candidates are asked
for in the first place.

A list is written greedily: each time the candidate whose ``sum_i w_i gain_i / scale_i`` is highest,
ties to the first. The gain of a rule is its increment; that of a predicted sum is the candidate's
value p, that of ``any`` is p times the product of 1 - p over the items above. It has no
log-probabilities, as it is no law that lists could be drawn from.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fader.checkpoint.features import EncodedRequest, Schema
from fader.checkpoint.generator import Exclude
from fader.checkpoint.layers import Tensors, relu, sigmoid
from fader.checkpoint.models import inputs
from fader.checkpoint.objectives import Objectives

Array = NDArray[np.float32]
F = np.float32


class Pointwise:
    """The policy of a checkpoint of the family ``pointwise``."""

    def __init__(
        self, section: dict[str, Any], tensors: Tensors, schema: Schema, objectives: Objectives,
        heads: Sequence[dict[str, Any]],
    ) -> None:
        self.section = section
        self.tensors = tensors
        self.schema = schema
        self.objectives = objectives
        self.heads = heads

    def values(self, request: EncodedRequest) -> Array:
        """What each candidate earns in the first place, per head: ``[E, M]``."""
        own, s = self.tensors, self.schema
        items, shared = inputs(own, s.item, s.user, s.context, request)
        encoded = own.encoder("encoder", items, shared)
        place = np.zeros((len(encoded), int(self.section["slots"])), F)
        place[:, 0] = 1
        hidden = relu(own.linear("head.0", np.concatenate([encoded, place], 1)))
        raw = own.linear("head.1", hidden)
        return np.stack(
            [
                sigmoid(raw[:, h]) if head["kind"] == "binary" else raw[:, h] * F(head["unit"])
                for h, head in enumerate(self.heads)
            ]
        )

    def write(
        self, request: EncodedRequest, weights: Array, length: int, exclude: Exclude
    ) -> list[int]:
        """The list for a request under w."""
        values = self.values(request)
        names = [head["feedback"] for head in self.heads]
        placed: list[int] = []
        for _ in range(length):
            gains = np.zeros(request.candidates, F)
            for objective, w in zip(self.objectives.all, weights):
                if w == 0 or objective.rule is None:
                    continue
                column = request.columns[objective.column]
                gains = gains + w * objective.rule.increments(placed, length, column) / objective.scale
            for objective, w in zip(self.objectives.all, weights):
                if w == 0 or objective.rule is not None:
                    continue
                value = values[names.index(str(objective.feedback))]
                gain = value
                if objective.any:
                    for above in placed:
                        gain = gain * (F(1) - np.clip(value[above], F(0), F(1)))
                elif objective.next is not None:
                    onward = np.clip(values[names.index(objective.next)], F(0), F(1))
                    gain = gain * onward[placed].prod(dtype=F)
                gains = gains + w * gain / objective.scale
            placed.append(int(np.argmax(np.where(exclude(placed), F(-np.inf), gains))))
        return placed
