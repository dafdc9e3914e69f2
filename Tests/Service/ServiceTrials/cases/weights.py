"""Weights of every bad kind, and of some odd but sound ones."""

import json
import math
import time

from cases.support import body, started
from malformed import problem_fault

OBJECTIVES = ("click", "cold_start", "shops", "priority")


def all_of(number):
    return "{" + ",".join(f'"{name}":{number}' for name in OBJECTIVES) + "}"


# By name: the JSON text of `weights` and the statuses that are right.
CASES = {
    "negative": ('{"click":-0.1,"shops":1}', {422}),
    "negative_zero": ('{"click":-0.0,"shops":1}', {200}),
    "nan_literal": ('{"click":NaN}', {400}),
    "infinity_literal": ('{"click":Infinity}', {400}),
    "minus_infinity_literal": ('{"click":-Infinity}', {400}),
    "beyond_double": ('{"click":1e999}', {400}),
    "minus_beyond_double": ('{"click":-1e999}', {400}),
    "text": ('{"click":"0.5"}', {422}),
    "null_weight": ('{"click":null}', {422}),
    "flag": ('{"click":true}', {422}),
    "object": ('{"click":{}}', {422}),
    "null": ("null", {200}),
    "all_zero": (all_of("0"), {422}),
    "underflow_to_zero": (all_of("1e-999"), {422}),
    "empty": ("{}", {422}),
    "unknown": ('{"revenue":1}', {422}),
    "unknown_beside_known": ('{"click":1,"revenue":1}', {422}),
    "misspelt": ('{"clikc":1}', {422}),
    "other_case": ('{"Click":1}', {422}),
    "repeated": ('{"click":1,"click":0}', {400}),
    "repeated_by_escape": ('{"click":1,"cl\\u0069ck":0}', {400}),
    "array": ("[0.25,0.25,0.25,0.25]", {422}),
    "number": ("1", {422}),
    "text_of_all": ('"click"', {422}),
    "hexadecimal": ('{"click":0x1}', {400}),
    "leading_zero": ('{"click":01}', {400}),
    "leading_plus": ('{"click":+1}', {400}),
    "no_digits": ('{"click":.5}', {400}),
    "largest": (all_of("1e308"), {200}),
    "largest_and_least": ('{"click":1.7e308,"shops":1e-308}', {200}),
    "tiny": (all_of("1e-300"), {200}),
    "subnormal": ('{"click":5e-324}', {200}),
    "many_digits": ('{"click":0.' + "3" * 10000 + "}", {200}),
    "ten_thousand_keys": (
        "{" + ",".join(f'"k{n}":1' for n in range(10000)) + "}", {422}),
    "long_key": ('{"' + "k" * 100000 + '":1}', {422}),
    "deep": ('{"click":' + "[" * 100 + "]" * 100 + "}", {400}),
}


def run(arguments, trial):
    statuses, slowest = {}, 0.0
    with started(arguments) as service:
        for name, (text, right) in CASES.items():
            data = json.dumps(body())[:-1].encode() + b',"weights":' + text.encode() + b"}"
            start = time.monotonic()
            status, headers, answer = service.ask("POST", "/v1/rerank", data)
            slowest = max(slowest, time.monotonic() - start)
            statuses[name] = status
            trial.promise(status in right, f"{name}: {status}: {answer[:200]!r}")
            fault = judge(status, headers, answer)
            trial.promise(fault is None, f"{name}: {fault}")
        for name, choice in (
            ("preset_and_weights", {"preset": "p", "weights": {"click": 1}}),
            ("unknown_preset", {"preset": "nobody's"}), ("preset_as_number", {"preset": 1})):
            status, headers, answer = service.ask("POST", "/v1/rerank", body(**choice))
            statuses[name] = status
            trial.promise(status == 422, f"{name}: {status}: {answer[:200]!r}")
        trial.promise(service.ask("GET", "/readyz")[0] == 200, "the server is no longer ready")
    trial.figures.update(statuses=statuses, slowest_ms=round(slowest * 1000, 1))
    refused = sum(1 for status in statuses.values() if status != 200)
    return f"{len(statuses)} kinds of weights, {refused} refused"


def judge(status, headers, answer):
    """Why the answer is wrong in itself; None when it is right."""
    if status != 200:
        head = f"\r\ncontent-type: {headers.get('content-type', '')}\r\n".encode()
        fault = problem_fault(status, head, answer)
        pointer = json.loads(answer).get("pointer", "") if fault is None else ""
        if status == 422 and not pointer.startswith("/weights"):
            return f"the pointer is {pointer!r}, not within /weights"
        return f"{len(answer)} bytes of problem" if len(answer) > 20_000 else fault
    ranked = json.loads(answer)
    weights = ranked["weights"].values()
    if not all(math.isfinite(w) and w >= 0 for w in weights) or abs(sum(weights) - 1) > 1e-5:
        return f"effective weights {ranked['weights']}"
    numbers = [ranked["reward"], *ranked["utilities"].values()]
    if not all(isinstance(n, (int, float)) and math.isfinite(n) for n in numbers):
        return f"reward and utilities {numbers}"
    return None
