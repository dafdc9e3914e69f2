"""Deadlines too short for the model: the fallback is served, marked, counted and never empty."""

import collections

from cases.support import body, rank, started, whole
from trial import milliseconds

STRATEGY = {"kind": "sample", "lists": 64, "hand_made": ["upstream", "diversified"]}


def run(arguments, trial):
    sources = collections.defaultdict(collections.Counter)
    took = collections.defaultdict(list)
    with started(arguments) as service:
        counted = service.json("/v1/status")["fallbacks"]
        fallbacks = 0
        for deadline in (0.0001, 0.01, 0.1, 0.5, 1, 2, 5, 1000, 600_000):
            for _ in range(20):
                _, _, answer = rank(
                    service, deadline_ms=deadline, strategy=STRATEGY, weights={"click": 1},
                    pins=[{"id": "i7", "position": 2}], ban=["i3"], require=["i19"])
                sources[f"{deadline:g}"][answer.get("source", "none")] += 1
                took[f"{deadline:g}"].append(answer.get("took_ms", 0) / 1000)
                fallbacks += answer.get("source") == "fallback"
                judge(trial, deadline, answer)
        trial.promise(
            sources["0.0001"]["fallback"] == 20, f"no fallback at 0.1 us: {sources['0.0001']}")
        trial.promise(sources["600000"]["fallback"] == 0, "a fallback with all the time there is")
        told = service.json("/v1/status")["fallbacks"] - counted
        trial.promise(told == fallbacks, f"{fallbacks} fallbacks, /v1/status counts {told}")
        metrics = service.ask("GET", "/metrics")[2].decode()
        trial.promise("fallback" in metrics, "no metric counts fallbacks")
        for wrong in (0, -1, 1e9, "1", [], True):
            status = service.ask("POST", "/v1/rerank", body(deadline_ms=wrong))[0]
            trial.promise(status == 422, f"deadline_ms {wrong!r}: {status}, not 422")
    trial.figures["sources"] = {deadline: dict(counts) for deadline, counts in sources.items()}
    trial.figures["took_ms"] = {deadline: milliseconds(values) for deadline, values in took.items()}
    return f"{fallbacks} fallbacks in {sum(map(len, took.values()))} answers"


def judge(trial, deadline, answer):
    at = f"deadline {deadline:g} ms"
    if not trial.promise(whole(answer), f"{at}: not 10 distinct items: {str(answer)[:200]}"):
        return
    listed = [item["id"] for item in answer["items"]]
    trial.promise(listed[1] == "i7", f"{at}: the pin is not kept: {listed}")
    trial.promise("i3" not in listed, f"{at}: a banned item is listed: {listed}")
    trial.promise("i19" in listed, f"{at}: a required item is missing: {listed}")
    if answer["source"] == "fallback":
        reason = answer.get("fallback", {}).get("reason")
        trial.promise(reason == "deadline", f"{at}: the reason is {reason}")
        trial.promise("reward" not in answer, f"{at}: a fallback with a reward")
        trial.promise(answer.get("utilities") == {}, f"{at}: a fallback with utilities")
    else:
        trial.promise("fallback" not in answer, f"{at}: marked as fallback without being one")
