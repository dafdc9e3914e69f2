"""Requests as numbers: the sides of section ``schema`` (``sides``) and its ``history`` (``history``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fader.checkpoint.calibration import Calibration
from fader.checkpoint.history import Behaviour, EncodedHistory, HistorySchema
from fader.checkpoint.sides import EncodedSide, Features, Side, column

Array = NDArray[np.float32]


@dataclass(frozen=True)
class EncodedRequest:
    """A request as numbers: M rows of items, one of user and context each.

    Attributes:
        columns: of the schema's ``columns``, ``[M]`` each.
        history: of each sequence of behaviours.
    """

    item: EncodedSide
    user: EncodedSide
    context: EncodedSide
    columns: list[Array]
    history: list[EncodedHistory] = field(default_factory=list)

    @property
    def candidates(self) -> int:
        """M"""
        return int(self.item.numbers.shape[0])

    def selecting(self, items: Sequence[int]) -> EncodedRequest:
        """The same request with these candidates only; without columns."""
        return EncodedRequest(
            self.item.selecting(items), self.user, self.context, [], self.history
        )


class Schema:
    """The section ``schema``."""

    def __init__(self, section: dict[str, Any]) -> None:
        self.item = Side(section["item"])
        self.user = Side(section["user"])
        self.context = Side(section["context"])
        self.columns = [(c["kind"], c["feature"]) for c in section["columns"]]
        self.feedback: list[str] = section["feedback"]
        self.calibration = Calibration(section.get("calibration") or [])
        self.history = HistorySchema(
            section.get("history") or [], self.item, self.calibration
        )

    def encode(
        self, items: Sequence[tuple[str, Features]], user: tuple[str, Features], context: Features,
        history: Sequence[Behaviour] = (),
    ) -> EncodedRequest:
        """Candidates with their ids, a user with its id, a context and a history as numbers."""
        features = self.calibration.calibrated([row for _, row in items], context)
        return EncodedRequest(
            self.item.encode(features, [id_ for id_, _ in items]),
            self.user.encode([user[1]], [user[0]]),
            self.context.encode([context], [""]),
            [column(kind, name, features) for kind, name in self.columns],
            self.history.encode(history),
        )
