"""Section and tensors ``generator``: the policy that writes a list item by item, steered by w.

The section holds ``item_hidden``, ``item_width`` (H), ``fit_width``, ``state`` (G), ``attention``
(A), ``relations``, ``conditioning``, ``hyper_hidden``, ``generated`` and, where they are not the
default, ``reference`` (true), ``reference_values`` (true), ``sharpness`` (10) and ``placed_attention`` P (0).

==========================  ===================  ==============================================
tensor                      shape                meaning
==========================  ===================  ==============================================
``item.*``, ``user.*``,     ``[rows, width]``    tables of categories
``context.*``
``mlp1.*``                  see ``layers``       encoder: candidates ``[M, H]``
``mlp2.*``                  ``[H, G]``           first layer over the mean candidate
``recurrent.*``             see ``layers``       recurrent unit over what was placed
``key.weight``              ``[H, A]``           W_k
``start``                   ``[1, H]``           what stands above the first place
``theta``                   ``[1, S]``           theta_0
``hyper.*``                 ``[W, hidden]``      first layer of the hypernetwork
``hyper.output``            ``[hidden, S]``      its second layer, without a bias
``placed.query``, ``.key``  ``[H, P]``           attention over placed items, only with P above 0: what
``placed.use``, ``.value``  ``[H, P]``           a candidate looks at, what that is worth to it,
``placed.gate``             ``[W, P]``           and how much of it counts under w
==========================  ===================  ==============================================

``theta(w) = theta + relu((w - 1/W) hyper + b) hyper.output``, the change only in the layers that
``generated`` names. A row of S numbers is v [A], b [A], W_l [L, A], W_q [G, A], the last layer of MLP2
[G, G] and its bias [G], in this order. With ``conditioning: input`` theta is the same for all w, and
w - 1/W stands behind user and context.

``h_0 = relu(mlp2(mean of candidates)) W_2 + b_2``; in each place ``h`` takes a step of the
recurrent unit with the item above (``start`` in the first), and candidate i scores
``v . relu(W_k e_i + W_q h + W_l l_i + b)``, plus the reference's logit where there is a reference.
The probability of a pick is the softmax over the candidates that may stand there.

With ``placed_attention`` a candidate i also gains ``sum_j softmax_j(query_i . key_j / sqrt P) u_i . value_j``
over the placed items and a logit of 0 for nothing, with ``u_i = use_i (1 + w gate)``.

The local context ``l_i [L]`` is, in this order: that of the rules (``objectives``); with
``relations`` for each categorical feature of the item the placed items of the same value / n and 1 /
distance to the last of them; with ``reference_values`` what the reference expects (``reference``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fader.checkpoint.features import EncodedRequest, Schema
from fader.checkpoint.history import context
from fader.checkpoint.layers import Tensors, relu
from fader.checkpoint.models import inputs
from fader.checkpoint.objectives import Objectives
from fader.checkpoint.reference import Factor, Reference
from fader.checkpoint.sides import MISSING_ROW
from fader.checkpoint.terms import Member, SequentialTerms
from fader.errors import InputError

Array = NDArray[np.float32]
F = np.float32
#: Which of theta's six parts belong to which name in ``generated``.
OWNERS = ("score", "score", "local", "query", "start", "start")

Exclude = Callable[[Sequence[int]], NDArray[np.bool_]]
Choose = Callable[[Array, Array], int]


def _attended(logits: Array, gains: Array, placed: Sequence[int]) -> Array:
    """``sum_j softmax_j(logits) gains`` over the placed items and a logit of 0 for nothing: [M]."""
    chosen = logits[:, list(placed)]
    best = np.maximum(chosen.max(1, keepdims=True), F(0))
    parts = np.exp(chosen - best)
    total = parts.sum(1, dtype=F) + np.exp(-best[:, 0])
    result: Array = (parts * gains[:, list(placed)]).sum(1, dtype=F) / total
    return result


class Evaluators:
    """What the policies ask of the evaluators: section ``evaluator`` and its members' tensors."""

    def __init__(self, section: dict[str, Any], members: Sequence[Tensors], schema: Schema) -> None:
        self.configuration: dict[str, Any] = section["configuration"]
        self.heads: list[dict[str, Any]] = section["heads"]
        self.slots: int = section["slots"]
        self.members = members
        self.schema = schema

    @property
    def pointwise(self) -> bool:
        """Whether they have pointwise terms; older checkpoints do not say that they have none."""
        return bool(self.configuration.get("pointwise", True)) and all(
            "pointwise.slots" in member for member in self.members
        )

    def head(self, feedback: str | None) -> int | None:
        """The place of the head that predicts a kind of feedback."""
        names = [head["feedback"] for head in self.heads]
        return names.index(feedback) if feedback in names else None

    def terms(self, request: EncodedRequest, heads: Sequence[int]) -> dict[int, SequentialTerms]:
        """The terms of some heads for one request."""
        members = [
            Member(tensors, self.configuration, self.schema, request, len(self.heads))
            for tensors in self.members
        ]
        return {
            head: self.sequential(members, head, request)
            for head in heads
        }

    def sequential(
        self, members: Sequence[Member], head: int, request: EncodedRequest
    ) -> SequentialTerms:
        """One head's terms of some members, whose ``Member`` was made for the same request."""
        return SequentialTerms(
            members, head, self.slots, request.item.indices,
            examined=self.heads[head].get("slot_law") == "examination",
        )


class Generator:
    """The policy of a checkpoint of the family ``generator``."""

    def __init__(
        self, section: dict[str, Any], tensors: Tensors, schema: Schema, objectives: Objectives,
        evaluators: Evaluators | None,
    ) -> None:
        self.section = section
        self.tensors = tensors
        self.schema = schema
        self.objectives = objectives
        self.evaluators = evaluators
        predicted = [
            (o, evaluators.head(o.feedback)) for o in objectives.all if evaluators and o.feedback
        ]
        #: Of each predicted objective its place among all and its head.
        self.predicted = [
            (objectives.all.index(o), head) for o, head in predicted if head is not None
        ]
        self.has_reference = bool(
            section.get("reference", True) and evaluators and evaluators.pointwise and self.predicted
        )
        self.sees_reference = self.has_reference and section.get("reference_values", True)
        self.fields = len(schema.item.categoricals) if section.get("relations", True) else 0
        a, g = int(section["attention"]), int(section["state"])
        local = objectives.local_width + 2 * self.fields
        if self.sees_reference:
            local += Reference.width(len(self.predicted))
        self.shapes = [(1, a), (1, a), (local, a), (g, a), (g, g), (1, g)]
        total = sum(rows * columns for rows, columns in self.shapes)
        if tensors["theta"].shape != (1, total):
            raise InputError(
                tensors.where, f"a tensor generator.theta of shape [1, {total}]",
                f"{list(tensors['theta'].shape)}",
                "its bundle and its tensors belong to different models or to a newer release",
            )

    def theta(self, weights: Array) -> list[Array]:
        """theta(w) cut into v [1, A], b [1, A], W_l [L, A], W_q [G, A], W_2 [G, G] and b_2 [1, G]."""
        theta = self.tensors["theta"]
        if self.section.get("conditioning", "hypernetwork") == "hypernetwork":
            hidden = relu(self.tensors.linear("hyper", self._centred(weights)))
            generated = self.section.get("generated", OWNERS)
            mask = np.concatenate(
                [
                    np.full(rows * columns, owner in generated, F)
                    for (rows, columns), owner in zip(self.shapes, OWNERS)
                ]
            )
            theta = theta + (hidden @ self.tensors["hyper.output"]) * mask
        ends = np.cumsum([rows * columns for rows, columns in self.shapes])[:-1]
        return [part.reshape(shape) for part, shape in zip(np.split(theta[0], ends), self.shapes)]

    def _centred(self, weights: Array) -> Array:
        centred: Array = (weights - F(1) / F(len(weights)))[None, :]
        return centred

    def write(
        self, request: EncodedRequest, weights: Array, length: int, exclude: Exclude, choose: Choose
    ) -> tuple[list[int], list[float]]:
        """A list and the log-probability of each pick.

        Args:
            weights: w, [W].
            length: n.
            exclude: of the places filled so far, which candidates may not follow: [M].
            choose: of scores [M] (``-inf`` for excluded ones) and probabilities [M], the pick.
        """
        own, s = self.tensors, self.schema
        items, shared = inputs(own, s.item, s.user, s.context, request)
        remembered = context(own, s.history, items, request.history)
        if remembered is not None:
            items = np.concatenate([items, remembered], 1)
        if self.section.get("conditioning", "hypernetwork") == "input":
            shared = np.concatenate([shared, self._centred(weights)], 1)
        v, b, local_weights, query_weights, start_weights, start_bias = self.theta(weights)
        encoded = own.encoder("mlp1", items, shared)  # [M, H]
        keys = own.linear("key", encoded)  # [M, A]
        pooled = relu(own.linear("mlp2", encoded.mean(0, keepdims=True, dtype=F)))
        h = pooled @ start_weights + start_bias  # [1, G]
        above = own["start"]
        reference = self._reference(request, weights, length)
        pairs = self._pairs(encoded, weights)
        placed: list[int] = []
        logs: list[float] = []
        for _ in range(length):
            h = own.recurrent("recurrent", above, h)
            local = [*self.objectives.context(placed, length, request.columns)]
            local.append(self._relations(request, placed, length))
            step = reference.step(placed) if reference else None
            if reference and step and self.sees_reference:
                local.append(reference.values(step, placed))
            hidden = keys + (h @ query_weights + b) + np.concatenate(local, 1) @ local_weights
            scores = relu(hidden) @ v[0]
            if pairs and placed:
                scores = scores + _attended(*pairs, placed)
            if step:
                scores = scores + step.logits
            scores = np.where(exclude(placed), F(-np.inf), scores)
            best = np.max(scores)
            parts = np.exp(scores - best)
            total = parts.sum(dtype=F)
            pick = choose(scores, parts * (F(1) / total))
            logs.append(float(scores[pick] - (best + np.log(total))))
            placed.append(pick)
            above = encoded[pick : pick + 1]
        return placed, logs

    def _pairs(self, encoded: Array, weights: Array) -> tuple[Array, Array] | None:
        """How much each candidate looks at each other and what it gains by that: [M, M] each."""
        width = int(self.section.get("placed_attention", 0))
        if width == 0:
            return None
        own = self.tensors
        query = own.linear("placed.query", encoded) * (F(1) / np.sqrt(F(width)))
        used = own.linear("placed.use", encoded)
        used = used + used * own.linear("placed.gate", weights[None, :])
        return (
            query @ own.linear("placed.key", encoded).T, used @ own.linear("placed.value", encoded).T
        )

    def _relations(self, request: EncodedRequest, placed: Sequence[int], length: int) -> Array:
        """How each candidate repeats what is placed: ``[M, 2 fields]``."""
        result = np.zeros((request.candidates, 2 * self.fields), F)
        for field in range(self.fields):
            rows = request.item.indices[:, field]
            for place, item in enumerate(placed):
                same = (rows == rows[item]) & (rows > MISSING_ROW)
                result[same, 2 * field] += 1
                result[same, 2 * field + 1] = F(1) / F(len(placed) - place)
            result[:, 2 * field] /= F(length)
        return result

    def _reference(self, request: EncodedRequest, weights: Array, length: int) -> Reference | None:
        if not self.has_reference or self.evaluators is None:
            return None
        asked = [(place, objective, head) for place, (objective, head) in enumerate(self.predicted)
                 if weights[objective] != 0]
        terms = self.evaluators.terms(request, sorted({head for _, _, head in asked})) if asked else {}
        factors = []
        for place, objective, head in asked:
            kind = self.evaluators.heads[head]
            weight = weights[objective] / self.objectives.all[objective].scale
            factors.append(
                Factor(place, weight, terms[head], kind["kind"] == "binary", F(kind["unit"]))
            )
        return Reference(
            factors, len(self.predicted), self.objectives, weights, request.columns, length,
            self.section.get("sharpness", 10), request.candidates,
        )
