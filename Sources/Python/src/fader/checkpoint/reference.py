"""The reference: the policy that a generator of today starts from and is held near.

It has no tensors of its own. In each place it expects of every candidate, under w, the sum of

- for every predicted objective ``w / scale`` times the gain: the probability (or number, in its unit)
  that the evaluators' pointwise terms and relations give, and what the candidate changes in that of
  the item right above it;
- for every rule ``w / scale`` times its exact increment.

Logits are ``(sum - mean) sharpness / deviation`` with the moments of the first place; squares of a
third of the largest increment of each rule are added to the variance, since a rule may not tell
candidates apart at first. A generator has a reference where ``generator.reference`` is not false,
all evaluators have pointwise terms, and at least one objective is predicted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fader.checkpoint.layers import sigmoid
from fader.checkpoint.objectives import Objectives
from fader.checkpoint.terms import SequentialTerms

Array = NDArray[np.float32]
F = np.float32
FOLLOWERS = 12
#: Candidates that differ by less than this share of their mean differ by rounding alone.
ROUNDING = F(1e-6)


@dataclass(frozen=True)
class Factor:
    """A predicted objective with a weight.

    Attributes:
        place: among all predicted objectives.
        weight: ``w / scale``.
        binary: whether its head predicts a probability.
        unit: of a number.
    """

    place: int
    weight: F
    terms: SequentialTerms
    binary: bool
    unit: F


@dataclass(frozen=True)
class Step:
    """What is known of all candidates in one place.

    Attributes:
        logits: ``[M]``.
        gains: of each factor, ``[M]``.
        slopes: of each factor, how much a unit of raw output moves it, ``[M]``.
    """

    logits: Array
    gains: list[Array]
    slopes: list[Array]


class Reference:
    """The reference for one request, one w and one length."""

    def __init__(
        self, factors: Sequence[Factor], predicted: int, objectives: Objectives, weights: Array,
        columns: Sequence[Array], length: int, sharpness: float, candidates: int,
    ) -> None:
        self.factors = factors
        self.predicted = predicted
        self.columns = columns
        self.length = length
        self.sharpness = F(sharpness)
        self.candidates = candidates
        self.rules = [
            (o.rule, o.column, w / o.scale)
            for o, w in zip(objectives.all, weights) if o.rule is not None and w != 0
        ]
        self.mean = self.scale = F(0)
        sums, gains, _ = self._values([])
        count = F(max(1, candidates))

        def moments(values: Array) -> tuple[F, F]:
            mean = values.sum(dtype=F) / count
            return F(mean), F(np.square(values - mean).sum(dtype=F) / count)

        self.mean, squares = moments(sums)
        self.moments = []
        for gain in gains:
            mean, square = moments(gain)
            deviation = np.sqrt(square)
            # Of what is rounding alone nothing is seen.
            known = deviation > ROUNDING * np.abs(mean)
            self.moments.append((mean, max(deviation, F(1e-9)) if known else F(np.inf)))
        for rule, column, factor in self.rules:
            increments = factor * rule.increments([], length, columns[column])
            squares = squares + np.square(np.max(np.abs(increments), initial=F(0)) / F(3))
        deviation = np.sqrt(squares)
        least = max(F(1e-12), ROUNDING * np.abs(self.mean))
        self.scale = F(self.sharpness / deviation) if deviation > least else F(0)

    @staticmethod
    def width(predicted: int) -> int:
        """Numbers that the attention sees of a candidate, for so many predicted objectives."""
        return 3 * predicted + 4

    def step(self, placed: Sequence[int]) -> Step:
        """Logits of the place after ``placed``."""
        sums, gains, slopes = self._values(placed)
        return Step((sums - self.mean) * self.scale, gains, slopes)

    def _rule_sums(self, placed: Sequence[int], sums: Array) -> Array:
        for rule, column, factor in self.rules:
            sums = sums + factor * rule.increments(placed, self.length, self.columns[column])
        return sums

    def _values(self, placed: Sequence[int]) -> tuple[Array, list[Array], list[Array]]:
        gains, slopes = [], []
        sums = np.zeros(self.candidates, F)
        for factor in self.factors:
            own, change = factor.terms.raw(placed), factor.terms.change_above(placed)
            if factor.binary:
                gain = sigmoid(own)
                slopes.append(gain * (F(1) - gain))
                if change is not None:
                    before, by = change
                    gain = gain + (sigmoid(before + by) - sigmoid(np.array([before], F))[0])
            else:
                slopes.append(np.full_like(own, factor.unit))
                gain = (own if change is None else own + change[1]) * factor.unit
            gains.append(gain)
            sums = sums + factor.weight * gain
        return self._rule_sums(placed, sums), gains, slopes

    def values(self, step: Step, placed: Sequence[int]) -> Array:
        """What the attention sees of the reference (``reference_values``): ``[M, width]``.

        For each predicted objective its gain and how far that is below the best that is left; the
        same of the logit; the share of the list that is written; what the candidate does to those
        that are likely to follow, by rules and then by each predicted objective. In standard
        deviations of the first place, within 4; 0 for candidates that are placed.
        """
        result = np.zeros((self.candidates, self.width(self.predicted)), F)
        is_open = np.ones(self.candidates, bool)
        is_open[list(placed)] = False

        def put(column: int, value: Array) -> None:
            best = np.max(value[is_open], initial=F(-np.inf))
            result[is_open, column] = np.clip(value[is_open], F(-4), F(4))
            result[is_open, column + 1] = np.maximum(value[is_open] - best, F(-4))

        for factor, gain, (mean, deviation) in zip(self.factors, step.gains, self.moments):
            put(2 * factor.place, (gain - mean) / deviation)
        put(2 * self.predicted, step.logits / self.sharpness)
        result[is_open, 2 * self.predicted + 2] = F(len(placed)) / F(self.length)
        first = 2 * self.predicted + 3
        likely, chances = self._followers(step, is_open, self.length - len(placed) - 1)
        if len(likely) == 0:
            return result
        result[likely, first] = self._rule_changes(likely, chances, placed)
        for number, factor in enumerate(self.factors):
            if factor.terms.relations is None:
                continue
            # Row: the candidate put here; column: the one that follows.
            below = factor.terms.relations.above[np.ix_(likely, likely)].copy()
            np.fill_diagonal(below, 0)
            change = (below * (chances * step.slopes[number][likely])).sum(1, dtype=F)
            deviation = self.moments[number][1]
            result[likely, first + 1 + factor.place] = np.clip(change / deviation, F(-4), F(4))
        return result

    def _followers(
        self, step: Step, is_open: NDArray[np.bool_], places: int
    ) -> tuple[NDArray[np.int64], Array]:
        """The likeliest candidates for the places below, at most 12, and roughly how likely: two
        logits for each standard deviation."""
        if places <= 0 or self.scale <= 0:
            return np.zeros(0, np.int64), np.zeros(0, F)
        candidates = np.flatnonzero(is_open)
        order = np.argsort(-step.logits[candidates], kind="stable")[:FOLLOWERS]
        likely = candidates[order]
        parts = np.exp(F(2) * (step.logits[likely] - step.logits[likely[0]]) / self.sharpness)
        chances = np.minimum(F(1), parts * F(places) / parts.sum(dtype=F))
        return likely, chances

    def _rule_changes(
        self, likely: NDArray[np.int64], chances: Array, placed: Sequence[int]
    ) -> Array:
        none = np.zeros(self.candidates, F)
        now = self._rule_sums(placed, none)[likely]
        changes = []
        for own, candidate in enumerate(likely):
            then = self._rule_sums([*placed, int(candidate)], none)[likely]
            change = chances * (then - now)
            change[own] = 0
            changes.append(change.sum(dtype=F))
        return np.clip(np.array(changes, F) * self.scale / self.sharpness, F(-4), F(4))
