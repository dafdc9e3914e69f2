"""The console as a person meets it: what it shows, and what it sent."""

import base64
import json

from devtools import Page

WATCH = """
  window.violations = [];
  document.addEventListener("securitypolicyviolation", (event) =>
    window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
"""


class Desk:
    def __init__(self, browser, url):
        self.browser, self.url = browser, url.rstrip("/")
        self.page = Page(browser)
        self.page.send("Page.addScriptToEvaluateOnNewDocument", source=WATCH)
        self.replies = {}
        browser.listeners.append(self._intercept)

    # Opening

    def fresh(self):
        """As on a first visit: nothing stored, nothing made up, 1400 pixels wide."""
        if self.replies:
            self.replies = {}
            self.page.send("Fetch.disable")
        self.page.window(1400)
        self.page.media()
        if self.page.evaluate("location.protocol") != "about:":
            self.page.evaluate("localStorage.clear(), sessionStorage.clear()")
        self.open()

    def open(self, ready=True):
        with self.browser.news:
            self.browser.events.clear()
        self.page.send("Page.navigate", url=self.url + "/console")
        self.page.wait("document.readyState === 'complete'", "the page")
        if ready:
            self.page.wait("document.querySelectorAll('#list .id').length > 0", "a list")
            self.settled()

    def settled(self):
        self.page.wait("document.querySelector('#list').getAttribute('aria-busy') === 'false'",
                       "the end of a request")

    def answer_instead(self, path, status, value):
        """From now on the browser gets this for a path, and the service does not hear of it."""
        self.replies[path] = (status, value)
        self.page.send("Fetch.enable", patterns=[
            {"urlPattern": f"*/{path}"} for path in self.replies])

    def _intercept(self, message):
        if message["method"] != "Fetch.requestPaused":
            return
        request = message["params"]
        path = request["request"]["url"].removeprefix(self.url + "/")
        status, value = self.replies.get(path, (404, {}))
        kind = "application/json" if status < 400 else "application/problem+json"
        body = base64.b64encode(json.dumps(value).encode()).decode()
        # Posted, not sent: this runs on the thread that reads the answers.
        self.browser.post(
            "Fetch.fulfillRequest", self.page.session, requestId=request["requestId"],
            responseCode=status, body=body,
            responseHeaders=[{"name": "Content-Type", "value": kind}])

    # What is shown

    def texts(self, selector):
        return self.page.evaluate(
            f"[...document.querySelectorAll({json.dumps(selector)})].map((e) => e.textContent)")

    def order(self):
        return self.texts("#list .id")

    def utilities(self):
        return self.texts("#utility-rows td:nth-child(2)")

    def faders(self):
        """Values by objective."""
        names = self.texts("#faders .strip label")
        values = self.page.evaluate(
            "[...document.querySelectorAll('#faders input[type=range]')].map((e) => +e.value)")
        return dict(zip(names, values))

    def visible(self, selector):
        return self.page.evaluate(
            f"document.querySelector({json.dumps(selector)})?.checkVisibility() ?? false")

    # What is done

    def key_on(self, fader, key, times=1):
        self.page.evaluate(f"document.querySelector('#fader-{fader}').focus()")
        self.page.key(key, times)
        self.settled()

    def fill(self, selector, text):
        self.page.evaluate(f"""(() => {{
          const field = document.querySelector({json.dumps(selector)});
          for (let up = field.closest("details"); up; up = up.parentElement.closest("details")) {{
            up.open = true;
          }}
          field.focus(); field.select(); }})()""")
        self.page.text(text)

    def paste(self, request):
        self.fill("#paste", json.dumps(request))
        self.page.click("#paste-use")
        self.settled()

    # What was sent

    def requests(self):
        """Bodies of `/v1/rerank` since the page was opened; the logged list's is left out."""
        bodies = [json.loads(each["request"].get("postData", "{}"))
                  for each in self.page.events("Network.requestWillBeSent")
                  if each["request"]["url"].endswith("/v1/rerank")]
        return [body for body in bodies if len(body.get("pins", [])) < len(self.order())]
