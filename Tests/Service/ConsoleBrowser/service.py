"""Starts a service for the browser to look at, on a port that the system chooses."""

import os
import re
import subprocess
import tempfile
import threading

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", ".."))

CONFIG = """\
version: 1
serving:
  steering:
    default: balanced
    presets:
      balanced: {{weights: {{click: 0.5, cold_start: 0.2, shops: 0.2, priority: 0.1}}}}
      explore: {{weights: {{click: 0.3, cold_start: 0.7}}, strategy: {{kind: sample, lists: 4}}}}
  console: {{sessions: {sessions}, report: {report}}}
"""


class Service:
    """`fader serve`, stopped when the block ends. Without a config: the samples of `data/feed`,
    two presets, and a report over a few requests."""

    def __init__(self, fader, checkpoint, config=None):
        self.fader, self.checkpoint, self.config = fader, checkpoint, config

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        config = self.config or self._config()
        self.process = subprocess.Popen(
            [self.fader, "serve", "--checkpoint", self.checkpoint, "--port", "0",
             "--config", config],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        said = []
        for line in self.process.stdout:
            said.append(line)
            if found := re.search(r"listening on (http://\S+)", line):
                self.url = found[1]
                threading.Thread(target=self._drain, daemon=True).start()
                return self
        raise SystemExit("the service did not start:\n" + "".join(said))

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.folder.cleanup()

    def _drain(self):
        """A full pipe would stop the service."""
        for _ in self.process.stdout:
            pass

    def _config(self):
        report = os.path.join(self.folder.name, "report.json")
        with open(report, "w") as file:
            subprocess.run(
                [self.fader, "evaluate", "--checkpoint", self.checkpoint, "--json",
                 "--requests", "60"], stdout=file, stderr=subprocess.DEVNULL, check=True)
        path = os.path.join(self.folder.name, "console.yaml")
        sessions = os.path.join(ROOT, "data", "feed", "sessions.jsonl")
        with open(path, "w") as file:
            file.write(CONFIG.format(sessions=sessions, report=report))
        return path
