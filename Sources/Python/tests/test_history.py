"""Checkpoints that read what users did before, in NumPy and in the binary."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from make_expected import ask
from support import needs_binary, run

from fader.checkpoint import Checkpoint
from fader.checkpoint.history import read_history
from fader.errors import InputError

CONFIG = """
version: 1
data:
  feed: {candidates: 12, list_length: 5, users: 60, items: 300, interest_drift: 2, visit_pages: 4}
  simulate: 400
schema:
  augment: {rank: [score], share: [shop]}
  history:
    exposure: {length: 12}
    did: {types: [click, exposure], length: 9}
objectives:
  - {name: click, predicted: click}
  - {name: cold_start, share: is_cold}
evaluator:
  item_hidden: 8
  item_width: 6
  ensemble: 1
  pointwise: POINTWISE
  behaviours: {encoder: ENCODER, width: 5, attention: 16}
generator:
  item_hidden: 8
  item_width: 6
  behaviours: {encoder: ENCODER, width: 5, attention: 16, actions: ACTIONS}
training:
  evaluator: {epochs: 1, batch: 32}
  judge: {share: 0}
  generator: {steps: 4, batch: 8, lists: 4, imitation_steps: 1}
"""


#: What is off by default: attention over what is placed in both models, slots as chances to be looked at.
OPTIONS = [
    "evaluator.channels=[sum, items, attention, recurrent, pairwise, placed]",
    "evaluator.slot_law=examination", "generator.placed_attention=8",
    "training.generator.learning_rate=0.01", "data.simulate=1500", "training.evaluator.epochs=3",
]


@needs_binary
@pytest.mark.parametrize(
    ("encoder", "actions", "pointwise", "options"),
    [
        ("gru", "true", "true", []), ("attention", "false", "true", []),
        ("gru", "false", "false", []), ("attention", "true", "true", OPTIONS),
        ("attention", "true", "false", OPTIONS),
    ],
)
def test_lists_are_those_of_the_binary(
    tmp_path: Path, encoder: str, actions: str, pointwise: str, options: list[str]
) -> None:
    text = CONFIG.replace("ENCODER", encoder).replace("ACTIONS", actions)
    config = tmp_path / "config.yaml"
    config.write_text(text.replace("POINTWISE", pointwise))
    folder = str(tmp_path / "run")
    chosen = [word for option in options for word in ("--set", option)]
    run("train", "--config", str(config), "--out", folder, "--force", *chosen)
    sessions = str(tmp_path / "sessions.jsonl")
    run("simulate", "--config", str(config), "--sessions", "24", "--out", sessions)
    requests: list[dict[str, Any]] = []
    for line in Path(sessions).read_text().splitlines():
        session = json.loads(line)
        requests.append(
            {
                "request_id": session["id"], "user": session["user"], "size": 5,
                "context": session["context"], "items": session["candidates"],
                "history": session.get("history", []), "weights": {"click": 1},
            }
        )
    assert sum(len(request["history"]) > 12 for request in requests) > 5
    last = max(Path(folder, "checkpoints").glob("step-*"))
    checkpoint = Checkpoint(last)
    for request, answer in zip(requests, ask(str(last), requests), strict=True):
        found = checkpoint.rank(request)
        assert [item.id for item in found.items] == [item["id"] for item in answer["items"]]
        np.testing.assert_allclose(
            np.array([item.log_probability for item in found.items], float),
            [item["log_probability"] for item in answer["items"]], atol=2e-4,
        )
        np.testing.assert_allclose(
            list(found.utilities.values()), list(answer["utilities"].values()), rtol=2e-4, atol=1e-5
        )


def test_faults_name_the_behaviour() -> None:
    item = {"id": "a"}
    with pytest.raises(InputError, match="/history/1/time"):
        read_history([{"type": "click", "time": 5, "item": item}, {"type": "click", "time": 4, "item": item}])
    with pytest.raises(InputError, match="/history/0"):
        read_history([{"type": "click"}])
    with pytest.raises(InputError, match="seconds since 1970 as a number"):
        read_history([{"type": "click", "time": "2026-01-01", "item": item}])
    assert read_history(None) == []
