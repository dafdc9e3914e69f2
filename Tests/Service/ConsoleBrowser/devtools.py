"""Headless Chromium over the DevTools protocol, with Python's standard library alone.

The browser reads commands from its file descriptor 3 and writes answers and events to 4; every
message is JSON and ends with a zero byte (`--remote-debugging-pipe`).
"""

import base64
import fcntl
import json
import os
import shutil
import subprocess
import tempfile
import threading
import time

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars",
         "--disable-background-networking", "--disable-extensions", "--mute-audio",
         "--force-color-profile=srgb", "--remote-debugging-pipe")


class Browser:
    """One browser process with a profile of its own, gone when the block ends."""

    def __init__(self, program=None):
        self.program = program or next(filter(None, map(shutil.which, NAMES)), None)
        if not self.program:
            raise SystemExit(f"no browser found: none of {', '.join(NAMES)} is installed")

    def __enter__(self):
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        commands_out, commands_in = os.pipe()
        answers_out, answers_in = os.pipe()
        # Above 9, so that placing them on 3 and 4 overwrites neither.
        ends = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in (commands_out, answers_in)]

        def place():
            os.dup2(ends[0], 3)
            os.dup2(ends[1], 4)

        self.process = subprocess.Popen(
            [self.program, *FLAGS, f"--user-data-dir={self.profile.name}"], preexec_fn=place,
            close_fds=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        for end in (commands_out, answers_in, *ends):
            os.close(end)
        self.commands, self.answers = os.fdopen(commands_in, "wb", 0), answers_out
        self.last, self.waiting, self.news = 0, {}, threading.Condition()
        self.events, self.listeners = [], []
        threading.Thread(target=self._read, daemon=True).start()
        return self

    def __exit__(self, *_):
        try:
            self.send("Browser.close")
            self.process.wait(5)
        except (RuntimeError, OSError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
        self.profile.cleanup()

    def _read(self):
        rest = b""
        while chunk := os.read(self.answers, 1 << 16):
            *messages, rest = (rest + chunk).split(b"\0")
            for message in map(json.loads, messages):
                with self.news:
                    if "id" in message:
                        self.waiting[message["id"]] = message
                    else:
                        self.events.append(message)
                    self.news.notify_all()
                if "method" in message:
                    for listener in self.listeners:
                        listener(message)

    def post(self, method, session=None, **params):
        """Sends without waiting; gives the id of the answer to come."""
        with self.news:
            self.last += 1
            message = {"id": self.last, "method": method, "params": params}
            if session:
                message["sessionId"] = session
            self.commands.write(json.dumps(message).encode() + b"\0")
            return self.last

    def send(self, method, session=None, seconds=20, **params):
        number = self.post(method, session, **params)
        with self.news:
            if not self.news.wait_for(lambda: number in self.waiting, seconds):
                raise RuntimeError(f"{method}: no answer within {seconds} s")
            answer = self.waiting.pop(number)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']['message']}")
        return answer["result"]


class Page:
    """A tab."""

    KEYS = {"Tab": 9, "Enter": 13, "Space": 32, "End": 35, "Home": 36, "ArrowLeft": 37,
            "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40, "PageUp": 33, "PageDown": 34}

    def __init__(self, browser):
        self.browser = browser
        target = browser.send("Target.createTarget", url="about:blank")["targetId"]
        self.session = browser.send(
            "Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.send(domain + ".enable")
        self.send("Network.enable", maxPostDataSize=1 << 22)

    def send(self, method, **params):
        return self.browser.send(method, self.session, **params)

    def events(self, *methods):
        with self.browser.news:
            return [each["params"] for each in self.browser.events
                    if each.get("sessionId") == self.session and each["method"] in methods]

    def evaluate(self, expression):
        result = self.send(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            details = result["exceptionDetails"]
            raise RuntimeError(details.get("exception", {}).get("description", details["text"]))
        return result["result"].get("value")

    def wait(self, expression, what, seconds=10):
        """Until the expression is true; a RuntimeError says what did not come."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            value = self.evaluate(expression)
            if value:
                return value
            time.sleep(0.03)
        raise RuntimeError(f"{what} did not come within {seconds} s")

    def key(self, name, times=1):
        for _ in range(times):
            values = {"key": name, "code": name, "windowsVirtualKeyCode": self.KEYS[name]}
            self.send("Input.dispatchKeyEvent", type="rawKeyDown", **values)
            self.send("Input.dispatchKeyEvent", type="keyUp", **values)

    def text(self, text):
        self.send("Input.insertText", text=text)

    def place(self, selector):
        """Middle of an element in the window, scrolled into view first."""
        return self.evaluate(f"""(() => {{
          const element = document.querySelector({json.dumps(selector)});
          element.scrollIntoView({{block: "center"}});
          const box = element.getBoundingClientRect();
          return {{x: box.x + box.width / 2, y: box.y + box.height / 2, width: box.width,
            height: box.height}};
        }})()""")

    def mouse(self, kind, x, y, pressed=True):
        self.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, clickCount=1,
                  button="left" if pressed else "none", buttons=1 if kind != "mouseReleased" else 0)

    def click(self, selector):
        place = self.place(selector)
        self.mouse("mousePressed", place["x"], place["y"])
        self.mouse("mouseReleased", place["x"], place["y"])

    def window(self, width, height=900):
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=1, mobile=False)

    def media(self, **features):
        self.send("Emulation.setEmulatedMedia", features=[
            {"name": name.replace("_", "-"), "value": value} for name, value in features.items()])

    def screenshot(self, path):
        size = self.send("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        data = self.send(
            "Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))
