"""The process dies in the middle: nothing that was flushed is lost, and the logs still read."""

import json
import signal
import subprocess
import time

import logs
from cases.support import GoodLoad, started

FLUSH_SECONDS = 0.2
# Between an answer and the moment at which its line waits for the next flush, and for scheduling.
SLACK_SECONDS = 0.1


def run(arguments, trial):
    service = started(arguments)
    folder = service.folder / "logs"
    service.serving["log"] = {
        "folder": str(folder), "flush_milliseconds": int(FLUSH_SECONDS * 1000)}
    with service, GoodLoad(arguments, service, rate=300, feedback=True) as load:
        time.sleep(4)
        killed = time.monotonic()
        service.stop(signal.SIGKILL)
        # Without a server there is nothing to wait for.
        load.background.loop.connections = 0
    compare(trial, folder, load, killed)
    with service as again:
        with GoodLoad(arguments, again, rate=100, feedback=True) as more:
            more.bodies.prefix = "after"
            time.sleep(2)
        again.stop()
    trial.promise(more.answers, "no answer after the restart")
    lost = {name for _, name in more.answers} - logs.ids(folder, "decisions", "id")
    trial.promise(not lost, f"{len(lost)} decisions before a stop in order are not in the log")
    ingest(arguments, trial, folder, load)
    figures = trial.figures
    return (
        f"{figures['answers']} answers until the kill, {figures['missing']} of the "
        f"{figures['due']} older than {FLUSH_SECONDS + SLACK_SECONDS:g} s missing in the log, "
        f"{figures['sessions']} sessions read from the logs")


def compare(trial, folder, load, killed):
    last = killed - FLUSH_SECONDS - SLACK_SECONDS
    for prefix, key, answers in (
        ("decisions", "id", load.answers), ("feedback", "ranking", load.accepted)):
        found = logs.ids(folder, prefix, key)
        due = {name for moment, name in answers if moment <= last}
        missing = due - found
        name = "" if prefix == "decisions" else "feedback_"
        trial.figures[name + "answers"] = len(answers)
        trial.figures[name + "due"] = len(due)
        trial.figures[name + "missing"] = len(missing)
        trial.figures[name + "in_log"] = len(found)
        trial.promise(due, f"no {prefix} were due: the load did not run")
        trial.promise(
            not missing, f"{len(missing)} {prefix} answered in time are not in the log")
    ends = [bool(logs.lines(file)[1]) for file in sorted(folder.glob("*.jsonl"))]
    trial.figures["cut_lines"] = sum(ends)


def ingest(arguments, trial, folder, load):
    """`fader ingest` reads what both runs left, cut lines and all."""
    files = [str(file) for file in sorted(folder.glob("*.jsonl"))]
    command = [arguments.fader, "ingest", *files, "--out", str(folder / "sessions.jsonl"), "--json"]
    done = subprocess.run(command, capture_output=True, check=False)
    if not trial.promise(done.returncode == 0, f"ingest ended with {done.stderr[-300:]!r}"):
        trial.figures["sessions"] = 0
        return
    report = json.loads(done.stdout)
    trial.figures["ingest"] = {key: report.get(key) for key in ("counts", "feedback")}
    with open(folder / "sessions.jsonl", encoding="utf-8") as file:
        trial.figures["sessions"] = sum(1 for _ in file)
    trial.promise(
        trial.figures["sessions"] >= trial.figures["due"], "fewer sessions than answers")
