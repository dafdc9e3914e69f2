"""Graphs that ``fader export --onnx`` writes, run by onnxruntime."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from fader.checkpoint import Checkpoint
from fader.checkpoint.features import EncodedRequest
from fader.checkpoint.sides import EncodedSide, Side, read_features
from support import BINARY, needs_binary

onnxruntime = pytest.importorskip("onnxruntime")
pytestmark = needs_binary

ROOT = Path(__file__).parents[3]
CHECKPOINT = ROOT / "checkpoints" / "quickstart"
SESSIONS = ROOT / "data" / "feed" / "sessions.jsonl"


def _side(name: str, encoded: EncodedSide, side: Side) -> dict[str, NDArray[Any]]:
    assert not side.bags
    return {f"{name}_numbers": encoded.numbers, f"{name}_indices": encoded.indices}


def _encoded(checkpoint: Checkpoint, session: dict[str, Any]) -> EncodedRequest:
    items = [(item["id"], read_features(item["features"], "")) for item in session["candidates"]]
    user = session["user"]
    return checkpoint.schema.encode(
        items, (user["id"], read_features(user["features"], "")),
        read_features(session["context"], ""),
    )


def _feeds(
    graph: Any, checkpoint: Checkpoint, session: dict[str, Any], weights: NDArray[np.float32], size: int
) -> dict[str, NDArray[Any]]:
    encoded, schema = _encoded(checkpoint, session), checkpoint.schema
    count = encoded.candidates
    feeds = {
        **_side("item", encoded.item, schema.item), **_side("user", encoded.user, schema.user),
        **_side("context", encoded.context, schema.context), "columns": np.stack(encoded.columns),
        "weights": weights, "excluded": np.zeros((size, count), np.float32),
        "noise": np.zeros((size, count), np.float32),
    }
    wanted = {entry.name for entry in graph.get_inputs()}
    return {name: value for name, value in feeds.items() if name in wanted}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Any:
    path: Path = tmp_path_factory.mktemp("onnx") / "quickstart.onnx"
    subprocess.run(
        [BINARY, "export", "--checkpoint", str(CHECKPOINT), "--onnx", str(path), "--precision", "float32"],
        check=True, capture_output=True,
    )
    return onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])


def _sessions() -> list[dict[str, Any]]:
    return [json.loads(line) for line in SESSIONS.read_text().splitlines()]


def test_lists_are_those_of_the_checkpoint(graph: Any) -> None:
    checkpoint = Checkpoint(CHECKPOINT)
    draws = np.random.default_rng(1)
    for session in _sessions():
        for corner in range(2):
            named = dict(zip(checkpoint.objectives, draws.dirichlet(np.ones(len(checkpoint.objectives)))))
            if corner:
                named = {name: float(name == checkpoint.objectives[0]) for name in named}
            weights = checkpoint.weights({name: float(x) for name, x in named.items()})
            expected = checkpoint.rank({
                "user": session["user"], "context": session["context"], "items": session["candidates"],
                "size": 10, "weights": {name: float(x) for name, x in named.items()},
            })
            order, logs = graph.run(None, _feeds(graph, checkpoint, session, weights, 10))
            assert order.tolist() == [item.index for item in expected.items]
            wanted = [item.log_probability for item in expected.items]
            assert np.allclose(logs, np.array(wanted, np.float32), atol=2e-3)


def test_what_is_excluded_does_not_stand_there(graph: Any) -> None:
    checkpoint = Checkpoint(CHECKPOINT)
    session = _sessions()[0]
    weights = checkpoint.weights({name: 1.0 for name in checkpoint.objectives})
    feeds = _feeds(graph, checkpoint, session, weights, 5)
    first = graph.run(["order"], feeds)[0]
    feeds["excluded"][:, first[0]] = 1
    feeds["excluded"][2, :] = 1
    feeds["excluded"][2, first[4]] = 0
    order = graph.run(["order"], feeds)[0].tolist()
    assert first[0] not in order and order[2] == first[4] and len(set(order)) == 5


def test_gumbel_noise_draws_from_the_policy(graph: Any) -> None:
    """The first place of many draws has the probabilities that the graph says."""
    checkpoint = Checkpoint(CHECKPOINT)
    session = _sessions()[1]
    weights = checkpoint.weights({name: 1.0 for name in checkpoint.objectives})
    feeds = _feeds(graph, checkpoint, session, weights, 1)
    count = feeds["noise"].shape[1]
    draws = np.random.default_rng(3)
    seen: dict[int, list[float]] = {}
    total = 3000
    for _ in range(total):
        feeds["noise"] = draws.gumbel(size=(1, count)).astype(np.float32)
        order, logs = graph.run(None, feeds)
        seen.setdefault(int(order[0]), []).append(float(logs[0]))
    for found in seen.values():
        chance = float(np.exp(found[0]))
        assert abs(len(found) / total - chance) < 4 * np.sqrt(chance * (1 - chance) / total) + 1e-3
