"""Requests of the feed world, prepared so that making one costs a few microseconds."""

import functools
import itertools
import json
import random
import subprocess
import tempfile
from pathlib import Path

OBJECTIVES = ("click", "cold_start", "shops", "priority")
CONFIGURATION = Path(__file__).resolve().parents[3] / "configs" / "quickstart.yaml"


def http(body, path="/v1/rerank", method="POST", kind="application/json"):
    """The bytes of a request."""
    head = f"{method} {path} HTTP/1.1\r\nHost: trial\r\nContent-Type: {kind}\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


@functools.cache
def simulated(fader, count=48):
    """Bodies without weights from sessions of the quickstart's world."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sessions.jsonl"
        subprocess.run(
            [str(fader), "simulate", "--config", str(CONFIGURATION), "--sessions", str(count)]
            + ["--out", str(file)],
            check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        sessions = [json.loads(line) for line in file.read_text().splitlines()]
    return [
        {"user": session["user"], "context": session["context"], "items": session["candidates"]}
        for session in sessions
    ]


class Bodies:
    """Good requests: weights and size drawn anew for each, now and then a pin and a ban."""

    def __init__(self, fader, seed=1, extra=None):
        self.random = random.Random(seed)
        self.requests = simulated(fader)
        self.extra = json.dumps(extra)[1:-1] + "," if extra else ""
        self.ids = [[item["id"] for item in request["items"]] for request in self.requests]
        self.heads = [json.dumps(r, separators=(",", ":"))[:-1] for r in self.requests]
        self.numbers = itertools.count()
        self.prefix = f"t{seed}"

    def draw(self):
        """The bytes of a request, and what its answer must fit."""
        chance = self.random.random
        index = int(chance() * len(self.heads))
        ids = self.ids[index]
        size = 1 + int(chance() * 20)
        name = f"{self.prefix}-{next(self.numbers)}"
        weights = ",".join(f'"{key}":{chance():.6f}' for key in OBJECTIVES)
        pin = ban = None
        places = ""
        if chance() < 0.1:
            pin, ban = self.random.sample(ids, 2)
            places = f'"pins":[{{"id":"{pin}","position":{size}}}],"ban":["{ban}"],'
        body = (
            f'{self.heads[index]},{self.extra}{places}"request_id":"{name}","size":{size},'
            f'"weights":{{{weights}}}}}')
        return http(body.encode()), (name, size, index, pin, ban)

    def fault(self, expected, status, body):
        """Why an answer is wrong; None when it is right."""
        name, size, index, pin, ban = expected
        if status != 200:
            return f"status {status}: {body[:200]!r}"
        try:
            answer = json.loads(body)
            listed = [item["id"] for item in answer["items"]]
        except (ValueError, KeyError, TypeError) as error:
            return f"no answer: {error!r} in {body[:200]!r}"
        if len(listed) != size or len(set(listed)) != size:
            return f"expected {size} distinct items, got {listed}"
        ids = self.ids[index]
        for item in answer["items"]:
            if not 0 <= item["index"] < len(ids) or ids[item["index"]] != item["id"]:
                return f"item {item} is none of the request"
        if answer.get("request_id") != name:
            return f"request_id {answer.get('request_id')!r} is not {name!r}"
        if pin is not None and (listed[-1] != pin or ban in listed):
            return f"pin {pin} or ban {ban} not kept in {listed}"
        return None
