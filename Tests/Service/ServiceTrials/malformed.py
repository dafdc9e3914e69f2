"""Requests that must be refused, each with the statuses that are right for it."""

import json
import random

from bodies import http


def changed(**members):
    """A sound small request with these members in the place of its own."""
    request = {
        "items": [{"id": name, "features": {"score": 0.5, "shop": name}} for name in "abcde"],
        "size": 3,
        "weights": {"click": 1},
    }
    request.update(members)
    return json.dumps(request).encode()


SOUND = changed()

BODIES = {
    "cut": (SOUND[:-7], 400),
    "empty": (b"", 400),
    "no_json": (b"<rerank/>", 400),
    "not_utf8": (SOUND.replace(b'"a"', b'"\xff\xfe"'), 400),
    "repeated_key": (SOUND[:-1] + b',"size":2}', 400),
    "number_too_large": (SOUND.replace(b"0.5", b"1e999"), 400),
    "nan": (SOUND.replace(b"0.5", b"NaN"), 400),
    "too_deep": (b'{"items":' + b"[" * 200 + b"]" * 200 + b"}", 400),
    "array": (b"[]", 422),
    "no_items": (changed(items=[]), 422),
    "missing_items": (b'{"size":3}', 422),
    "item_without_id": (changed(items=[{"features": {}}]), 422),
    "empty_id": (changed(items=[{"id": ""}]), 422),
    "item_twice": (changed(items=[{"id": "a"}, {"id": "a"}]), 422),
    "unknown_key": (changed(weigths={"click": 1}), 422),
    "unknown_objective": (changed(weights={"clikc": 1}), 422),
    "negative_weight": (changed(weights={"click": -1}), 422),
    "weights_of_nothing": (changed(weights={"click": 0}), 422),
    "size_of_zero": (changed(size=0), 422),
    "size_too_large": (changed(size=6), 422),
    "size_as_text": (changed(size="3"), 422),
    "pin_of_a_stranger": (changed(pins=[{"id": "z", "position": 1}]), 422),
    "pins_on_one_place": (
        changed(pins=[{"id": "a", "position": 1}, {"id": "b", "position": 1}]), 422),
    "all_banned": (changed(ban=list("abcde")), 422),
    "feature_as_object": (changed(items=[{"id": "a", "features": {"score": {}}}]), 422),
    "unknown_preset": (changed(weights=None, preset="nobody's"), 422),
    "unknown_strategy": (changed(strategy="best"), 422),
    "too_many_lists": (changed(strategy={"kind": "sample", "lists": 65}), 422),
    "require_of_a_stranger": (changed(require=["z"]), 422),
    "deadline_of_zero": (changed(deadline_ms=0), 422),
}

REQUESTS = {name: (http(body), status) for name, (body, status) in BODIES.items()}
REQUESTS["text_plain"] = (http(SOUND, kind="text/plain"), 415)
REQUESTS["unknown_path"] = (http(SOUND, path="/v1/rank"), 404)
REQUESTS["other_method"] = (http(SOUND, method="PUT"), 405)


def draw(chance: random.Random):
    """Name, bytes and status of one of them."""
    name = chance.choice(list(REQUESTS))
    return (name, *REQUESTS[name])


def problem_fault(status, head, body):
    """Why a refusal is no well-formed problem (RFC 9457); None when it is."""
    if b"\r\ncontent-type: application/problem+json" not in head.lower():
        return f"status {status} without application/problem+json"
    try:
        problem = json.loads(body)
    except ValueError:
        return f"status {status} with a body that is no JSON: {body[:120]!r}"
    for key in ("type", "title", "detail", "request_id"):
        if not isinstance(problem.get(key), str) or not problem[key]:
            return f"status {status}: the problem has no {key}: {body[:200]!r}"
    if problem.get("status") != status:
        return f"the problem says status {problem.get('status')}, the answer {status}"
    errors = problem.get("errors", [])
    if not isinstance(errors, list) or len(errors) > 20:
        return f"status {status}: errors are no list of at most 20"
    for pointer in [problem.get("pointer", "")] + [error.get("pointer") for error in errors]:
        if not isinstance(pointer, str) or (pointer and not pointer.startswith("/")):
            return f"status {status}: {pointer!r} is no JSON pointer"
    return None


def check(expected):
    """A check for `Job`: this status, and a well-formed problem."""

    def fault(status, head, body):
        if status != expected:
            return f"expected {expected}, got {status}: {body[:200]!r}"
        return problem_fault(status, head, body)

    return fault
