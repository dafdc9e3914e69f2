"""What tests share."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

#: The Swift binary; tests that need it are skipped without.
BINARY = os.environ.get("FADER_BINARY", "")
needs_binary = pytest.mark.skipif(not BINARY, reason="FADER_BINARY names no binary")


def run(*arguments: str | Path, status: int = 0, text: str | None = None) -> str:
    """What the Swift binary prints."""
    command = [BINARY, *map(str, arguments)]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    assert done.returncode == status, f"{command}: {done.stderr}"
    return done.stdout


def events_of(path: Path) -> list[dict[str, Any]]:
    """The events of a file."""
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    return [json.loads(line) for line in content.splitlines()]


def kinds(events: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    """Those of one kind."""
    return [event for event in events if event["event"] == kind]
