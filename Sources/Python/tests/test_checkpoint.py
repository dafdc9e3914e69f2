"""Checkpoints in NumPy give the lists and log-probabilities of ``fader rank``."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from make_expected import ask
from ranking_requests import CHECKPOINTS, HERE, OBJECTIVES, request
from support import needs_binary, run

from fader.checkpoint import Checkpoint
from fader.checkpoint.draws import RandomStream, stable_hash
from fader.checkpoint.files import read_safetensors
from fader.errors import InputError

#: Of a log-probability: what float32 sums in another order differ by, and room for other machines.
TOLERANCE = 2e-4


def assert_same(found: Any, items: list[int], logs: list[float], utilities: list[float]) -> None:
    assert [item.index for item in found.items] == items
    np.testing.assert_allclose([item.log_probability for item in found.items], logs, atol=TOLERANCE)
    np.testing.assert_allclose(list(found.utilities.values()), utilities, rtol=2e-4, atol=1e-5)


@pytest.mark.parametrize("name", CHECKPOINTS)
def test_200_requests_are_ranked_as_the_binary_ranked_them(name: str) -> None:
    checkpoint = Checkpoint(CHECKPOINTS[name])
    lines = (HERE / "expected" / f"{name}.jsonl").read_text().splitlines()
    assert len(lines) == 200
    for line in lines:
        expected = json.loads(line)
        found = checkpoint.rank(json.dumps(request(name, expected["seed"])))
        assert_same(found, expected["list"], expected["logs"], expected["utilities"])
        assert found.reward == pytest.approx(expected["reward"], rel=2e-4, abs=1e-4)


@needs_binary
@pytest.mark.parametrize("name", CHECKPOINTS)
def test_the_binary_says_the_same_now(name: str) -> None:
    lines = (HERE / "expected" / f"{name}.jsonl").read_text().splitlines()
    stored = [json.loads(line) for line in lines]
    for expected, answer in zip(
        stored, ask(str(CHECKPOINTS[name]), [request(name, one["seed"]) for one in stored]), strict=True
    ):
        assert [item["index"] for item in answer["items"]] == expected["list"]
        logs = [item["log_probability"] for item in answer["items"]]
        np.testing.assert_allclose(logs, expected["logs"], atol=TOLERANCE)


FAMILIES = {
    "generator": "generator: {steps: 4, batch: 8, lists: 4, imitation_steps: 1}",
    "pointwise": "",
}


@needs_binary
@pytest.mark.parametrize("family", FAMILIES)
def test_a_checkpoint_of_today_is_read(family: str, tmp_path: Path) -> None:
    """What the present binary trains, with its defaults, is what this package describes."""
    config = tmp_path / "config.yaml"
    config.write_text(f"""
version: 1
data: {{feed: {{seed: 1, candidates: 12, list_length: 5}}, simulate: 600}}
objectives:
  - {{name: click, predicted: click}}
  - {{name: cold_start, share: is_cold}}
  - {{name: shops, distinct: shop}}
  - {{name: priority, order: priority}}
family: {family}
evaluator: {{ensemble: 2}}
pointwise: {{fitting: {{steps: 20}}}}
training: {{evaluator: {{epochs: 1}}, judge: {{requests: 64}}, {FAMILIES[family]}}}
""")
    run("train", "--config", config, "--out", tmp_path / "run", "--force")
    best = tmp_path / "run/checkpoints/best"
    checkpoint = Checkpoint(best)
    assert (checkpoint.family, checkpoint.objectives) == (family, OBJECTIVES["quickstart"])
    requests = [request("quickstart", seed) for seed in range(1, 41)]
    differing = 0
    for body, answer in zip(requests, ask(str(best), requests), strict=True):
        found = checkpoint.rank(body)
        if [item.index for item in found.items] != [item["index"] for item in answer["items"]]:
            differing += 1
            continue
        logs = [item.log_probability for item in found.items]
        if family == "generator":
            expected = [item["log_probability"] for item in answer["items"]]
            np.testing.assert_allclose(np.array(logs, float), expected, atol=TOLERANCE)
        else:
            assert logs == [None] * len(logs)
    # Two candidates may be equal but for rounding; more than one such list is a fault.
    assert differing <= 1


def test_weights_that_are_no_weights_are_refused() -> None:
    checkpoint = Checkpoint(CHECKPOINTS["small"])
    for weights, words in (
        ({"clik": 1.0}, 'did you mean "click"'), ({"click": -1.0}, "from 0"), ({"click": 0.0}, "above 0"),
    ):
        with pytest.raises(InputError, match=words):
            checkpoint.weights(weights)
    np.testing.assert_allclose(checkpoint.weights({"click": 1e300, "any": 1e300})[:2], [0.5, 0.5])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"require": ["i1"]}, "ask fader rank"), ({"weigths": {}}, 'did you mean "weights"'),
        ({"strategy": {"kind": "beam"}}, "greedy or"), ({"size": 99}, "1 to"),
        ({"pins": [{"id": "nobody", "position": 1}]}, "the id of an item"), ({"items": []}, "items with an id"),
    ],
)
def test_requests_beyond_this_reader_are_refused(change: dict[str, Any], words: str) -> None:
    body = request("small", 3) | change
    with pytest.raises(InputError, match=words):
        Checkpoint(CHECKPOINTS["small"]).rank(body)


def damaged(tmp_path: Path, name: str, old: bytes, new: bytes) -> Path:
    folder = tmp_path / "checkpoint"
    shutil.copytree(CHECKPOINTS["small"], folder)
    content = (folder / name).read_bytes()
    assert old in content
    (folder / name).write_bytes(content.replace(old, new, 1))
    return folder


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("bundle.json", b'"click"', b'"clack"', "closing SHA-256"),
        ("bundle.json", b"fader-checkpoint", b"other-checkpoint", "no Fader checkpoint"),
        ("bundle.json", b'"version": 1', b'"version": 2', "version 1"),
        ("bundle.json", b"{", b"", "JSON with a format"),
        ("model.safetensors", b"generator.theta", b"generator.thete", "SHA-256"),
        ("model.safetensors", b"generator.theta", b"generator", "bytes"),
    ],
)
def test_a_damaged_checkpoint_is_refused(
    tmp_path: Path, name: str, old: bytes, new: bytes, words: str
) -> None:
    with pytest.raises(InputError, match=words):
        Checkpoint(damaged(tmp_path, name, old, new))


def test_a_folder_without_a_bundle_is_no_checkpoint(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="bundle.json"):
        Checkpoint(tmp_path)


@pytest.mark.parametrize("content", [b"", b"\x10" + bytes(7), b"\x02" + bytes(7) + b"[]", b"\xff" * 20])
def test_bytes_that_are_no_safetensors_are_refused(content: bytes) -> None:
    with pytest.raises(InputError, match="safetensors"):
        read_safetensors(content, "model.safetensors")


def test_narrow_numbers_are_read() -> None:
    header = json.dumps(
        {
            "half": {"dtype": "F16", "shape": [1, 1], "data_offsets": [0, 2]},
            "brain": {"dtype": "BF16", "shape": [1, 1], "data_offsets": [2, 4]},
        }
    ).encode()
    content = len(header).to_bytes(8, "little") + header + np.float16(1.5).tobytes() + b"\xc0\x3f"
    tensors = read_safetensors(content, "x")
    assert tensors["half"][0, 0] == tensors["brain"][0, 0] == 1.5


def test_random_numbers_are_those_of_philox() -> None:
    """The published vector of Philox4x32-10 with all bits set, and a stream that repeats itself."""
    from fader.checkpoint.draws import _philox

    ones = 0xFFFF_FFFF
    assert _philox((ones, ones, ones, ones), (ones, ones)) == (
        0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD,
    )
    first, second = (RandomStream(stable_hash("q1"), "generator.decode") for _ in range(2))
    assert [first.next() for _ in range(5)] == [second.next() for _ in range(5)]
    assert all(0 <= first.uniform() < 1 for _ in range(100))
