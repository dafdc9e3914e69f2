"""Part ``calibration`` of section ``schema``: upstream scores are brought back to chances first.

The part is a list, absent where there are no such scores::

    [{"configuration": {"score": "ctr_score", "scale": "chance" | "log_odds",
                        "version": "item.NAME" | "context.NAME" | absent, "shift": NAME | absent,
                        "unknown_version": "latest" | "raw" | "refuse", ...},
      "versions": [{"version": "v1", "map": {"knots": [[x, y], ...], "slope": s},
                    "shifts": {"k3": b}, ...}]}]

A score becomes log-odds x, ``log(p / (1 - p))`` of p kept within 1e-7 of 0 and 1; then
``map(x) + shifts[value]``, where the map is straight between its knots and goes on beyond the ends
with ``slope``; then a chance again. The map is that of the score's version, the last one of the list
for a version that is not in it; with ``raw`` such a score stays as it is.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from fader.checkpoint.sides import Features, category, finite_number, text_form
from fader.errors import InputError

LEAST = 1e-7


class Calibration:
    """The calibrators of a checkpoint."""

    def __init__(self, section: Sequence[Mapping[str, Any]]) -> None:
        self.scores = [_Score(one) for one in section]

    def calibrated(
        self, items: Sequence[Features], context: Features | None = None
    ) -> list[Features]:
        """The items with calibrated scores in place of those that came; other features stay.

        Args:
            context: features of the request; of items in a history nothing is known.

        Raises:
            InputError: a request has a version without a map and ``unknown_version`` is ``refuse``.
        """
        result = [dict(item) for item in items]
        for score in self.scores:
            for item, changed in zip(items, result):
                value = finite_number(item.get(score.name))
                if value is not None:
                    if context is not None:
                        score.check(item, context)
                    changed[score.name] = score(value, item, context or {})
        return result


class _Score:
    def __init__(self, section: Mapping[str, Any]) -> None:
        configuration = section["configuration"]
        self.name = text_form(configuration["score"])
        self.is_chance = configuration.get("scale", "chance") == "chance"
        self.shift = configuration.get("shift")
        self.version = configuration.get("version")
        self.keeps_unknown = configuration.get("unknown_version") == "raw"
        self.refuses_unknown = configuration.get("unknown_version") == "refuse"
        self.versions = list(section["versions"])

    def __call__(self, score: float, item: Features, context: Features) -> float:
        version = self._map(self._named(item, context))
        if version is None:
            return score
        knots, slope = version["map"]["knots"], float(version["map"]["slope"])
        shifts = version.get("shifts") or {}
        if knots == [[0, 0]] and slope == 1 and not shifts:
            return score
        x = _log_odds(score) if self.is_chance else score
        field = _single(item, self.shift) if self.shift else None
        y = _mapped(x, knots, slope) + (float(shifts.get(field, 0.0)) if field is not None else 0.0)
        return _chance(y) if self.is_chance else y

    def check(self, item: Features, context: Features) -> None:
        """Refuses a version without a map where the checkpoint says so."""
        name = self._named(item, context)
        known = [version["version"] for version in self.versions]
        if self.refuses_unknown and name not in map(text_form, known):
            raise InputError(
                "/items",
                f"scores '{self.name}' of a version with a map in the model ({', '.join(known)})",
                f"'{name}'" if name else "none",
            )

    def _named(self, item: Features, context: Features) -> str:
        if not self.version:
            return ""
        side, name = self.version.split(".", 1)
        found = _single(item if side == "item" else context, name)
        return "" if found is None else found

    def _map(self, name: str) -> Mapping[str, Any] | None:
        for version in self.versions:
            if text_form(version["version"]) == name:
                return dict(version)
        return None if self.keeps_unknown or not self.versions else dict(self.versions[-1])


def _single(features: Features, name: str) -> str | None:
    value = features.get(text_form(name))
    return None if value is None or isinstance(value, list) else text_form(category(value))


def _mapped(x: float, knots: Sequence[Sequence[float]], slope: float) -> float:
    if x <= knots[0][0]:
        return knots[0][1] + slope * (x - knots[0][0])
    if x >= knots[-1][0]:
        return knots[-1][1] + slope * (x - knots[-1][0])
    place = next(i for i, knot in enumerate(knots) if knot[0] > x)
    (x0, y0), (x1, y1) = knots[place - 1], knots[place]
    return float(min(y1, y0 + (x - x0) * ((y1 - y0) / (x1 - x0))))


def _log_odds(chance: float) -> float:
    p = min(max(chance, LEAST), 1 - LEAST)
    return math.log(p / (1 - p))


def _chance(x: float) -> float:
    return math.exp(x) / (1 + math.exp(x)) if x < 0 else 1 / (1 + math.exp(-x))
