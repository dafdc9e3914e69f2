"""SIGTERM under load: what was sent while the door was open is answered, then it ends."""

import http.client
import signal
import socket
import threading
import time

from bodies import Bodies
from cases.support import GoodLoad, started
from wire import exchange

HEAVY = {"strategy": {"kind": "sample", "lists": 64}, "deadline_ms": 5000}
# A request that left within this time before the door was found closed may have met it closed.
SLACK_SECONDS = 0.03


def run(arguments, trial):
    limits = {"queue_ms": 10000}
    with started(arguments, time_budget_ms=5000, limits=limits) as service:
        with GoodLoad(arguments, service, rate=200) as load:
            time.sleep(2)
            kept = http.client.HTTPConnection("127.0.0.1", service.port, timeout=2)
            trial.promise(readiness(kept) == 200, "/readyz is not 200 under load")
            heavy = Heavy(arguments, service.port)
            time.sleep(0.01)
            told = time.monotonic()
            service.process.send_signal(signal.SIGTERM)
            closed, seen = watch_door(service, kept, told)
            heavy.join()
            load.background.loop.stopped = True
            try:
                status = service.process.wait(timeout=30)
            except TimeoutError:
                status = None
            ended = time.monotonic() - told
    trial.promise(status in (0, 143, -15), f"exit status {status}")
    trial.promise(closed is not None, "the door was still open after 20 s")
    trial.promise(503 in seen, f"/readyz never said 503 while draining, it said {seen}")
    lost = [job for job in load.jobs if job[3] and job[0] and job[0] < closed - SLACK_SECONDS]
    later = sum(1 for job in load.jobs if job[3]) - len(lost)
    for job in lost[:3]:
        trial.promise(
            False, f"a request sent {closed - job[0]:.3f} s before the door closed: {job[3]}")
    trial.promise(heavy.answers == [200] * len(heavy.answers), f"in flight: {heavy.answers}")
    trial.figures.update(
        exit_status=status, ended_after_s=round(ended, 2), readiness=seen, lost=len(lost),
        door_closed_after_s=None if closed is None else round(closed - told, 2),
        answered=len(load.answers), failed_after_the_door_closed=later, in_flight=heavy.answers)
    return (
        f"{len(load.answers)} answered, {len(lost)} lost, {later} came too late, "
        f"ended after {ended:.1f} s with {status}")


class Heavy:
    """Requests that are being worked on when the signal comes."""

    def __init__(self, arguments, port, count=6):
        self.answers = []
        bodies = Bodies(arguments.fader, 77, HEAVY)
        self.threads = [
            threading.Thread(target=self._ask, args=(port, bodies.draw()[0]))
            for _ in range(count)]
        for thread in self.threads:
            thread.start()

    def _ask(self, port, data):
        try:
            answer = exchange(port, data, timeout=20)
            self.answers.append(answer[0] if answer else 0)
        except OSError:
            self.answers.append(0)

    def join(self):
        for thread in self.threads:
            thread.join()


def readiness(connection):
    connection.request("GET", "/readyz")
    answer = connection.getresponse()
    answer.read()
    return answer.status


def watch_door(service, kept, told):
    """When new connections are refused, and what /readyz said until then."""
    seen, connection = [], kept
    while time.monotonic() - told < 20:
        try:
            status = readiness(connection)
            if not seen or seen[-1] != status:
                seen.append(status)
        except (OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=2)
        try:
            socket.create_connection(("127.0.0.1", service.port), timeout=1).close()
        except OSError:
            return time.monotonic(), seen
        time.sleep(0.002)
    return None, seen
