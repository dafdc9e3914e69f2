"""Queries with graded documents, as LETOR files and ELWC hold them, as events.

Each query becomes one ranking, with an item for each document and its features; the grade of a
shown document becomes an interaction of the kind ``relevance`` with the grade as its value, and where
asked for one of another kind, such as ``relevant``, for each grade from a number on.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fader.errors import FaderError, InputError
from fader.events import (
    INTERACTION, RANKING, WIDE, Event, fields_text, interaction_line, item_text, ranking_line,
    write_events,
)

#: 2026-01-01T00:00:00Z. Such files hold no times, so queries are given one each, in their order.
START = 1_767_225_600
FeatureCell = float | int | str | list[str] | list[float]


@dataclass(frozen=True)
class Document:
    """One document of a query.

    Attributes:
        grade: 0 for not relevant; none where it is not known.
    """

    id: str
    grade: float | None
    features: Mapping[str, FeatureCell]


@dataclass(frozen=True)
class Query:
    """One query with its documents, in the order of the file."""

    id: str
    documents: Sequence[Document]
    context: Mapping[str, FeatureCell] = field(default_factory=dict)
    user: str | None = None


@dataclass(frozen=True)
class Grading:
    """How grades become lists and feedback.

    Attributes:
        kind: of the interactions that carry the grade; none for no such interactions.
        thresholds: kinds of feedback of 0 and 1 by the lowest grade that counts:
            ``{"relevant": 1}``.
        shown: how many documents of a query count as shown; all of them when none. Only shown
            ones have feedback.
        shuffle: a seed by which documents are put in a random order first. The order of a file may
            follow the grades, and a place should not tell them.
        start: seconds since 1970 of the first query.
        step: seconds from one query to the next.
    """

    kind: str | None = "relevance"
    thresholds: Mapping[str, float] = field(default_factory=dict)
    shown: int | None = None
    shuffle: int | None = None
    start: float = START
    step: float = 1

    def __post_init__(self) -> None:
        if self.shown is not None and self.shown < 1:
            raise InputError("shown", "a number of documents from 1", f"{self.shown}")
        if not self.step > 0:
            raise InputError("step", "seconds above 0", f"{self.step}")
        if self.kind is None and not self.thresholds:
            raise InputError("kinds of feedback", "at least one", "none", "give one of them")


@dataclass
class GradedReport:
    """What was written."""

    queries: int = 0
    documents: int = 0
    shown: int = 0
    interactions: dict[str, int] = field(default_factory=dict)
    grades: dict[float, int] = field(default_factory=dict)
    without_grade: int = 0

    def __str__(self) -> str:
        grades = ", ".join(f"{grade:g}: {count}" for grade, count in sorted(self.grades.items()))
        kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(self.interactions.items()))
        lines = [
            f"{self.queries} queries as rankings, {self.documents} documents, {self.shown} shown",
            f"grades of shown documents: {grades or 'none'}; interactions: {kinds or 'none'}",
        ]
        if self.without_grade:
            lines.append(f"note: {self.without_grade} documents have no grade")
        return "\n".join(lines)


def write_graded(out: str | Path, queries: Iterable[Query], grading: Grading) -> GradedReport:
    """Writes queries as events; whole or not at all."""
    report = GradedReport()

    def events() -> Iterator[Event]:
        seen: set[str] = set()
        for number, query in enumerate(queries):
            if query.id in seen:
                raise InputError(
                    f"query {query.id}", "all documents of a query together", "the query a second time",
                    "sort the file by query",
                )
            seen.add(query.id)
            yield from _events(query, number, grading, report)
        if not report.queries:
            raise FaderError("no query was found; nothing was written")

    write_events(out, events())
    return report


def _events(query: Query, number: int, g: Grading, report: GradedReport) -> Iterator[Event]:
    micro = round((g.start + number * g.step) * 1_000_000)
    documents = list(query.documents)
    ids = [document.id for document in documents]
    if len(set(ids)) < len(ids):
        again = next(id_ for id_ in ids if ids.count(id_) > 1)
        raise InputError(
            f"query {query.id}", "documents with ids of their own", f"{again!r} more than once",
            "name another feature for the id, or none",
        )
    if g.shuffle is not None:
        random.Random(f"{g.shuffle} {query.id}").shuffle(documents)
    count = len(documents) if g.shown is None else min(g.shown, len(documents))
    items = [
        item_text(document.id, fields_text(exact(document.features)), place + 1 if place < count else None)
        for place, document in enumerate(documents)
    ]
    report.queries += 1
    report.documents += len(documents)
    report.shown += count
    fields = fields_text(exact(query.context))
    yield micro, RANKING, number, ranking_line(micro, query.id, items, query.user, fields)
    for document in documents[:count]:
        if document.grade is None:
            report.without_grade += 1
            continue
        report.grades[document.grade] = report.grades.get(document.grade, 0) + 1
        kinds: list[tuple[str, float | None]] = [
            (kind, None) for kind, lowest in g.thresholds.items() if document.grade >= lowest
        ]
        if g.kind is not None and document.grade != 0:
            kinds.append((g.kind, document.grade))
        for kind, value in kinds:
            report.interactions[kind] = report.interactions.get(kind, 0) + 1
            line = interaction_line(micro, query.id, document.id, kind, value)
            yield micro, INTERACTION, number, line


def exact(features: Mapping[str, FeatureCell]) -> dict[str, FeatureCell]:
    """Features with whole numbers as such, and those that are too long for numbers as texts."""
    return {name: _exact(value) for name, value in features.items()}


def _exact(value: FeatureCell) -> FeatureCell:
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < WIDE else value
    return str(value) if isinstance(value, int) and abs(value) >= WIDE else value
