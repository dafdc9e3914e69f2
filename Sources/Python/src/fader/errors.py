"""The errors of this package, worded alike: where, what was expected, what was found, what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class FaderError(Exception):
    """What this package refuses; its text is written for the person who reads it."""


class InputError(FaderError):
    """A file, a column, a value or an option that cannot be used.

    Args:
        where: the file, and the line, row or column in it.
        expected: what would have been right.
        got: what is there.
        remedy: what to do about it.
    """

    def __init__(self, where: str, expected: str, got: str, remedy: str = "") -> None:
        self.where = where
        self.expected = expected
        self.got = got
        self.remedy = remedy
        text = f"{where}: expected {expected}, got {got}"
        super().__init__(f"{text}; {remedy}" if remedy else text)


class MissingError(InputError):
    """A file or folder that is not there."""


def nearest(name: str, known: Iterable[str]) -> str:
    """``did you mean "x"?`` for the known name that is most like this one, else an empty text."""
    found = difflib.get_close_matches(name, list(known), 1)
    return f'did you mean "{found[0]}"?' if found else ""


def listed(names: Iterable[str]) -> str:
    """Names for a sentence, ``nothing`` when there are none."""
    return ", ".join(names) or "nothing"
