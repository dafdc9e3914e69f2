"""Writes the answers of the binary to ``expected/``: FADER_BINARY=fader python tests/make_expected.py

Requests in which two candidates are all but equal are left out: another machine may round them the
other way round.
"""

from __future__ import annotations

import json
import subprocess
from typing import Any

import numpy as np
from ranking_requests import CHECKPOINTS, HERE, request

import fader.checkpoint.model as model

COUNT = 200
MARGIN = 1e-3


def main() -> None:
    smallest = [np.inf]
    choose, draw = model._greedy, model._Draw.__call__

    def watched(scores: Any, probabilities: Any) -> int:
        best = np.sort(scores)[-2:]
        smallest[0] = min(smallest[0], best[-1] - best[0])
        return choose(scores, probabilities)

    def drawn(self: Any, scores: Any, probabilities: Any) -> int:
        rest = self._stream
        before = (rest._count, rest._spare)
        margins = np.abs(np.cumsum(probabilities) - rest.uniform())
        rest._count, rest._spare = before
        smallest[0] = min(smallest[0], float(margins.min()))
        return draw(self, scores, probabilities)

    model._greedy = watched
    setattr(model._Draw, "__call__", drawn)
    for name, path in CHECKPOINTS.items():
        checkpoint, seed = model.Checkpoint(path), 0
        seeds: list[int] = []
        while len(seeds) < COUNT:
            seed += 1
            smallest[0] = np.inf
            checkpoint.rank(request(name, seed))
            if smallest[0] > MARGIN:
                seeds.append(seed)
        answers = ask(str(path), [request(name, seed) for seed in seeds])
        lines = []
        for seed, answer in zip(seeds, answers):
            stored = {
                "seed": seed, "list": [item["index"] for item in answer["items"]],
                "logs": [round(item["log_probability"], 5) for item in answer["items"]],
                "utilities": [round(u, 5) for u in answer["utilities"].values()],
                "reward": round(answer["reward"], 5),
            }
            lines.append(json.dumps(stored, separators=(",", ":")))
        (HERE / "expected" / f"{name}.jsonl").write_text("\n".join(lines) + "\n")
        print(name, seeds[-1], "seeds,", len(lines), "answers")


def ask(path: str, requests: list[Any]) -> list[Any]:
    """What the binary answers."""
    from support import BINARY

    assert BINARY, "set FADER_BINARY"
    text = "\n".join(json.dumps(one) for one in requests)
    command = [BINARY, "rank", "--checkpoint", path]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.split("\n") if line]


if __name__ == "__main__":
    main()
