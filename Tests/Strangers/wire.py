"""Trials of a running server by hand-written requests: wire.py PORT LOG_FOLDER.

The server serves as serve.sh configures it. One line per trial; ends with 1 on a fault.
"""

import glob
import gzip
import json
import socket
import struct
import sys
import time
import zlib

port, log_folder = int(sys.argv[1]), sys.argv[2]
faults = 0


def trial(point, what, expected, came):
    global faults
    ok = expected == came
    faults += not ok
    more = "" if ok else f", expected {expected}"
    print(f"{'ok' if ok else 'FAULT'} {point}: {what}: {came}{more}", flush=True)


class Connection:
    """A connection that is written to and read from by hand."""

    def __init__(self, timeout=60):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=timeout)
        self.rest = b""

    def send(self, *parts):
        for part in parts:
            self.socket.sendall(part if isinstance(part, bytes) else part.encode())
        return self

    def more(self):
        got = self.socket.recv(1 << 16)
        self.rest += got
        return got

    def head(self):
        """Status and headers, in lower case, of the next answer."""
        while b"\r\n\r\n" not in self.rest:
            if not self.more():
                raise EOFError("closed")
        head, self.rest = self.rest.split(b"\r\n\r\n", 1)
        lines = head.decode().split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines[1:])
        return int(lines[0].split(" ")[1]), headers

    def answer(self):
        """Status, headers and body of the next answer that is no 100."""
        status, headers = self.head()
        while status == 100:
            status, headers = self.head()
        length = int(headers.get("content-length", 0))
        while len(self.rest) < length:
            if not self.more():
                raise EOFError("closed")
        body, self.rest = self.rest[:length], self.rest[length:]
        return status, headers, body

    def is_closed(self, seconds=3):
        self.socket.settimeout(seconds)
        try:
            return not self.more()
        except (TimeoutError, socket.timeout):
            return False
        except OSError:
            return True


def head(method, path, body=b"", version="1.1", host=1, **headers):
    lines = [f"{method} {path} HTTP/{version}"] + ["Host: x"] * host
    if body or method == "POST":
        headers.setdefault("Content_Length", len(body))
        headers.setdefault("Content_Type", "application/json")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines) + "\r\n\r\n"


def ask(method, path, body=b"", **headers):
    if not isinstance(body, bytes):
        body = json.dumps(body).encode()
    return Connection().send(head(method, path, body, **headers), body).answer()


def request(count, **more):
    items = [{"id": f"i{i}", "features": {}} for i in range(count)]
    return json.dumps({"user": {"id": "u"}, "items": items, **more}).encode()


def counters():
    lines = ask("GET", "/metrics")[2].decode().splitlines()
    return {k: float(v) for k, v in (l.rsplit(" ", 1) for l in lines if not l.startswith("#"))}


def is_list(answer):
    """Status, and whether a model made the list."""
    return answer[0], json.loads(answer[2]).get("source") not in (None, "fallback")


# Counters exist before anything is counted.
start = counters()
for name in (
    'fader_fallbacks_total{reason="deadline"}', 'fader_shed_total{reason="full"}',
    'fader_lists_total{source="beam"}', 'fader_requests_total{route="/v1/rerank",status="200"}',
    'fader_model_reloads_total{outcome="refused"}',
):
    trial(13, f"{name} at the start", 0.0, start.get(name))

# 100 Continue.
small = request(20)
held = Connection(timeout=5).send(head("POST", "/v1/rerank", small, Expect="100-continue"))
try:
    status = held.head()[0]
except (TimeoutError, socket.timeout):
    status = "nothing"
trial(10, "Expect: 100-continue before the body", 100, status)
time.sleep(0.5)
trial(10, "body half a second later, deadline 100 ms: list of a model", (200, True),
      is_list(held.send(small).answer()))
slow = Connection().send(head("POST", "/v1/rerank", small), small[:50])
time.sleep(0.5)
trial(10, "body in two parts, half a second between: list of a model", (200, True),
      is_list(slow.send(small[50:]).answer()))
refused = Connection().send(
    head("POST", "/v1/rerank", Expect="100-continue", Content_Length=1 << 30))
trial(10, "Expect with a body over the limit", 413, refused.head()[0])
trial(10, "closed behind that refusal", True, refused.is_closed())

# Deadlines inside decoding; the time without one is measured in the same run.
beam = {"strategy": {"kind": "beam", "lists": 48}, "size": 100}
began = time.monotonic()
whole = ask("POST", "/v1/rerank", request(1000, deadline_ms=20000, **beam))
full = time.monotonic() - began
began = time.monotonic()
late = json.loads(ask("POST", "/v1/rerank", request(1000, **beam))[2])
took = time.monotonic() - began
trial(10, f"beam 48 of 1,000 items, size 100 ({full * 1e3:.0f} ms without a deadline)", "beam",
      json.loads(whole[2]).get("source"))
trial(10, f"the same with the deadline of 100 ms ({took * 1e3:.0f} ms)",
      ("deadline", True), (late.get("fallback", {}).get("reason"), took < full / 2 + 0.2))

# A client that leaves is not worked for.
abandoned = 'fader_requests_total{route="/v1/rerank",status="499"}'
long = request(1000, deadline_ms=20000, **beam)
before = counters().get(abandoned, 0)
for how in ("leaves", "resets"):
    gone = Connection().send(head("POST", "/v1/rerank", long), long)
    time.sleep(0.1)
    if how == "resets":
        gone.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    gone.socket.close()
    began = time.monotonic()
    while counters().get(abandoned, 0) == before and time.monotonic() - began < 20:
        time.sleep(0.05)
    trial(10, f"client {how} after 0.1 s: requests given up", before + 1,
          counters().get(abandoned, 0))
    before += 1
half = Connection().send(head("POST", "/v1/rerank", small), small)
half.socket.shutdown(socket.SHUT_WR)
trial(10, "client that closes only its own side", (200, True), is_list(half.answer()))

# The operator's limits.
for pointer, more in (
    ("/size", {"size": 501}), ("/deadline_ms", {"deadline_ms": 20001}),
    ("/strategy/lists", {"strategy": {"kind": "sample", "lists": 49}}),
    ("/strategy/searched_lists", {"strategy": {"kind": "greedy", "searched_lists": 101}}),
):
    status, _, body = ask("POST", "/v1/rerank", request(600, **more))
    trial(10, f"{more} over the limits", (422, pointer), (status, json.loads(body).get("pointer")))

# HTTP/1.0 and connections.
old = Connection().send(head("GET", "/healthz", version="1.0", host=0))
status, headers, _ = old.answer()
trial(12, "HTTP/1.0 without Host", (200, "close"), (status, headers.get("connection")))
trial(12, "closed behind the answer", True, old.is_closed())
kept = Connection().send(head("GET", "/healthz", version="1.0", Connection="keep-alive"))
status, headers, _ = kept.answer()
trial(12, "HTTP/1.0 with keep-alive", (200, "keep-alive"), (status, headers.get("connection")))
trial(12, "second request on it", 200,
      kept.send(head("GET", "/healthz", version="1.0", Connection="keep-alive")).answer()[0])
last = Connection().send(head("GET", "/healthz", Connection="Close"))
trial(12, "Connection: Close", (200, True), (last.answer()[0], last.is_closed()))
for count in (0, 2):
    wrong = Connection().send(head("GET", "/healthz", host=count))
    trial(13, f"HTTP/1.1 with {count} Host", (400, True), (wrong.answer()[0], wrong.is_closed()))
pipelined = Connection().send(head("GET", "/healthz") * 3)
trial(13, "three requests at once", [200] * 3, [pipelined.answer()[0] for _ in range(3)])
status, headers, _ = Connection().send("OPTIONS / HTTP/1.0\r\n\r\n").answer()
trial(13, "OPTIONS / of HTTP/1.0 without Host", (204, True), (status, "get" in headers["allow"]))
trial(13, "OPTIONS *", 204, ask("OPTIONS", "*")[0])

# Packed bodies.
for coding, pack in (("gzip", gzip.compress), ("deflate", zlib.compress)):
    answer = ask("POST", "/v1/rerank", pack(small), Content_Encoding=coding)
    trial(13, f"body of {coding}", (200, True), is_list(answer))
for what, body, coding, expected in (
    ("cut off gzip", gzip.compress(small)[:-9], "gzip", 400),
    ("no gzip", small, "gzip", 400), ("br", small, "br", 415),
    ("gzip of 64 MiB", gzip.compress(bytes(1 << 26)), "gzip", 413),
):
    trial(13, f"body: {what}", expected, ask("POST", "/v1/rerank", body, Content_Encoding=coding)[0])
for accepted, coding, unpack in (
    ("gzip, deflate", "gzip", gzip.decompress), ("deflate", "deflate", zlib.decompress),
    ("gzip;q=0, identity", None, bytes),
):
    _, headers, body = ask("POST", "/v1/rerank", small, Accept_Encoding=accepted)
    count = len(json.loads(unpack(body))["items"])
    trial(13, f"Accept-Encoding: {accepted}", (coding, 10), (headers.get("content-encoding"), count))
trial(13, "body behind a byte order mark", 200, ask("POST", "/v1/rerank", b"\xef\xbb\xbf" + small)[0])

# Pages of other origins.
preflight = {"Access_Control_Request_Method": "POST", "Origin": "https://shop.example"}
status, headers, _ = ask("OPTIONS", "/v1/rerank", **preflight)
trial(13, "preflight of an admitted origin", (204, "https://shop.example", "post"),
      (status, headers.get("access-control-allow-origin"),
       headers.get("access-control-allow-methods")))
_, headers, _ = ask("POST", "/v1/rerank", small, Origin="https://shop.example")
trial(13, "request of an admitted origin", "https://shop.example",
      headers.get("access-control-allow-origin"))
_, headers, _ = ask("OPTIONS", "/v1/rerank", **{**preflight, "Origin": "https://other.example"})
trial(13, "preflight of another origin", None, headers.get("access-control-allow-origin"))

# The Open Inference Protocol.
for path in ("/v2", "/v2/", "/v2/health/live", "/v2/health/ready", "/v2/models/feed",
             "/v2/models/feed/ready"):
    trial(13, f"GET {path}", 200, ask("GET", path)[0])
version = json.loads(ask("GET", "/v2/models/feed")[2])["versions"][0]
trial(13, "GET /v2/models/feed/versions/V", 200, ask("GET", f"/v2/models/feed/versions/{version}")[0])
trial(13, "GET /v2/models/fader, which is called feed", 404, ask("GET", "/v2/models/fader")[0])


def lines_of_log():
    return sum(
        json.loads(line)["event"] == "ranking"
        for path in glob.glob(f"{log_folder}/decisions*")
        for line in (gzip.open if path.endswith(".gz") else open)(path, "rt"))


def infer(tensor, tail=b"", **more):
    body = json.dumps({"inputs": [{"name": "request", "datatype": "BYTES", **tensor}], **more})
    headers = {"Content_Type": "application/octet-stream"} if tail else {}
    if tail:
        headers["Inference_Header_Content_Length"] = len(body)
    return ask("POST", "/v2/models/feed/infer", body.encode() + tail, **headers)


text = small.decode()
listed = counters()["fader_lists_total{source=\"greedy\"}"]
answered = 0
for what, tensor in (
    ("flat [2]", {"shape": [2], "data": [text, text]}),
    ("nested [2,1]", {"shape": [2, 1], "data": [[text], [text]]}),
):
    status, _, body = infer(tensor, model_name="feed", id="")
    output = json.loads(body)["outputs"][0]
    answered += 2
    trial(13, f"infer, {what}", (200, tensor["shape"], [10, 10]),
          (status, output["shape"], [len(json.loads(t)["items"]) for t in output["data"]]))
tail = struct.pack("<I", len(small)) + small
status, headers, body = infer(
    {"shape": [1], "parameters": {"binary_data_size": len(tail)}}, tail,
    parameters={"binary_data_output": True})
answered += 1
length = int(headers["inference-header-content-length"])
size = json.loads(body[:length])["outputs"][0]["parameters"]["binary_data_size"]
trial(13, "infer, bytes in and out", (200, size, 10),
      (status, len(body) - length, len(json.loads(body[length + 4:])["items"])))
for what, answer in (
    ("unknown output", infer({"shape": [1], "data": [text]}, outputs=[{"name": "scores"}])),
    ("another model_name", infer({"shape": [1], "data": [text]}, model_name="other")),
    ("shape that does not fit", infer({"shape": [3], "data": [text]})),
    ("bytes cut off", infer({"shape": [1], "parameters": {"binary_data_size": 9}}, tail[:9])),
):
    trial(13, f"infer, {what}", (400, True), (answer[0], "error" in json.loads(answer[2])))
trial(13, "lists of infer in fader_lists_total", listed + answered,
      counters()["fader_lists_total{source=\"greedy\"}"])
trial(13, "latency of infer in /v1/status", True,
      json.loads(ask("GET", "/v1/status")[2])["requests_per_s"] is not None)
lists = sum(v for k, v in counters().items() if k.startswith("fader_lists_total"))
end = time.monotonic() + 5
while lines_of_log() < lists and time.monotonic() < end:
    time.sleep(0.1)
trial(13, "rankings in the event log", lists, float(lines_of_log()))
sys.exit(faults > 0)
