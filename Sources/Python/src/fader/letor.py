"""LETOR and SVMlight files, as MSLR, Yahoo, LightGBM and scikit-learn write them.

A line is a document: ``grade qid:7 1:0.5 3:1 # GX000-00-0000000 inc = 1``. Lines of one query stand
together. Features that a line leaves out are 0, as the format says. What stands behind ``docid =`` is the
document's id; without it that is the number of its line. LightGBM keeps the sizes of queries in a file of
its own, ``train.txt.query``, which can be given in place of ``qid``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from fader.errors import InputError
from fader.graded import Document, FeatureCell, GradedReport, Grading, Query, write_graded
from fader.inputs import lines

_DOCID = re.compile(r"docid\s*[=:]\s*(\S+)")


def events_from_letor(
    paths: Sequence[str | Path], out: str | Path, *, groups: str | Path | None = None,
    grading: Grading | None = None, sparse: bool = False, prefix: str = "f",
) -> GradedReport:
    """Writes the queries of LETOR or SVMlight files as events.

    Args:
        paths: plain or gzip; several are read one after the other.
        groups: of a file without ``qid``, the number of lines of each query.
        grading: how grades become lists and feedback.
        sparse: features that a line leaves out are missing and not 0.
        prefix: of the features' names, ``f1``, ``f2`` and so on.
    """
    g = grading or Grading()
    # What the format calls 0 must be written, or it would be taken for missing.
    numbers = [] if sparse else sorted(set().union(*(_feature_numbers(path) for path in paths)))
    return write_graded(out, _queries(paths, groups, numbers, prefix), g)


def _lines(path: str | Path) -> Iterator[tuple[int, str]]:
    """Lines that hold more than a comment."""
    return ((number, line) for number, line in lines(path) if line.partition("#")[0].strip())


def _feature_numbers(path: str | Path) -> set[int]:
    names: set[str] = set()
    for _, line in _lines(path):
        names.update([cell.partition(":")[0] for cell in line.partition("#")[0].split()[1:]])
    # Names that are no numbers are refused with their line when it is read.
    return {int(name) for name in names if name.isascii() and name.isdigit()}


def _index(name: str, where: str) -> int:
    if not (name.isascii() and name.isdigit()):
        raise InputError(
            where, "features such as 3:0.25", name, "write the number of the feature, a colon, its value"
        )
    return int(name)


def _number(text: str, where: str, what: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise InputError(where, what, repr(text), "write a finite number")
    return value


def _queries(
    paths: Sequence[str | Path], groups: str | Path | None, numbers: Sequence[int], prefix: str
) -> Iterator[Query]:
    sizes = _sizes(groups) if groups is not None else None
    zeros: dict[str, FeatureCell] = {f"{prefix}{n}": 0 for n in numbers}
    own, left, place = "", 0, 0
    documents: list[Document] = []
    keys: dict[str, str] = {}
    for path in paths:
        for number, line in _lines(path):
            where = f"{path}, line {number}"
            content, _, comment = line.partition("#")
            grade, *cells = content.split()
            if sizes is None:
                if not cells or not cells[0].startswith("qid:"):
                    raise InputError(
                        where, "qid:NUMBER behind the grade", cells[0] if cells else "nothing",
                        "write it, or give the sizes of queries (--groups train.txt.query)",
                    )
                query = cells.pop(0)[4:]
            else:
                if left == 0:
                    place += 1
                    left = next(sizes, 0)
                    if left == 0:
                        raise InputError(
                            str(groups), f"sizes of queries that cover {where}",
                            f"{place - 1} sizes that end before", "give the file that belongs to it",
                        )
                left -= 1
                query = str(place)
            if query != own and documents:
                yield Query(own, documents)
                documents = []
            own = query
            features = dict(zeros)
            for cell in cells:
                name, _, value = cell.partition(":")
                key = keys.get(name)
                if key is None:
                    key = keys[name] = f"{prefix}{_index(name, where)}"
                features[key] = _number(value, where, "numbers as features")
            id_ = _document_id(comment, number, path, len(paths))
            documents.append(Document(id_, _number(grade, where, "a grade"), features))
    if documents:
        yield Query(own, documents)
    if sizes is not None and (left or next(sizes, 0)):
        raise InputError(
            str(groups), "sizes of queries that end with the file", "more lines than there are",
            "give the file that belongs to it",
        )


def _document_id(comment: str, number: int, path: str | Path, files: int) -> str:
    named = _DOCID.search(comment)
    if named:
        return named[1]
    return f"{Path(path).name}:{number}" if files > 1 else str(number)


def _sizes(path: str | Path) -> Iterator[int]:
    for number, line in _lines(path):
        text = line.strip()
        if not text.isdigit() or int(text) == 0:
            raise InputError(f"{path}, line {number}", "the number of lines of a query", repr(text))
        yield int(text)
