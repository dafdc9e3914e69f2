"""Clients that dawdle: the others are served, and who says nothing is hung up on."""

import select
import socket
import time

from bodies import http
from cases.support import GoodLoad, started
from malformed import SOUND


class Dawdler:
    """A connection that sends part of a request, then nothing, or a byte now and then."""

    def __init__(self, name, port, first, trickle=b""):
        self.name, self.trickle = name, trickle
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.sendall(first)
        self.socket.setblocking(False)
        self.start = time.monotonic()
        self.sent, self.closed_after, self.received = 0, None, b""

    def step(self):
        """Reads what came, and sends the next byte when it is time for it."""
        try:
            data = self.socket.recv(4096)
            self.received += data
            closed = not data
        except BlockingIOError:
            closed = False
        except OSError:
            closed = True
        elapsed = time.monotonic() - self.start
        if not closed and self.sent < min(elapsed * 2, len(self.trickle)):
            try:
                self.socket.send(self.trickle[self.sent : self.sent + 1])
                self.sent += 1
            except OSError:
                closed = True
        if closed:
            self.closed_after = elapsed
            self.socket.close()


def run(arguments, trial):
    with started(arguments) as service:
        before = service.descriptors()
        whole = http(SOUND)
        middle = len(whole) - len(SOUND) // 2
        dawdlers = [Dawdler("idle", service.port, b"") for _ in range(200)]
        dawdlers += [Dawdler("half_body", service.port, whole[:middle]) for _ in range(20)]
        dawdlers += [Dawdler("headers_never_ended", service.port, whole[:60]) for _ in range(20)]
        endless = b"POST /v1/rerank HTTP/1.1\r\nHost: t\r\nX-A: "
        dawdlers += [
            Dawdler("trickled_header", service.port, endless, b"a" * 4096) for _ in range(20)]
        dawdlers += [
            Dawdler("trickled_body", service.port, whole[:middle], whole[middle:])
            for _ in range(20)]
        time.sleep(0.5)
        held = service.descriptors() - before
        with GoodLoad(arguments, service, rate=100) as load:
            watch(dawdlers, arguments.idle_seconds + 20)
        load.hold(trial)
        figures(trial, dawdlers)
        for dawdler in dawdlers:
            dawdler.socket.close()
        time.sleep(0.5)
        left = service.descriptors() - before
        trial.figures.update(descriptors_held=held, descriptors_left=left)
        trial.promise(left <= 4, f"{left} descriptors are left after all hung up")
    p99 = trial.figures["load"]["ms"]["p99"]
    trial.promise(p99 is not None and p99 < 100, f"others waited: p99 {p99} ms")
    return f"{len(dawdlers)} slow connections, others p99 {p99} ms"


def watch(dawdlers, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        opened = [d for d in dawdlers if d.closed_after is None]
        if not opened:
            return
        select.select([], [], [], 0.2)
        for dawdler in opened:
            dawdler.step()


def figures(trial, dawdlers):
    for name in dict.fromkeys(d.name for d in dawdlers):
        own = [d for d in dawdlers if d.name == name]
        closed = [d.closed_after for d in own if d.closed_after is not None]
        answered = sorted({d.received[9:12].decode() for d in own if d.received})
        trial.figures[name] = {
            "connections": len(own), "closed": len(closed), "answers": answered,
            "closed_after_s": [round(min(closed), 1), round(max(closed), 1)] if closed else None}
        if name == "trickled_body":
            # Two bytes a second: longer than the time that a body may take.
            trial.promise(answered == ["408"], f"{name} got {answered or 'silence'}, not 408")
        trial.promise(len(closed) == len(own), f"{len(own) - len(closed)} of {name} are still open")
