"""More than the limits allow: refused at once with Retry-After, the rest answered well."""

import collections
import json
import threading
import time

from bodies import Bodies
from cases.support import rank, started
from malformed import problem_fault
from trial import milliseconds
from wire import exchange

LIMITS = {"concurrent": 1, "waiting": 4, "queue_ms": 50}
# So that a ranking takes long enough for a queue.
HEAVY = {"strategy": {"kind": "sample", "lists": 64}, "deadline_ms": 2000}


def run(arguments, trial):
    seconds = collections.defaultdict(list)
    with started(arguments, limits=LIMITS, time_budget_ms=1000) as service:
        end = time.monotonic() + 6
        threads = [
            threading.Thread(
                target=hammer,
                args=(service.port, Bodies(arguments.fader, n + 100, HEAVY), end, seconds, trial))
            for n in range(arguments.overload_connections)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        refused = len(seconds[429]) + len(seconds[503])
        trial.promise(seconds[200], "nobody was served")
        trial.promise(refused, "nobody was refused: the limits do not hold")
        time.sleep(0.3)
        status = rank(service, weights={"click": 1})[0]
        trial.promise(status == 200, f"after the overload a request got {status}")
        now = service.json("/v1/status")
        trial.promise(
            now["in_flight"] <= 1 and now["waiting"] == 0, f"left over: {json.dumps(now)}")
    trial.figures["ms_by_status"] = {
        str(status): {"count": len(values), **milliseconds(values)}
        for status, values in sorted(seconds.items())}
    return f"{len(seconds[200])} served, {refused} refused of {len(threads)} connections' requests"


def hammer(port, bodies, end, seconds, trial):
    """One closed loop: the next request as soon as the last one is answered."""
    while time.monotonic() < end:
        data, expected = bodies.draw()
        start = time.monotonic()
        try:
            answer = exchange(port, data, timeout=10)
        except (OSError, TimeoutError) as error:
            trial.promise(False, f"no answer: {error!r}")
            continue
        if not trial.promise(answer, "the connection ended without an answer"):
            continue
        status, head, body = answer
        seconds[status].append(time.monotonic() - start)
        if status == 200:
            fault = bodies.fault(expected, status, body)
            trial.promise(fault is None, f"a wrong answer under load: {fault}")
        else:
            trial.promise(status in (429, 503), f"status {status}: {body[:200]!r}")
            trial.promise(b"\r\nretry-after: " in head.lower(), f"{status} without Retry-After")
            fault = problem_fault(status, head, body)
            trial.promise(fault is None, f"{fault}")
            time.sleep(0.01)
