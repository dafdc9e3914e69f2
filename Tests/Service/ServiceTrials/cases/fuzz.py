"""Spoiled bodies and odd requests: each gets a well-formed answer below 500."""

import collections
import json
import random
import socket
import time

import mutations
from bodies import Bodies, http
from cases.support import rank, started
from malformed import problem_fault
from wire import Malformed, exchange


def run(arguments, trial):
    chance = random.Random(arguments.seed)
    bodies = Bodies(arguments.fader, arguments.seed).heads
    # Short ones most of the time: a flipped bit then meets structure, not one of forty items.
    bodies = [shortened(body) for body in bodies] * 4 + [(body + "}").encode() for body in bodies]
    statuses = {"bodies": collections.Counter(), "requests": collections.Counter()}
    seconds = 0.0
    with started(arguments) as service:
        wire = Wire(service)
        for number in range(arguments.count):
            odd = number % 20 == 19
            if odd:
                data = mutations.request(chance, chance.choice(bodies))
            else:
                mutate = chance.choice(mutations.BODY)
                data = http(mutate(chance, chance.choice(bodies)))
            start = time.monotonic()
            status, fault = wire.ask(data, odd)
            seconds = max(seconds, time.monotonic() - start)
            statuses["requests" if odd else "bodies"][status] += 1
            if fault is not None:
                trial.promise(False, f"request {number}: {fault}; it began {data[:160]!r}")
            if service.process.poll() is not None:
                trial.promise(False, f"the server died at request {number}: {service.tail()}")
                break
        else:
            status, _, answer = rank(service, weights={"click": 1})
            trial.promise(status == 200 and len(answer["items"]) == 10, f"afterwards: {status}")
            trial.figures["rss_mib"] = round(service.resident_bytes() / 2**20, 1)
            trial.figures["descriptors"] = service.descriptors()
    trial.figures["seed"] = arguments.seed
    trial.figures["slowest_ms"] = round(seconds * 1000, 1)
    for name, counts in statuses.items():
        trial.figures[name] = {str(k): v for k, v in sorted(counts.items(), key=str)}
    return f"{sum(map(sum, (c.values() for c in statuses.values())))} spoiled requests"


def shortened(head):
    request = json.loads(head + "}")
    request["items"] = request["items"][:4]
    request.update(size=3, weights={"click": 0.5, "shops": 1}, ban=["nobody"])
    request["pins"] = [{"id": request["items"][1]["id"], "position": 2}]
    return json.dumps(request, separators=(",", ":")).encode()


class Wire:
    """One connection, opened anew whenever the server has closed it."""

    def __init__(self, service):
        self.port = service.port
        self.connection = None

    def ask(self, data, odd):
        """The status (or what came in its place) and what is wrong with the answer."""
        if self.connection is None:
            self.connection = socket.create_connection(("127.0.0.1", self.port))
        head_only = data.startswith(b"HEAD ")
        try:
            answer = exchange(self.port, data, 10, head_only, self.connection)
        except TimeoutError:
            self._close()
            return "silence", "no answer within 10 s"
        except Malformed as fault:
            self._close()
            return "malformed", f"the answer is no HTTP: {fault}"
        if answer is None:
            self._close()
            # What is no HTTP may be hung up on; a body, however spoiled, is answered.
            return "closed", None if odd else "the connection ended without an answer"
        status, head, body = answer
        if b"\r\nconnection: close" in head.lower():
            self._close()
        return status, judge(status, head, body, odd, head_only)

    def _close(self):
        self.connection.close()
        self.connection = None


def judge(status, head, body, odd, head_only):
    if status >= 500:
        return f"status {status}: {body[:200]!r}"
    if 300 <= status < 400:
        return None if odd and b"\r\nlocation: " in head.lower() else f"status {status}"
    if head_only:
        return None
    if status >= 400:
        if odd and b"application/problem+json" not in head.lower():
            # The other protocol has errors of its own; what is no HTTP gets none of ours.
            return None if status == 400 or b'{"error":' in body else f"{status}: {body[:80]!r}"
        return problem_fault(status, head, body)
    if odd:
        return None
    listed = [item["id"] for item in json.loads(body)["items"]]
    return None if listed and len(set(listed)) == len(listed) else f"listed {listed}"
