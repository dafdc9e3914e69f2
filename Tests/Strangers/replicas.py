"""The trials of replicas.sh: PROGRAM, a port for Redis and two for services; files lie in this folder."""

import collections
import json
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

program, redis_port, *ports = sys.argv[1:]
faults = 0


def report(what, expected, came):
    global faults
    faults += came != expected
    print(f"{'ok' if came == expected else 'FAULT'} 14: {what}: {came}" + ("" if came == expected else f", expected {expected}"))


def start(*arguments):
    return subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def redis():
    return start("redis-server", "--port", redis_port, "--save", "", "--appendonly", "no", "--bind", "127.0.0.1")


def serve(config, port):
    process = start(program, "serve", "--checkpoint", "run", "--config", config, "--port", port)
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5)
            return process
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{config}: the service does not get ready")


def post(port, path, body):
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", json.dumps(body).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


first = next(s for s in map(json.loads, open("sessions.jsonl")) if "history" not in s)
body = {"context": first["context"], "items": first["candidates"], "size": 10, "weights": {"click": 1}}


def rank(port, user):
    return post(port, "/v1/rerank", {**body, "user": {"id": user}})


def clicks(port, answer, places):
    events = [{"ranking": answer["request_id"], "item": answer["items"][k]["id"], "type": "click"} for k in places]
    return post(port, "/v1/feedback", {"interactions": events})[0]


def under_load(targets, seconds, event):
    """Asks all targets without a pause; `event` runs after a third of the time. Answers by kind."""
    came, stop = collections.Counter(), threading.Event()

    def ask(port):
        number = 0
        while not stop.is_set():
            number += 1
            try:
                status, answer = rank(port, f"load-{number % 20}")
                came[status, answer.get("history", {}).get("source")] += 1
            except OSError:
                came["no answer", None] += 1

    threads = [threading.Thread(target=ask, args=(port,)) for port in targets]
    for thread in threads:
        thread.start()
    time.sleep(seconds / 3)
    event()
    time.sleep(seconds * 2 / 3)
    stop.set()
    for thread in threads:
        thread.join()
    return came


store = redis()
services = [serve(f"redis{k + 1}.yaml", port) for k, port in enumerate(ports)]
_, before = rank(ports[0], "shared")
_, other = rank(ports[1], "shared")
report("what one replica served, the other knows", {"source": "service", "behaviours": 10}, other["history"])
report("clicks told to one", 202, clicks(ports[0], before, (1, 4)))
_, after = rank(ports[1], "shared")
report("behaviours at the other", 22, after["history"]["behaviours"])
report("its list has changed", True, [i["id"] for i in after["items"]] != [i["id"] for i in other["items"]])

came = under_load(ports, 6, lambda: (store.kill(), store.wait()))
report("Redis killed under load: answers that were not 200", 0, sum(n for (s, _), n in came.items() if s != 200))
report("some without a history, and marked", True, came[200, "unavailable"] > 0)
store = redis()
time.sleep(1.5)
rank(ports[0], "again")
report("Redis back", {"source": "service", "behaviours": 10}, rank(ports[0], "again")[1]["history"])
metrics = urllib.request.urlopen(f"http://127.0.0.1:{ports[0]}/metrics").read().decode()
counted = [line for line in metrics.splitlines() if line.startswith('fader_histories_total{source="unavailable"}')]
report("counted", True, float(counted[0].split()[-1]) > 0)
for process in [*services, store]:
    process.kill()
    process.wait()

alone = serve("alone.yaml", ports[0])
_, answer = rank(ports[0], "mine")
clicks(ports[0], answer, (2,))
came = under_load(ports[:1], 3, lambda: None)
time.sleep(0.5)  # longer than serving.log.flush_milliseconds
alone.kill()
alone.wait()
alone = serve("alone.yaml", ports[0])
report("a service after kill -9 remembers", {"source": "service", "behaviours": 11}, rank(ports[0], "mine")[1]["history"])
alone.kill()
sys.exit(min(faults, 100))
