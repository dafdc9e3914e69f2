"""Broken checkpoints turn up in the watched folder: refused, counted, and the old model goes on."""

import json
import time

import checkpoints
from cases.support import GoodLoad, started


def run(arguments, trial):
    service = started(arguments)
    models = service.folder / "models"
    models.mkdir()
    first = checkpoints.copy(arguments.checkpoint, models / "0-first")
    service.checkpoint = str(first)
    service.serving["models"] = {"folder": str(models), "poll_seconds": 0.5}
    with service, GoodLoad(arguments, service) as load:
        version = service.json("/v1/model")["version"]
        time.sleep(1.5)
        seconds = {}
        for number, (name, breaks) in enumerate(checkpoints.BROKEN.items(), start=1):
            seconds[name] = drop(trial, service, arguments, models / f"{number}-{name}", breaks)
            status = load_by_hand(service, f"{number}-{name}")
            # Without a bundle it is no checkpoint, only a folder.
            right = 422 if name == "missing_bundle" else 409
            trial.promise(status == right, f"{name}: /v1/model/load got {status}, not {right}")
            now = service.json("/v1/model")["version"]
            trial.promise(now == version, f"{name}: the model changed to {now}")
        for path in ("../../etc", str(first), "..", "", "0-first/../0-first", "nobody"):
            status = load_by_hand(service, path)
            trial.promise(status in (409, 422), f"load of {path!r} got {status}")
        checkpoints.copy(arguments.checkpoint, models / "9-good", checkpoints.other_version)
        try:
            taken = service.await_(
                lambda: service.json("/v1/model")["version"] != version, 15, "new version")
        except TimeoutError as fault:
            taken = None
            trial.promise(False, f"the good checkpoint was not taken: {fault}")
        go_back(trial, service, version)
        trial.figures["reloads"] = service.json("/v1/status")["reloads"]
    load.hold(trial)
    trial.figures["refused_after_s"] = seconds
    trial.figures["good_taken_after_s"] = taken and round(taken, 2)
    return f"{len(seconds)} broken checkpoints under {load.tally.sent['good']} requests"


def go_back(trial, service, first):
    """What was loaded by hand stays, though a newer one lies in the folder."""
    status = load_by_hand(service, "0-first")
    trial.promise(status == 200, f"going back to the first model got {status}")
    time.sleep(2)
    now = service.json("/v1/model")["version"]
    trial.promise(now == first, f"{first} was loaded by hand, 2 s later {now} serves")


def refused(service):
    return service.metric("fader_model_reloads_total", outcome="refused") or 0


def drop(trial, service, arguments, folder, breaks):
    """Seconds until a broken checkpoint was counted as refused; None when it never was."""
    before = refused(service)
    checkpoints.copy(arguments.checkpoint, folder, breaks)
    if breaks is checkpoints.missing_bundle:
        time.sleep(1.2)
        trial.promise(refused(service) == before, f"{folder.name} counts as a checkpoint")
        return None
    try:
        return round(service.await_(lambda: refused(service) > before, 6, "refusal"), 2)
    except TimeoutError:
        trial.promise(False, f"{folder.name} was not counted as refused")
        return None


def load_by_hand(service, path):
    return service.ask("POST", "/v1/model/load", json.dumps({"path": path}).encode())[0]
