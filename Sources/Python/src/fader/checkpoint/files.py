"""The files of a checkpoint: ``bundle.json`` and safetensors.

A checkpoint is a folder. ``bundle.json`` names every other file with its size and SHA-256::

    {
    "format": "fader-checkpoint",
    "version": 1,
    "files": {"model.safetensors": {"bytes": 3167812, "sha256": "..."}, ...},
    "sections": {"schema": {...}, "objectives": [...], "generator": {...}, ...},
    "bundle_sha256": "<64 hexadecimal digits>"
    }

The last member is the SHA-256 of all bytes of the file that stand before its own digits, so a
change of any bit is noticed. Each section stands on a line of its own.

A safetensors file is: 8 bytes, the length L of the header as a little-endian integer; L bytes of
JSON, ``{"name": {"dtype": "F32", "shape": [r, c], "data_offsets": [begin, end]}, ...}`` with an
optional ``__metadata__``; then the numbers, little-endian and row by row, at these offsets.
Fader writes F32 and matrices only: a vector is ``[1, n]``.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fader.errors import InputError, MissingError, listed

Array = NDArray[np.float32]

FORMAT = "fader-checkpoint"
VERSION = 1
BUNDLE = "bundle.json"
MODEL = "model.safetensors"
AGAIN = "the checkpoint is damaged: copy it again or use an earlier one"
_SEAL = re.compile(rb'"bundle_sha256": "([0-9a-f]{64})"\n\}\n\Z')
_TYPES = {"F32": "<f4", "F64": "<f8", "F16": "<f2", "I32": "<i4", "I64": "<i8"}
_LONGEST_HEADER = 100_000_000


class CheckpointFiles:
    """A checkpoint folder whose bundle is read and whose files are verified when they are asked for."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        place = self.path / BUNDLE
        if not place.is_file():
            raise MissingError(
                str(self.path), f"a checkpoint folder with {BUNDLE}", "none",
                "give the path of a folder such as checkpoints/best",
            )
        text = place.read_bytes()
        bundle = _bundle(text, str(place))
        self.files: dict[str, dict[str, Any]] = bundle["files"]
        self.sections: dict[str, Any] = bundle["sections"]

    def bytes(self, name: str) -> bytes:
        """The content of a file that the bundle lists, held against its size and hash."""
        place = self.path / name
        if name not in self.files:
            raise InputError(
                str(self.path), f"the file {name}", f"only {listed(sorted(self.files))}",
                "use a checkpoint that was written with it",
            )
        known = self.files[name]
        try:
            content = place.read_bytes()
        except OSError as error:
            raise InputError(str(place), "a readable file", str(error), AGAIN) from None
        if len(content) != known["bytes"]:
            raise InputError(str(place), f"{known['bytes']} bytes", f"{len(content)}", AGAIN)
        digest = hashlib.sha256(content).hexdigest()
        if digest != known["sha256"]:
            raise InputError(str(place), f"SHA-256 {known['sha256']}", digest, AGAIN)
        return content

    def tensors(self, name: str = MODEL) -> dict[str, Array]:
        """The matrices of a safetensors file by name."""
        return read_safetensors(self.bytes(name), str(self.path / name))

    def section(self, name: str) -> Any:
        """A section of the bundle."""
        if name not in self.sections:
            raise InputError(
                str(self.path / BUNDLE), f"the section {name}",
                f"only {listed(sorted(self.sections))}", "use a checkpoint that was written with it",
            )
        return self.sections[name]


def _bundle(text: bytes, where: str) -> dict[str, Any]:
    seal = _SEAL.search(text)
    try:
        bundle = json.loads(text)
        heading = (bundle["format"], bundle["version"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InputError(where, "JSON with a format and a version", "other content", AGAIN) from None
    if heading[0] != FORMAT:
        raise InputError(where, f"format {FORMAT}", repr(heading[0]), "this is no Fader checkpoint")
    if heading[1] != VERSION:
        raise InputError(
            where, f"version {VERSION}", repr(heading[1]), "use the release of this package for it"
        )
    if seal is None:
        raise InputError(where, "its own SHA-256 in the last line", "none", AGAIN)
    if hashlib.sha256(text[: seal.start(1)]).hexdigest().encode() != seal.group(1):
        raise InputError(where, "content that fits its closing SHA-256", "other content", AGAIN)
    return bundle


def read_safetensors(content: bytes, where: str) -> dict[str, Array]:
    """The tensors of a safetensors file, all as float32; see the top of this module."""
    fault = InputError(where, "a safetensors file", "bytes that break the format", AGAIN)
    length = int.from_bytes(content[:8], "little")
    if len(content) < 8 or length > min(_LONGEST_HEADER, len(content) - 8):
        raise fault
    try:
        header: dict[str, Any] = json.loads(content[8 : 8 + length])
        start = 8 + length
        tensors: dict[str, Array] = {}
        for name, entry in header.items():
            if name == "__metadata__":
                continue
            begin, end = entry["data_offsets"]
            if not 0 <= begin <= end <= len(content) - start:
                raise fault
            tensors[name] = _array(content[start + begin : start + end], entry)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise fault from None
    return tensors


def _array(scalars: bytes, entry: dict[str, Any]) -> Array:
    shape = entry["shape"]
    if entry["dtype"] == "BF16":
        # The upper half of a float32.
        halves = np.frombuffer(scalars, "<u2").astype(np.uint32) << np.uint32(16)
        return halves.view(np.float32).reshape(shape)
    return np.frombuffer(scalars, _TYPES[entry["dtype"]]).astype(np.float32).reshape(shape)
