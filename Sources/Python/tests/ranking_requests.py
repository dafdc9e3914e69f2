"""The requests of which ``expected/`` holds the binary's answers.

They are made anew each time from the eight sessions in ``data/feed``, so that only answers are stored.
"""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[2]
#: Name to folder, and how many requests of how many made up have answers.
CHECKPOINTS = {"quickstart": REPOSITORY / "checkpoints/quickstart", "small": HERE / "small"}
OBJECTIVES = {
    "quickstart": ["click", "cold_start", "shops", "priority"],
    "small": ["click", "any", "dwell", "quota", "near", "price", "disc", "priority"],
}


class _Draws:
    """Choices by ``random()`` alone, whose numbers every release of Python repeats."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def number(self) -> float:
        return self._random.random()

    def below(self, bound: int) -> int:
        return int(self._random.random() * bound)

    def some(self, values: list[Any], count: int) -> list[Any]:
        left = list(values)
        return [left.pop(self.below(len(left))) for _ in range(min(count, len(left)))]


def _sessions() -> list[dict[str, Any]]:
    lines = (REPOSITORY / "data/feed/sessions.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def request(name: str, seed: int) -> dict[str, Any]:
    """One request for a checkpoint: mixed candidates, weights of all kinds, pins, bans, draws, odd
    features."""
    draws, sessions = _Draws(seed), _sessions()
    pool = {c["id"]: c for session in sessions for c in session["candidates"]}
    items = copy.deepcopy(draws.some(list(pool.values()), 2 + draws.below(49)))
    body: dict[str, Any] = {
        "request_id": f"q{seed}", "items": items,
        "weights": _weights(OBJECTIVES[name], seed, draws),
        "user": copy.deepcopy(sessions[draws.below(8)]["user"]),
        "context": sessions[draws.below(8)]["context"],
    }
    if name == "small":
        _add_features(items, draws)
    if seed % 7 == 0:
        body["size"] = 1 + draws.below(len(items))
    ids = [item["id"] for item in items]
    if seed % 11 == 0 and len(items) > 12:
        body |= {"size": 8, "ban": [ids[0], ids[1], "nobody"]}
        body["pins"] = [{"id": ids[3], "position": 3}, {"id": ids[5], "position": 1}]
    if seed % 9 == 0:
        body["strategy"] = {"kind": "sample", "lists": 1}
    if seed % 13 == 0:
        _make_odd(body, items)
    return body


def _weights(objectives: list[str], seed: int, draws: _Draws) -> dict[str, float]:
    if seed % 5 == 0:
        return {objectives[seed // 5 % len(objectives)]: 1}
    if seed % 5 == 1:
        return {name: 1 for name in objectives}
    if seed % 5 == 2:
        return {name: draws.number() ** 4 + 1e-3 for name in objectives}
    return {name: draws.number() for name in draws.some(objectives, 1 + seed % 4)}


def _add_features(items: list[dict[str, Any]], draws: _Draws) -> None:
    for item in items:
        item["features"] |= {
            "tags": draws.some(["a", "b", "c", "d", "\u00e9", "x y"], draws.below(4)),
            "vec": [round(draws.number() - 0.5, 2) + 0.003 for _ in range(3)],
            "seller": 9_007_199_254_740_993 + draws.below(6),
            "code": [7, 12, 1.5, "7"][draws.below(4)],
        }


def _make_odd(body: dict[str, Any], items: list[dict[str, Any]]) -> None:
    body["user"] = {"id": "stranger"}
    items[0]["features"] |= {"shop": "never seen", "score": None, "kind": ["video", "live"]}
    items[-1]["features"] = {"is_cold": True, "tags": "e\u0301", "priority": 2}
