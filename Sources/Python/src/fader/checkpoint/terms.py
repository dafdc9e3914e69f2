"""Tensors ``evaluator.K.pointwise``: what evaluators expect of an item alone and beside others.

Each member K of the ensemble (section ``evaluator``, ``members`` of them) has, with N =
``slots`` and E = heads:

=======================================  ===================  ===================================
tensor                                   shape                meaning
=======================================  ===================  ===================================
``slots``                                ``[N, E]``           effect of each place; the logit of the
                                                              chance that it is looked at, for heads
                                                              whose ``slot_law`` is ``examination``
``attraction``                           ``[1, E]``           of such heads, added to every item;
                                                              absent where there are none
``numbers.weight``                       ``[4 numbers, E]``   bent lines over the item's numbers
``item.weight``, ``request.weight``      ``[D, E] [R, E]``    linear part of all features
``encoded.weight``                       ``[H, E]``           of the member's own item encoder
``fit.item.weight``                      ``[D, P]``           bilinear fit of item and request;
``fit.request.weight``                   ``[R, E P]``         absent where P or R is 0
``relations.likeness.S.weight``          ``[D, width]``       learned spaces S = 0, 1, ...
``relations.contrast.weight``            ``[D, C]``           learned numbers that are compared
``relations.output.weight``              see ``Relations``    what all of it counts
``history.item_fit.*``                   ``[D, P]``           what the history says (``history``,
``history.history_fit.*``                ``[C, P]``           C wide) beside the item: output of the
``history.hidden.*``                     ``[C+D+P, hidden]``  relu of hidden over both and the product
``history.output.weight``                ``[hidden, E]``      of the fits, and direct of the product;
``history.direct.weight``                ``[P, E]``           absent without a history
``shares``                               ``[1, 5]`` or        shares, 0 to 1, of: linear, encoded,
                                         ``[1, 6]``           relations, channels, fit, history
=======================================  ===================  ===================================

A bent line sees of each number x the four inputs ``x, max(0, x + 1), max(0, x), max(0, x - 1)``.
Evaluators of older checkpoints have no such tensors; then nothing here is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fader.checkpoint.features import EncodedRequest, Schema
from fader.checkpoint.history import context
from fader.checkpoint.layers import Tensors, relu
from fader.checkpoint.models import inputs
from fader.checkpoint.sides import MISSING_ROW

Array = NDArray[np.float32]
F = np.float32

LINEAR, ENCODED, RELATIONS, CHANNELS, FIT, BEHAVIOURS = range(6)


def bent(numbers: Array) -> Array:
    """``[M, numbers]`` -> ``[M, 4 numbers]``, the four inputs of a number side by side."""
    parts = [numbers, *(np.maximum(F(0), numbers - F(bend)) for bend in (-1, 0, 1))]
    return np.stack(parts, 2).reshape(numbers.shape[0], -1)


class Member:
    """One evaluator's pointwise terms for one request."""

    def __init__(
        self, tensors: Tensors, configuration: dict[str, Any], schema: Schema,
        request: EncodedRequest, heads: int,
    ) -> None:
        own = tensors.below("pointwise")
        self.share = own["shares"][0]
        self.items, shared = inputs(tensors, schema.item, schema.user, schema.context, request)
        self.effects = own["slots"]
        single = own.linear("numbers", bent(request.item.numbers))
        if "attraction" in own:
            single = single + own["attraction"]
        if self.share[LINEAR] > 0:
            linear = own.linear("item", self.items) + own.linear("request", shared)
            single = single + linear * self.share[LINEAR]
        if "fit.item.weight" in own and self.share[FIT] > 0:
            projected = own.linear("fit.item", self.items)
            wanted = np.split(own.linear("fit.request", shared), heads, axis=1)
            scale = F(1) / np.sqrt(F(projected.shape[1]))
            fit = np.stack([((projected * w) * scale).sum(1, dtype=F) for w in wanted], 1)
            single = single + fit * self.share[FIT]
        if len(self.share) > BEHAVIOURS and self.share[BEHAVIOURS] > 0:
            remembered = context(tensors, schema.history, self.items, request.history)
            if remembered is not None:
                single = single + _remembered(own, remembered, self.items) * self.share[BEHAVIOURS]
        if self.share[ENCODED] > 0:
            encoded = encode(tensors, configuration, self.items, shared)
            single = single + own.linear("encoded", encoded) * self.share[ENCODED]
        #: What items earn by themselves, without the place's effect: ``[M, E]``.
        self.single: Array = single
        self.relations = own.below("relations")


def _remembered(own: Tensors, history: Array, items: Array) -> Array:
    """What the history adds to each item, ``[M, E]``."""
    match = own.linear("history.item_fit", items) * own.linear("history.history_fit", history)
    hidden = relu(own.linear("history.hidden", np.concatenate([history, items, match], 1)))
    return own.linear("history.output", hidden) + own.linear("history.direct", match)


def encode(
    tensors: Tensors, configuration: dict[str, Any], items: Array, shared: Array
) -> Array:
    """Items as the channels see them: ``[M, H]``; the inputs themselves where ``item_hidden`` is 0."""
    if configuration.get("item_hidden", 96) > 0:
        return tensors.encoder("encoder", items, shared)
    return np.concatenate([items, np.repeat(shared, len(items), 0)], 1)


class Relations:
    """What candidates do to each other, for all members together.

    The rows of ``relations.output.weight`` are, S spaces, C contrasts and F categorical features of
    the item: two for each space (squared likeness to all items above, to the one right above); C
    rises against the item above, C falls against it, C rises against the item below, C falls against
    it; four for each feature (share of the places above with the same value, 1 / distance to the last
    of them, same right above, same right below). Likeness is ``<z_i, z_j> / width``, squared.
    """

    def __init__(
        self, members: Sequence[Member], head: int, slots: int, categories: NDArray[np.int64]
    ) -> None:
        count, fields = categories.shape
        known = categories > MISSING_ROW
        #: Whether two candidates have the same known value: ``[fields, M, M]``.
        self.equals = np.array(
            [
                (categories[:, f, None] == categories[None, :, f]) & known[:, f, None]
                for f in range(fields)
            ]
        ).reshape(fields, count, count)
        #: Row j, column i: what j adds to i anywhere below it, right below it; what i, right below
        #: j, adds to j.
        self.above, self.next, self.back = (np.zeros((count, count), F) for _ in range(3))
        self.distance = np.zeros(fields, F)
        related = [member for member in members if member.share[RELATIONS] > 0]
        for member in related:
            part = F(1) / F(len(members)) * member.share[RELATIONS]
            self._add(member, member.relations["output.weight"][:, head] * part, slots)

    def _add(self, member: Member, weights: Array, slots: int) -> None:
        spaces = 0
        while f"likeness.{spaces}.weight" in member.relations:
            z = member.relations.linear(f"likeness.{spaces}", member.items)
            squares = np.square(z @ z.T) * (F(1) / F(z.shape[1] * z.shape[1]))
            self.above += squares * weights[2 * spaces]
            self.next += squares * weights[2 * spaces + 1]
            spaces += 1
        contrast = member.relations.linear("contrast", member.items)
        width = contrast.shape[1]
        for x in range(width):
            # Row j, column i: how far i is above j.
            difference = contrast[None, :, x] - contrast[:, x, None]
            up = np.maximum(difference, F(0))
            down = up - difference
            rise, fall, rise_below, fall_below = weights[2 * spaces + x :: width][:4]
            self.next += up * rise + down * fall
            self.back += down * rise_below + up * fall_below
        for field, same in enumerate(self.equals):
            base = 2 * spaces + 4 * width + 4 * field
            self.above += same * (weights[base] / F(max(1, slots - 1)))
            self.distance[field] += weights[base + 1]
            self.next += same * weights[base + 2]
            self.back += same * weights[base + 3]


def logit_of_product(x: Array, y: Array) -> Array:
    """The logit of the product of two chances, from their logits."""
    result: Array = -np.logaddexp(np.logaddexp(-x, -y), -x - y).astype(F)
    return result


class SequentialTerms:
    """Raw outputs of one head place by place, the members' mean.

    Args:
        examined: whether the head's ``slot_law`` is ``examination``: a place's effect is then the
            chance that it is looked at, and a factor of what an item earns there.
    """

    def __init__(
        self, members: Sequence[Member], head: int, slots: int, categories: NDArray[np.int64],
        examined: bool = False,
    ) -> None:
        self.examined = examined
        count = F(len(members))
        self.slots = slots
        self.single: Array = np.sum([m.single[:, head] / count for m in members], 0, dtype=F)
        self.effects: Array = np.sum([m.effects[:, head] / count for m in members], 0, dtype=F)
        related = any(member.share[RELATIONS] > 0 for member in members)
        self.relations = Relations(members, head, slots, categories) if related else None

    def raw(self, placed: Sequence[int]) -> Array:
        """Of every candidate in the place after ``placed``: [M]. Places beyond N count as the last."""
        return self.joined(len(placed), self.appeal(placed))

    def joined(self, place: int, appeal: Array) -> Array:
        """Raw outputs of what speaks for items, in a place: any shape."""
        effect = self.effects[min(place, self.slots - 1)]
        if self.examined:
            return logit_of_product(np.array(effect, F), appeal)
        result: Array = appeal + effect
        return result

    def appeal(self, placed: Sequence[int]) -> Array:
        """What speaks for every candidate after ``placed``, without the place itself: [M]."""
        result: Array = self.single
        if self.relations is None or not placed:
            return result
        for j in placed:
            result = result + self.relations.above[j]
        result = result + self.relations.next[placed[-1]]
        return result + self._near(placed)

    def _near(self, placed: Sequence[int]) -> Array:
        """What the distance to the last item of the same category counts: [M]."""
        assert self.relations is not None
        sum_ = np.zeros_like(self.single)
        for field, weight in enumerate(self.relations.distance):
            nearest = np.zeros_like(self.single)
            for place, j in enumerate(placed):
                nearest[self.relations.equals[field][j]] = F(1) / F(len(placed) - place)
            sum_ = sum_ + weight * nearest
        return sum_

    def change_above(self, placed: Sequence[int]) -> tuple[F, Array] | None:
        """Raw output of the item in the last place, and what each candidate below it adds to it: [M]."""
        if self.relations is None or not placed:
            return None
        last, above = placed[-1], placed[:-1]
        alone, back = self.appeal(above)[last], self.relations.back[last]
        before = self.joined(len(above), np.array(alone, F))
        if not self.examined:
            return F(before), back
        return F(before), self.joined(len(above), alone + back) - before
