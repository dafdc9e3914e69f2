"""An open loop: requests leave at their time, however long the answers take."""

import asyncio
import collections
import selectors
import threading
import time

from wire import Wire


class Job:
    """A request on its way. `check(status, head, body)` says why an answer is wrong, or None."""

    __slots__ = ("kind", "data", "check", "due", "sent", "seconds", "at", "status")

    def __init__(self, kind, data, check):
        self.kind, self.data, self.check = kind, data, check
        self.due = self.sent = self.seconds = self.at = self.status = None


class OpenLoop:
    """`source()` gives a job for each moment; `finished(job, fault)` hears of every one, whatever
    became of it. A job's time runs from the moment it was due, also while no connection is free.
    """

    def __init__(self, port, rate, connections, source, finished):
        self.port, self.rate, self.connections = port, rate, connections
        self.source, self.finished = source, finished
        self.waiting = collections.deque()
        self.idle = collections.deque()
        self.wires = 0
        self.lags = []
        self.stopped = False
        self.loop = None

    def run(self, seconds):
        # Only select() waits for less than a millisecond.
        self.loop = asyncio.SelectorEventLoop(selectors.SelectSelector())
        try:
            self.loop.run_until_complete(self._run(seconds))
        finally:
            self.loop.close()

    async def _run(self, seconds):
        await asyncio.gather(*(self._connect() for _ in range(self.connections)))
        start = time.monotonic()
        number = 0
        while not self.stopped and number / self.rate < seconds:
            now = time.monotonic()
            due = start + number / self.rate
            if due > now:
                await asyncio.sleep(due - now)
                continue
            number += 1
            if number % 16 == 0:
                self.lags.append(now - due)
            # The client's own lateness is not the server's; it is reported apart.
            self.submit(self.source(), now)
            if number % 64 == 0:
                await asyncio.sleep(0)
        await self._settle()

    def submit(self, job, now=None):
        job.due = now or time.monotonic()
        self.waiting.append(job)
        self._next()

    def submit_from_outside(self, job):
        self.loop.call_soon_threadsafe(self.submit, job)

    def _next(self):
        while self.waiting and self.idle:
            wire = self.idle.popleft()
            if wire.transport.is_closing():
                continue
            wire.job = self.waiting.popleft()
            wire.job.sent = time.monotonic()
            wire.transport.write(wire.job.data)

    def answered(self, wire, status, head, body):
        job, wire.job = wire.job, None
        if b"\r\nconnection: close" in head.lower():
            wire.transport.close()
        elif not wire.transport.is_closing():
            self.idle.append(wire)
        if job is not None:
            self._finish(job, status, job.check(status, head, body))
        self._next()

    def _finish(self, job, status, fault):
        job.at = time.monotonic()
        job.seconds = job.at - job.due
        job.status = status
        self.finished(job, fault)

    def lost(self, wire):
        self.wires -= 1
        if wire in self.idle:
            self.idle.remove(wire)
        if wire.job is not None:
            job, wire.job = wire.job, None
            self._finish(job, 0, "the connection ended without an answer")
        if not self.stopped:
            self.loop.create_task(self._connect())

    async def _connect(self):
        while not self.stopped:
            try:
                _, wire = await self.loop.create_connection(
                    lambda: Wire(self), "127.0.0.1", self.port)
            except OSError:
                await asyncio.sleep(0.05)
                continue
            self.wires += 1
            self.idle.append(wire)
            self._next()
            return

    async def _settle(self):
        """Waits a while for what is under way; what is left counts as lost."""
        end = time.monotonic() + 5
        while time.monotonic() < end and (self.waiting or len(self.idle) < self.wires):
            await asyncio.sleep(0.01)
        self.stopped = True
        while self.waiting:
            self._finish(self.waiting.popleft(), 0, "no connection was to be had")
        for wire in list(self.idle):
            wire.transport.close()
        await asyncio.sleep(0.05)


class Background:
    """An open loop in a thread, for trials that do something else meanwhile."""

    def __init__(self, port, rate, connections, source, finished, seconds=3600):
        self.loop = OpenLoop(port, rate, connections, source, finished)
        self.thread = threading.Thread(target=self.loop.run, args=(seconds,), daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.loop.stopped = True
        self.thread.join(timeout=20)
