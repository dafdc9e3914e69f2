"""What became of the rows."""

from __future__ import annotations

from dataclasses import dataclass, field

from fader.errors import FaderError

EXAMPLES = 3


@dataclass
class Tally:
    """How often something happened, and the first places."""

    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, count: int = 1, example: str | None = None) -> None:
        self.count += count
        if example is not None and len(self.examples) < EXAMPLES:
            self.examples.append(example)


@dataclass
class Report:
    """Counts of what was read, written and left out.

    Attributes:
        lost_rows, lost_rankings, lost_interactions: what was left out, by reason.
        notes: what was changed or is worth knowing, by what it is.
    """

    impression_rows: int = 0
    interaction_rows: int = 0
    rankings: int = 0
    items: int = 0
    interactions: int = 0
    user_updates: int = 0
    types: dict[str, int] = field(default_factory=dict)
    lost_rows: dict[str, Tally] = field(default_factory=dict)
    lost_rankings: dict[str, Tally] = field(default_factory=dict)
    lost_interactions: dict[str, Tally] = field(default_factory=dict)
    notes: dict[str, Tally] = field(default_factory=dict)

    @staticmethod
    def add(to: dict[str, Tally], reason: str, count: int = 1, example: str | None = None) -> None:
        """Counts a reason."""
        to.setdefault(reason, Tally()).add(count, example)

    def check_loss(self, allowed: float) -> None:
        """Raises ``LossError`` when more than this share of anything was left out, or nothing is left."""
        for what, lost, kept in (
            ("rows of impressions", self.lost_rows, self.impression_rows),
            ("rankings", self.lost_rankings, self.rankings + _sum(self.lost_rankings)),
            ("interactions", self.lost_interactions, self.interaction_rows),
        ):
            count = _sum(lost)
            if kept and count > allowed * kept:
                raise LossError(
                    f"{count} of {kept} {what} would be left out, more than the allowed share of "
                    f"{allowed:g}; nothing was written; mend the tables or raise --allow-loss", self
                )
        if not self.rankings:
            raise LossError("no ranking is left; nothing was written", self)

    def __str__(self) -> str:
        lines = [
            f"{self.impression_rows} rows of impressions: {self.rankings} rankings, "
            f"{self.items} items",
            f"{self.interaction_rows} rows of interactions: {self.interactions} interactions ("
            + ", ".join(f"{name} {count}" for name, count in sorted(self.types.items())) + ")",
        ]
        if self.user_updates:
            lines.append(f"{self.user_updates} changes of users' features")
        for title, tallies in (
            ("left out of impressions", self.lost_rows),
            ("rankings left out", self.lost_rankings),
            ("interactions left out", self.lost_interactions),
            ("note", self.notes),
        ):
            for reason, tally in tallies.items():
                places = f" ({'; '.join(tally.examples)})" if tally.examples else ""
                lines.append(f"{title}: {tally.count} {reason}{places}")
        return "\n".join(lines)


def _sum(tallies: dict[str, Tally]) -> int:
    return sum(tally.count for tally in tallies.values())


class LossError(FaderError):
    """Too much would be left out; ``report`` says what and why."""

    def __init__(self, text: str, report: Report) -> None:
        super().__init__(f"{text}\n{report}")
        self.report = report
