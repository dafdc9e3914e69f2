"""What several cases need."""

import json
import threading
import time

from bodies import Bodies, http
from load import Background, Job
from service import Service
from tally import Tally


class GoodLoad:
    """Good requests at a steady rate beside what a case does; remembers answers by time."""

    def __init__(self, arguments, service, rate=150, connections=8, feedback=False):
        self.bodies = Bodies(arguments.fader, seed=arguments.seed)
        self.tally = Tally()
        self.feedback = feedback
        # Names of what was answered, with the moment.
        self.answers, self.accepted = [], []
        self.jobs = []
        self.lock = threading.Lock()
        self.background = Background(
            service.port, rate, connections, self._draw, self._finished)

    def __enter__(self):
        self.background.__enter__()
        return self

    def __exit__(self, *_):
        self.background.__exit__()

    def _draw(self):
        data, expected = self.bodies.draw()

        def check(status, _, body):
            fault = self.bodies.fault(expected, status, body)
            if fault is None:
                self.answers.append((time.monotonic(), expected[0]))
                if self.feedback and len(self.answers) % 5 == 0:
                    self._report(json.loads(body))
            return fault

        return Job("good", data, check)

    def _report(self, answer):
        body = {
            "ranking": answer["request_id"], "item": answer["items"][0]["id"], "type": "click"}

        def check(status, _, text):
            if status == 202:
                self.accepted.append((time.monotonic(), answer["request_id"]))
            return None if status == 202 else f"feedback: {status} {text[:120]!r}"

        data = http(json.dumps(body).encode(), "/v1/feedback")
        self.background.loop.submit(Job("feedback", data, check))

    def _finished(self, job, fault):
        self.tally.finished(job, fault)
        with self.lock:
            self.jobs.append((job.sent, job.at, job.status, fault, job.kind))

    def hold(self, trial, figure="load"):
        """Promises that every good request was answered rightly, and notes the figures."""
        trial.figures[figure] = self.tally.figures()["good"]
        trial.figures[figure].pop("by_minute")
        for text in self.tally.faults["good"][:3]:
            trial.promise(False, f"a good request failed: {text}")


def started(arguments, **serving):
    return Service(arguments.fader, arguments.checkpoint, **serving)


def body(**members):
    """A small sound request with some members set."""
    request = {
        "items": [
            {"id": f"i{n}", "features": {"score": n / 20, "shop": f"s{n % 5}", "is_cold": n % 3 == 0}}
            for n in range(20)],
        "size": 10}
    request.update(members)
    return {key: value for key, value in request.items() if value is not None}


def rank(service, **members):
    """Status, headers and the parsed answer."""
    status, headers, text = service.ask("POST", "/v1/rerank", body(**members))
    return status, headers, json.loads(text)


def whole(answer, size=10):
    """Whether it lists so many distinct items of `body`."""
    listed = [item["id"] for item in answer.get("items", [])]
    known = {f"i{n}" for n in range(20)}
    return len(listed) == size and len(set(listed)) == size and set(listed) <= known
