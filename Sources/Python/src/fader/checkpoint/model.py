"""A checkpoint that ranks."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fader.checkpoint.draws import RandomStream, stable_hash
from fader.checkpoint.evaluator import utilities
from fader.checkpoint.features import EncodedRequest, Schema
from fader.checkpoint.files import CheckpointFiles
from fader.checkpoint.generator import Evaluators, Generator
from fader.checkpoint.history import read_history
from fader.checkpoint.layers import Tensors
from fader.checkpoint.objectives import Objectives
from fader.checkpoint.pointwise import Pointwise
from fader.checkpoint.sides import read_features
from fader.errors import InputError, listed, nearest

Array = NDArray[np.float32]
F = np.float32

DEFAULT_SIZE = 10
_KEYS = (
    "request_id", "user", "context", "items", "history", "size", "weights", "pins", "ban",
    "strategy",
)
#: Keys of a request that a service knows and this reader does not follow.
_OTHERS = ("require", "preset", "deadline_ms", "preview")


@dataclass(frozen=True)
class RankedItem:
    """One place of a list.

    Attributes:
        id: of the item.
        index: place among the request's items, from 0.
        position: in the list, from 1.
        log_probability: of the item at its place, given those above; none where the policy is no law.
    """

    id: str
    index: int
    position: int
    log_probability: float | None


@dataclass(frozen=True)
class RankedList:
    """A list and what it was made with.

    Attributes:
        weights: by objective, summing to 1.
        utilities: predicted, by objective, in its own unit.
        reward: ``sum_i w_i U_i / scale_i``.
    """

    items: list[RankedItem]
    weights: dict[str, float]
    utilities: dict[str, float]
    reward: float

    def json(self) -> dict[str, Any]:
        """As ``fader rank`` writes it, as far as this says the same."""
        items = []
        for item in self.items:
            entry: dict[str, Any] = {"id": item.id, "index": item.index, "position": item.position}
            if item.log_probability is not None:
                entry["log_probability"] = item.log_probability
            items.append(entry)
        return {
            "items": items, "weights": self.weights, "utilities": self.utilities,
            "reward": self.reward,
        }


class Checkpoint:
    """A checkpoint folder, verified against its hashes.

    Attributes:
        objectives: names, in the order of the weights.
        family: ``generator`` or ``pointwise``.
        version: the first 12 digits of the SHA-256 of ``model.safetensors``.
    """

    def __init__(self, path: str | Path) -> None:
        files = CheckpointFiles(path)
        where = str(files.path)
        # Bundles from before there were families hold a generator.
        self.family: str = files.sections.get("family", "generator")
        if self.family not in ("generator", "pointwise"):
            raise InputError(
                where, "a policy of the family generator or pointwise", self.family,
                "use the release of this package for it",
            )
        self.schema = Schema(files.section("schema"))
        self._objectives = Objectives(files.section("objectives"), where)
        self.objectives = self._objectives.names
        self.version = str(files.files.get("model.safetensors", {}).get("sha256", ""))[:12]
        tensors = files.tensors()
        section = files.section(self.family)
        record = files.section("evaluator")
        members = [Tensors(tensors, f"evaluator.{k}.", where) for k in range(record["members"])]
        self._evaluators = Evaluators(record, members, self.schema)
        own = Tensors(tensors, f"{self.family}.", where)
        self._policy: Generator | Pointwise
        if self.family == "generator":
            self._policy = Generator(section, own, self.schema, self._objectives, self._evaluators)
        else:
            self._policy = Pointwise(
                section, own, self.schema, self._objectives, self._evaluators.heads
            )

    def rank(
        self, request: str | bytes | Mapping[str, Any], weights: Mapping[str, float] | None = None
    ) -> RankedList:
        """The list for a request, as ``fader rank`` takes it.

        Pins and bans are followed, and the strategies ``greedy`` and ``{"kind": "sample", "lists":
        1}``, whose draw is named by ``request_id``.

        Args:
            request: a line of JSON, or what it holds.
            weights: of requests that name none; equal ones without.
        """
        body: Any = json.loads(request) if isinstance(request, (str, bytes)) else request
        if not isinstance(body, Mapping):
            raise InputError("request", "an object", type(body).__name__)
        _check_keys(body)
        items = [
            (_identifier(item.get("id"), f"/items/{place}/id"),
             read_features(item.get("features"), f"/items/{place}/features"))
            for place, item in enumerate(body.get("items") or [])
        ]
        ids = [id_ for id_, _ in items]
        if not items or len(set(ids)) < len(ids):
            raise InputError("/items", "items with an id each that no other has", f"{len(ids)} items")
        user = body.get("user") or {}
        user_id = _identifier(user["id"], "/user/id") if user else ""
        encoded = self.schema.encode(
            items, (user_id, read_features(user.get("features"), "/user/features")),
            read_features(body.get("context"), "/context"), read_history(body.get("history")),
        )
        given = body.get("weights") or weights or {name: 1.0 for name in self.objectives}
        places = {id_: place for place, id_ in enumerate(ids)}
        banned = {places[id_] for id_ in map(str, body.get("ban") or []) if id_ in places}
        size = body.get("size") or min(DEFAULT_SIZE, len(items) - len(banned))
        pins = _pins(body.get("pins") or [], places, int(size))
        if not 1 <= size <= len(items) - len(banned) or banned & set(pins.values()):
            raise InputError(
                "/size", f"1 to {len(items) - len(banned)} places, and pins that are not banned",
                f"{size}", "ask for a shorter list or ban fewer",
            )
        return self._list(body, ids, encoded, self.weights(given), int(size), pins, banned)

    def weights(self, named: Mapping[str, float]) -> Array:
        """w in the order of the objectives, summing to 1: [W]."""
        for name, value in named.items():
            if name not in self.objectives:
                raise InputError(
                    "weights", f"one of the objectives {listed(self.objectives)}", f'"{name}"',
                    nearest(name, self.objectives),
                )
            if not (np.isfinite(value) and value >= 0):
                raise InputError(f"weights/{name}", "a finite number from 0", f"{value}")
        largest = max(named.values(), default=0.0)
        if largest <= 0:
            raise InputError("weights", "a weight above 0 for at least one objective", "none")
        total = sum(named.get(name, 0.0) / largest for name in self.objectives)
        return np.array([named.get(name, 0.0) / largest / total for name in self.objectives], F)

    def _list(
        self, body: Mapping[str, Any], ids: Sequence[str], encoded: EncodedRequest, weights: Array,
        size: int, pins: Mapping[int, int], banned: set[int],
    ) -> RankedList:
        def exclude(placed: Sequence[int]) -> NDArray[np.bool_]:
            """All but the item pinned here, or what is placed, banned or pinned elsewhere: [M]."""
            pinned = pins.get(len(placed))
            mask = np.full(len(ids), pinned is not None)
            if pinned is not None:
                mask[pinned] = False
            else:
                mask[[*placed, *banned, *pins.values()]] = True
            return mask

        logs: Sequence[float | None]
        if isinstance(self._policy, Pointwise):
            picks = self._policy.write(encoded, weights, size, exclude)
            logs = [None] * size
        else:
            choose = _greedy
            if _is_draw(body.get("strategy")):
                choose = _Draw(stable_hash(str(body.get("request_id") or "")))
            picks, logs = self._policy.write(encoded, weights, size, exclude, choose)
        found = utilities(self._evaluators, self._objectives, encoded, picks)
        scales = np.array([o.scale for o in self._objectives.all], F)
        return RankedList(
            [RankedItem(ids[i], i, t + 1, log) for t, (i, log) in enumerate(zip(picks, logs))],
            {name: float(w) for name, w in zip(self.objectives, weights)},
            {name: float(u) for name, u in zip(self.objectives, found)},
            float((weights * found / scales).sum(dtype=F)),
        )


def _greedy(scores: Array, probabilities: Array) -> int:
    """The highest score, ties to the first."""
    return int(np.argmax(scores))


class _Draw:
    """A draw by going down the probabilities with one uniform number a place."""

    def __init__(self, seed: int) -> None:
        self._stream = RandomStream(seed, "generator.decode")

    def __call__(self, scores: Array, probabilities: Array) -> int:
        rest = F(self._stream.uniform())
        last = int(np.argmax(scores))
        for i in np.flatnonzero(probabilities > 0):
            last = int(i)
            rest = rest - probabilities[i]
            if rest < 0:
                break
        return last


def _is_draw(strategy: Any) -> bool:
    if strategy is None or strategy == "greedy" or strategy == {"kind": "greedy"}:
        return False
    if strategy == {"kind": "sample", "lists": 1}:
        return True
    raise InputError(
        "/strategy", 'greedy or {"kind": "sample", "lists": 1}', json.dumps(strategy),
        "lists of other strategies are chosen by evaluators; ask fader rank or fader serve for them",
    )


def _check_keys(body: Mapping[str, Any]) -> None:
    for key in body:
        if key in _OTHERS:
            raise InputError(
                f"/{key}", "a key that this reader follows", f'"{key}"',
                "ask fader rank or fader serve for it, or leave it out",
            )
        if key not in _KEYS:
            raise InputError(
                f"/{key}", f"one of {listed(_KEYS)}", f'"{key}"', nearest(key, _KEYS) or "leave it out"
            )


def _identifier(value: Any, where: str) -> str:
    if isinstance(value, str) and value:
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise InputError(where, "a non-empty id", repr(value), 'write a text such as "u17"')


def _pins(
    pins: Sequence[Mapping[str, Any]], places: Mapping[str, int], size: int
) -> dict[int, int]:
    """Place from 0 to candidate."""
    found: dict[int, int] = {}
    for number, pin in enumerate(pins):
        id_, position = str(pin.get("id")), pin.get("position")
        if id_ not in places or not isinstance(position, int) or not 1 <= position <= size:
            raise InputError(
                f"/pins/{number}", f"the id of an item and a position from 1 to {size}",
                f'"{id_}" at {position}',
            )
        found[position - 1] = places[id_]
    if len(found) < len(pins) or len(set(found.values())) < len(found):
        raise InputError("/pins", "distinct items at distinct positions", json.dumps(list(pins)))
    return found
