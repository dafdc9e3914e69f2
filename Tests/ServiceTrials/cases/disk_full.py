"""The disk of the log is full: rankings go on, an alarm says so, and it heals by itself."""

import contextlib
import json
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
    with small_disk(disk):
        with service, GoodLoad(arguments, service, rate=100) as load:
            trial.promise(feedback(service) == 202, "feedback is refused before the disk is full")
            full = service.await_(lambda: degraded(service) == 1, 30, "alarm fader_log_degraded")
            before = len(load.answers)
            status = feedback(service)
            trial.promise(status == 503, f"feedback got {status} on a full disk, not 503")
            time.sleep(3)
            trial.promise(len(load.answers) > before + 100, "rankings stopped on a full disk")
            trial.promise(service.ask("GET", "/healthz")[0] == 200, "/healthz is not 200")
            lost = service.json("/v1/status")["log"]["dropped"]
            subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
            healed = service.await_(lambda: degraded(service) == 0, 20, "end of the alarm")
            status = feedback(service)
            trial.promise(status == 202, f"feedback got {status} once there is space")
            marker = time.monotonic()
            time.sleep(1)
        load.hold(trial)
        service.stop()
        trial.figures.update(
            alarm_after_s=round(full, 2), healed_after_s=round(healed, 2), dropped_when_full=lost,
            log=logs.count_lines(disk / "logs"))
        late = {name for moment, name in load.answers if moment > marker}
        missing = late - logs.ids(disk / "logs", "decisions", "id")
    trial.promise(not missing, f"{len(missing)} decisions after the healing are not in the log")
    trial.promise(trial.figures["log"]["bad"] == 0, "the log has lines that are no JSON")
    return (
        f"alarm after {full:.1f} s of load, {len(load.answers)} answers meanwhile, "
        f"healed {healed:.1f} s after there was space")


def degraded(service):
    return service.metric("fader_log_degraded")


def feedback(service):
    event = {"ranking": "t1-0", "item": "i1", "type": "click"}
    return service.ask("POST", "/v1/feedback", json.dumps(event).encode())[0]
