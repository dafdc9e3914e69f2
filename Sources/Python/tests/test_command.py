"""The command ``fader-py``."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest
from ranking_requests import CHECKPOINTS, request
from support import events_of
from test_ranking_files import FILES
from test_tables import impressions, interactions

from fader.__main__ import main


def status(*arguments: str | Path) -> int:
    """The exit code."""
    try:
        return main([str(argument) for argument in arguments])
    except SystemExit as end:
        return int(end.code or 0)


@pytest.mark.parametrize("command", ["events", "letor", "dsjson", "elwc", "rank"])
def test_every_command_has_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert status(command, "--help") == 0
    assert f"  fader-py {command}" in capsys.readouterr().out


def test_tables_become_events(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = impressions()
    shown["request"] = shown.pop("ranking")
    done = interactions()
    done["did"] = done.pop("type")
    pa.parquet.write_table(pa.table(shown), tmp_path / "a.parquet")
    pa.parquet.write_table(pa.table(done), tmp_path / "b.parquet")
    out = tmp_path / "e.jsonl.gz"
    arguments: list[str | Path] = [
        "events", "--impressions", tmp_path / "a.parquet", "--interactions", tmp_path / "b.parquet",
        "--column", "ranking=request", "--interaction-column", "type=did", "--ignore", "price",
        "--context", "context.device", "--out", out,
    ]
    assert status(*arguments) == 0
    assert "2 rankings, 6 items" in capsys.readouterr().out
    ranking = events_of(out)[1]
    assert ranking["fields"] == {"device": "web"} and "price" not in ranking["items"][0]["fields"]


def test_ranking_files_become_events(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "e.jsonl"
    commands: list[list[str | Path]] = [
        ["letor", FILES / "sklearn.svm", "--at-least", "relevant=1", "--shuffle", "1", "--shown", "3"],
        ["dsjson", FILES / "decisions.dsjson", "--allow-loss", "0.5", "--kind", "gain"],
        ["elwc", FILES / "ranking.tfrecord", "--id", "document_id", "--query", "query_id", "--no-check"],
    ]
    for arguments in commands:
        assert status(*arguments, "--out", out) == 0
        assert "3 " in capsys.readouterr().out and events_of(out)


def test_lists_are_ranked_line_by_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [json.dumps(request("small", 2)), "", "{}", json.dumps(request("small", 4))]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines)))
    assert status("rank", "--checkpoint", CHECKPOINTS["small"], "--weights", "click=1") == 65
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert ["items" in answer for answer in answers] == [True, False, True]
    assert answers[1]["line"] == 3


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ([], 64, "required"), (["letor", "x"], 64, "--out"),
        (["letor", "nowhere.txt", "--out", "e"], 66, "nowhere.txt"),
        (["events", "--impressions", "nowhere", "--out", "e"], 66, "give its path"),
        (["events", "--impressions", "x", "--column", "ranking", "--out", "e"], 65, "NAME=VALUE"),
        (["letor", FILES / "letor.txt", "--at-least", "x=y", "--out", "e"], 65, "NAME=NUMBER"),
        (["letor", FILES / "letor.txt", "--shown", "0", "--out", "e"], 65, "from 1"),
        (["rank", "--checkpoint", "nowhere"], 66, "bundle.json"),
    ],
)
def test_faults_are_said_in_one_line(
    arguments: list[str | Path], code: int, words: str, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert status(*arguments) == code
    assert words in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
