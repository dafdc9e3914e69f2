"""The disk of the log is full: rankings go on, an alarm says so, and it heals by itself."""

import contextlib
import os
import subprocess
import time

import logs
from cases.support import GoodLoad, started
from trial import Skipped


@contextlib.contextmanager
def small_disk(folder):
    """A file system of two megabytes."""
    folder.mkdir(parents=True, exist_ok=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True,
        check=False)
    if mounted.returncode != 0:
        raise Skipped(f"a file system cannot be mounted: {mounted.stderr.decode().strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=False)


def run(arguments, trial):
    if os.geteuid() != 0:
        raise Skipped("mounting a small file system takes root")
    service = started(arguments)
    disk = service.folder / "disk"
    service.serving["log"] = {"folder": str(disk / "logs"), "flush_milliseconds": 100}
    with small_disk(disk), service:
        with GoodLoad(arguments, service, rate=100) as load:
            full, healed, taken, marker = fill(trial, service, disk, load)
        load.hold(trial)
        service.stop()
        trial.figures.update(
            alarm_after_s=round(full, 2), healed_after_s=round(healed, 2),
            log=logs.count_lines(disk / "logs"))
        late = {name for moment, name in load.answers if moment > marker}
        missing = late - logs.ids(disk / "logs", "decisions", "id")
        noted = logs.ids(disk / "logs", "feedback", "ranking")
    trial.promise(not missing, f"{len(missing)} decisions after the healing are not in the log")
    lost = {"first", *taken, "last"} - noted
    trial.figures["feedback_taken_when_full"] = len(taken)
    trial.promise(not lost, f"feedback that was accepted is not in the log: {sorted(lost)}")
    trial.promise(trial.figures["log"]["bad"] == 0, "the log has lines that are no JSON")
    return (
        f"alarm after {full:.1f} s of load, {len(load.answers)} answers meanwhile, "
        f"healed {healed:.1f} s after there was space")


def fill(trial, service, disk, load):
    """Seconds to the alarm and to its end, feedback taken in between, the moment of health."""
    trial.promise(feedback(service, "first") == 202, "feedback is refused on a sound disk")
    full = service.await_(lambda: degraded(service) > 0, 30, "alarm fader_log_degraded")
    before = len(load.answers)
    taken = refusal(trial, service)
    time.sleep(3)
    trial.promise(len(load.answers) > before + 100, "rankings stopped on a full disk")
    trial.promise(service.ask("GET", "/healthz")[0] == 200, "/healthz is not 200")
    trial.figures["dropped_when_full"] = service.json("/v1/status")["log"]["dropped"]
    subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
    healed = service.await_(lambda: degraded(service) == 0, 20, "end of the alarm")
    status = feedback(service, "last")
    trial.promise(status == 202, f"feedback got {status} once there is space")
    marker = time.monotonic()
    time.sleep(1)
    return full, healed, taken, marker


def degraded(service):
    return service.metric("fader_log_degraded")


def refusal(trial, service):
    """Feedback until it is refused: the names of what was accepted before that, which has to wait
    in memory."""
    taken = []
    for number in range(20):
        status = feedback(service, f"full-{number}")
        if status == 503:
            return taken
        taken.append(f"full-{number}")
        trial.promise(status == 202, f"feedback got {status} on a full disk")
        time.sleep(0.15)
    trial.promise(False, "feedback was accepted for 3 s on a full disk, not refused with 503")
    return taken


def feedback(service, ranking):
    """A thousand interactions: a few would still fit into a block that the log has already."""
    event = {"ranking": ranking, "item": "i1", "type": "click"}
    return service.ask("POST", "/v1/feedback", {"interactions": [event] * 1000})[0]
