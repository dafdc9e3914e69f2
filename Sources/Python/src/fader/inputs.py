"""Files as they come: plain or gzip, which their content tells."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from fader.errors import InputError, MissingError

_AGAIN = "the file is damaged: copy it again"


@contextmanager
def opened(path: str | Path) -> Iterator[IO[bytes]]:
    """The bytes of a file, unpacked.

    Raises:
        MissingError: there is no such file.
        InputError: it cannot be read, or is cut off.
    """
    try:
        with open(path, "rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
        with cast(IO[bytes], gzip.open(path, "rb")) if packed else open(path, "rb") as stream:
            yield stream
    except FileNotFoundError:
        raise MissingError(str(path), "a file", "none", "check the path") from None
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InputError(str(path), "a whole gzip file", str(error), _AGAIN) from None
    except OSError as error:
        raise InputError(str(path), "a readable file", error.strerror or str(error)) from None


def lines(path: str | Path) -> Iterator[tuple[int, str]]:
    """The lines of a text that are not blank, with their numbers from 1."""
    with opened(path) as stream:
        for number, line in enumerate(stream, 1):
            try:
                text = line.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError:
                raise InputError(
                    f"{path}, line {number}", "text in UTF-8", "other bytes", "convert the file"
                ) from None
            if text.strip():
                yield number, text.rstrip("\r\n")
