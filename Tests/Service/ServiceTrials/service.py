"""A `fader serve` of one's own: started, asked, watched and stopped."""

import atexit
import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

LISTENING = re.compile(rb"listening on http://[^\s:]+:(\d+)")
# The server writes a line per request: half an hour of load would fill a small disk.
STANDARD_ERROR_LIMIT = 64 << 20


class Service:
    """A running server; a context manager that leaves no process behind."""

    def __init__(self, fader, checkpoint, folder=None, **serving):
        self.fader = str(fader)
        self.checkpoint = str(checkpoint)
        self.folder = Path(folder or tempfile.mkdtemp(prefix="fader-trial-"))
        if folder is None:
            atexit.register(shutil.rmtree, self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.serving = serving
        self.process = None
        self.port = None
        self.errors = self.folder / "stderr.txt"

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def start(self, seconds=30):
        configuration = self.folder / "serve.yaml"
        # JSON is YAML.
        configuration.write_text(json.dumps({"version": 1, "serving": self.serving}, indent=1))
        command = [self.fader, "serve", "--checkpoint", self.checkpoint, "--port", "0"]
        command += ["--host", "127.0.0.1", "--config", str(configuration)]
        with open(self.errors, "wb") as truncated:
            truncated.truncate()
        # Appending, so that the file can be cut while the server writes.
        with open(self.errors, "ab") as errors:
            self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors)
        self.await_(self._is_listening, seconds, "a listening port")
        self.await_(lambda: self.ask("GET", "/readyz")[0] == 200, seconds, "readiness")
        return self

    def _is_listening(self):
        if self.process.poll() is not None:
            raise RuntimeError(
                f"the server ended with {self.process.returncode}: {self.tail()}")
        found = LISTENING.search(self.errors.read_bytes())
        self.port = int(found.group(1)) if found else None
        return self.port is not None

    def await_(self, condition, seconds, what):
        """The seconds until the condition held; a TimeoutError when it never did."""
        start = time.monotonic()
        while not condition():
            if time.monotonic() - start > seconds:
                raise TimeoutError(f"no {what} after {seconds} s: {self.tail()}")
            time.sleep(0.02)
        return time.monotonic() - start

    def tail(self, size=600):
        return self.errors.read_bytes()[-size:].decode(errors="replace")

    def trim(self):
        if self.errors.stat().st_size > STANDARD_ERROR_LIMIT:
            os.truncate(self.errors, 0)

    def ask(self, method, path, body=None, headers=None, timeout=10):
        """One request over a connection of its own: status, headers in lower case, body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            headers = dict(headers or {})
            if body is not None:
                headers.setdefault("Content-Type", "application/json")
                body = body if isinstance(body, bytes) else json.dumps(body).encode()
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            names = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, names, answer.read()
        finally:
            connection.close()

    def json(self, path):
        status, _, body = self.ask("GET", path)
        if status != 200:
            raise RuntimeError(f"GET {path}: {status} {body[:300]!r}")
        return json.loads(body)

    def metric(self, name, **labels):
        """Sum of the samples of a metric with these labels; None when there is no such metric."""
        total = None
        for line in self.ask("GET", "/metrics")[2].decode().splitlines():
            sample = re.match(r"([A-Za-z_:]+)(?:\{(.*)\})? (\S+)$", line)
            if sample is None or sample.group(1) != name:
                continue
            found = dict(re.findall(r'(\w+)="((?:[^"\\]|\\.)*)"', sample.group(2) or ""))
            if all(found.get(key) == value for key, value in labels.items()):
                total = (total or 0) + float(sample.group(3))
        return total

    def resident_bytes(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status).group(1)) * 1024

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def stop(self, number=signal.SIGTERM, seconds=20):
        """Sends a signal and waits: the exit status."""
        self.process.send_signal(number)
        return self.process.wait(timeout=seconds)
