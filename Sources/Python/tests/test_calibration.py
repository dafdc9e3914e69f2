"""Upstream scores in NumPy are calibrated as ``fader rank`` calibrates them."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from make_expected import ask
from support import needs_binary, run

from fader.checkpoint import Checkpoint
from fader.checkpoint.calibration import Calibration
from fader.checkpoint.sides import Features
from fader.errors import InputError

TOLERANCE = 2e-4


def score(**configuration: Any) -> list[dict[str, Any]]:
    versions = [
        {"version": "v1", "map": {"knots": [[0, 0]], "slope": 1}, "shifts": {}},
        {"version": "v2", "map": {"knots": [[-1, -2], [1, 1]], "slope": 0.5}, "shifts": {"k": 0.25}},
    ]
    return [{"configuration": {"score": "s", **configuration}, "versions": versions}]


def test_a_map_is_that_of_the_scores_version() -> None:
    made = Calibration(score(scale="log_odds", version="item.v", shift="c"))
    items: list[Features] = [
        {"s": 0.5, "v": "v1"}, {"s": 0.0, "v": "v2"}, {"s": 3.0, "v": "v2", "c": "k"},
        {"s": -3.0, "v": "new", "c": "other"}, {"v": "v2"}, {"s": "text", "v": "v2"},
    ]
    found = made.calibrated(items, {})
    assert [item.get("s") for item in found] == [0.5, -0.5, 2.25, -3.0, None, "text"]
    assert items[1]["s"] == 0.0


def test_chances_stay_chances() -> None:
    made = Calibration(score(version="context.v"))
    for chance in (0.0, 0.3, 1.0):
        (item,) = made.calibrated([{"s": chance}], {"v": "v2"})
        assert 0 < float(str(item["s"])) < 1
    (half,) = made.calibrated([{"s": 0.5}], {"v": "v2"})
    assert half["s"] == pytest.approx(1 / (1 + math.exp(0.5)))


def test_an_unknown_version_does_what_the_checkpoint_says() -> None:
    item: Features = {"s": 0.5}
    assert Calibration(score(version="context.v", unknown_version="raw")).calibrated(
        [item], {"v": "v9"}
    ) == [item]
    with pytest.raises(InputError, match="v1, v2"):
        Calibration(score(version="context.v", unknown_version="refuse")).calibrated(
            [item], {"v": "v9"}
        )


@needs_binary
def test_the_binary_calibrates_the_same(tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    config.write_text("""
version: 1
data:
  feed: {seed: 1, candidates: 12, list_length: 5, upstream: {retrained_at: 400, kinds: [product, video]}}
  simulate: 800
schema:
  item: {exclude: [score]}
  calibration:
    - {score: ctr_score, version: item.ctr_version, shift: category, minimum_rows: 100}
objectives:
  - {name: click, predicted: click}
  - {name: mean_score, mean: ctr_score}
  - {name: cold_start, share: is_cold}
evaluator: {ensemble: 2}
training: {evaluator: {epochs: 1}, judge: {requests: 64}, generator: {steps: 4, batch: 8, lists: 4, imitation_steps: 1}}
""")
    run("train", "--config", config, "--out", tmp_path / "run", "--force")
    sessions = tmp_path / "sessions.jsonl"
    run("simulate", "--config", config, "--sessions", "800", "--out", sessions)
    best = tmp_path / "run/checkpoints/best"
    checkpoint = Checkpoint(best)
    requests = []
    for line in sessions.read_text().splitlines()[380:420]:
        session = json.loads(line)
        requests.append(
            {
                "user": session["user"], "context": session["context"], "items": session["candidates"],
                "weights": {"click": 0.6, "mean_score": 0.2, "cold_start": 0.2},
            }
        )
    differing = 0
    for body, answer in zip(requests, ask(str(best), requests), strict=True):
        found = checkpoint.rank(body)
        if [item.index for item in found.items] != [item["index"] for item in answer["items"]]:
            differing += 1
            continue
        np.testing.assert_allclose(
            np.array([item.log_probability for item in found.items], float),
            [item["log_probability"] for item in answer["items"]], atol=TOLERANCE,
        )
        np.testing.assert_allclose(
            list(found.utilities.values()), list(answer["utilities"].values()), rtol=2e-4, atol=1e-5
        )
    assert differing <= 1
