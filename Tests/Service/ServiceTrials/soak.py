#!/usr/bin/env python3
"""Load for long, with faulty requests, feedback and changes of the model mixed in."""

import argparse
import json
import random
import tempfile
import threading
import time
from pathlib import Path

import checkpoints
import malformed
from bodies import Bodies, http
from judgement import KEPT_MEGABYTES, judge, judge_log
from load import Job, OpenLoop
from service import Service
from tally import Tally
from trial import Trial, note


class Mixture:
    """What is sent: good requests, a share of malformed ones, feedback on some answers."""

    def __init__(self, fader, malformed_share, feedback_share):
        self.bodies = Bodies(fader)
        self.chance = random.Random(2)
        self.malformed_share, self.feedback_share = malformed_share, feedback_share
        self.tally = Tally()
        self.loop = None

    def draw(self):
        if self.chance.random() < self.malformed_share:
            _, data, status = malformed.draw(self.chance)
            return Job("malformed", data, malformed.check(status))
        data, expected = self.bodies.draw()

        def check(status, _, body):
            fault = self.bodies.fault(expected, status, body)
            if fault is None and self.chance.random() < self.feedback_share:
                self.loop.submit(self.feedback(json.loads(body)))
            return fault

        return Job("good", data, check)

    def feedback(self, answer):
        item = self.chance.choice(answer["items"])["id"]
        body = {"ranking": answer["request_id"], "item": item, "type": "click"}
        return Job("feedback", http(json.dumps(body).encode(), "/v1/feedback"), accepted)


def accepted(status, _, body):
    return None if status == 202 else f"feedback: {status} {body[:200]!r}"


def reloaded(status, _, body):
    if status == 200 and {"name", "version", "previous"} <= json.loads(body).keys():
        return None
    return f"load: {status} {body[:200]!r}"


def watch(service, seconds, every, mixture, samples):
    """Samples the process every ten seconds and changes its model every so often."""
    start = last = time.monotonic()
    names, number = ("a", "b"), 0
    while (now := time.monotonic()) - start < seconds:
        time.sleep(max(0, min(10, start + seconds - now)))
        elapsed = time.monotonic() - start
        samples.append((elapsed, service.resident_bytes(), service.descriptors()))
        service.trim()
        if time.monotonic() - last >= every - 1:
            last, number = time.monotonic(), number + 1
            body = json.dumps({"path": names[number % 2]}).encode()
            mixture.loop.submit_from_outside(Job("load", http(body, "/v1/model/load"), reloaded))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fader", required=True)
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--rate", type=float, default=600, help="requests a second")
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--reload-seconds", type=float, default=60)
    parser.add_argument("--serving", default="{}", help="JSON laid over section 'serving'")
    arguments = parser.parse_args()
    trial = Trial("soak")
    with tempfile.TemporaryDirectory(prefix="fader-soak-") as folder:
        models = Path(folder) / "models"
        models.mkdir()
        first = checkpoints.copy(arguments.checkpoint, models / "a")
        checkpoints.copy(arguments.checkpoint, models / "b", checkpoints.other_version)
        serving = {
            "log": {"folder": f"{folder}/logs", "keep_megabytes": KEPT_MEGABYTES},
            # The watching itself is tried by faults.py; here only `load` changes the model.
            "models": {"folder": str(models), "poll_seconds": 0}}
        serving.update(json.loads(arguments.serving))
        seconds = arguments.minutes * 60
        samples = []
        mixture = Mixture(arguments.fader, malformed_share=0.05, feedback_share=0.1)
        with Service(arguments.fader, first, f"{folder}/run", **serving) as service:
            mixture.loop = OpenLoop(
                service.port, arguments.rate, arguments.connections, mixture.draw,
                mixture.tally.finished)
            watcher = threading.Thread(
                target=watch,
                args=(service, seconds, arguments.reload_seconds, mixture, samples), daemon=True)
            watcher.start()
            mixture.loop.run(seconds)
            watcher.join()
            # The writer gets a few of its intervals to catch up.
            time.sleep(1)
            state = service.json("/v1/status")["log"]
            status = service.stop()
            trial.figures["exit_status"] = status
            trial.promise(status in (0, 143, -15), f"exit status {status}")
        note(f"reading the log below {folder}")
        judge(trial, mixture, samples, arguments.minutes)
        judge_log(trial, mixture.tally, state, Path(folder) / "logs")
    whole = trial.figures["good"]
    return trial.end(
        f"{whole['sent']} good requests at {arguments.rate:g}/s for {arguments.minutes:g} min, "
        f"{whole['failed']} failed, p50 {whole['ms']['p50']} ms, p99 {whole['ms']['p99']} ms")


if __name__ == "__main__":
    raise SystemExit(main())
