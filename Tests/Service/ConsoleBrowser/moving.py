"""Facts about what a hand on the desk does."""

import json
import os
import tempfile
import time

FACTS = []


def fact(name):
    return lambda function: FACTS.append((name, function))


def same(wanted, found, what):
    return [] if wanted == found else [f"{what}: expected {wanted}, got {found}"]


def differ(before, after, what):
    return [f"{what}: still {after}"] if before == after else []


@fact("samples are listed, and the first is ranked")
def samples(desk):
    options = desk.texts("#sample option")
    faults = [] if options else ["no sample in the list"]
    return faults + ([] if len(desk.order()) > 1 else ["no list"])


@fact("another sample gives another list")
def another_sample(desk):
    if len(desk.texts("#sample option")) < 2:
        return ["there is one sample only"]
    before = desk.order()
    desk.page.click("#sample-next")
    desk.settled()
    return differ(before, desk.order(), "the order")


@fact("keys on a fader change order and utilities, and the service gets that w")
def keys(desk):
    order, utilities, old = desk.order(), desk.utilities(), desk.faders()
    name = list(old)[1]
    desk.key_on(1, "Home")
    desk.key_on(1, "ArrowUp", 3)
    faults = same(0.03, desk.faders()[name], f"{name} after Home and three times up")
    desk.key_on(1, "End")
    faults += same(1, desk.faders()[name], f"{name} after End")
    faults += differ(order, desk.order(), "the order")
    faults += differ(utilities, desk.utilities(), "the utilities")
    sent = desk.requests()[-1].get("weights", {})
    shown = {each: round(value, 2) for each, value in sent.items()}
    return faults + same(desk.faders(), shown, "w in the request")


@fact("a drag with the mouse moves a fader and asks for new lists")
def drag(desk):
    box = desk.page.place("#fader-0")
    start = desk.faders()
    name = list(start)[0]
    throw = box["height"] - 18  # The cap's middle cannot leave the slot.
    y = box["y"] + throw / 2 - start[name] * throw
    desk.page.mouse("mousePressed", box["x"], y)
    for step in range(1, 11):
        desk.page.mouse("mouseMoved", box["x"], y + (box["y"] + throw / 2 - y) * step / 10)
    desk.page.mouse("mouseReleased", box["x"], box["y"] + throw / 2)
    desk.settled()
    faults = same(0, desk.faders()[name], name)
    sent = desk.requests()
    faults += same(0, sent[-1].get("weights", {}).get(name), "w in the request")
    return faults + ([] if len(sent) > 1 else ["no request was sent while dragging"])


@fact("one request is in flight at a time, and the last w wins")
def one_at_a_time(desk):
    desk.page.send("Network.emulateNetworkConditions", offline=False, latency=200,
                   downloadThroughput=-1, uploadThroughput=-1)
    desk.page.evaluate("""(() => {
      const fader = document.querySelector("#fader-0");
      let left = 60;
      const move = () => {
        fader.value = left / 60;
        fader.dispatchEvent(new Event("input", {bubbles: true}));
        if (--left > 0) setTimeout(move, left % 3 ? 5 : 45);
      };
      move();
    })()""")
    desk.page.wait("+document.querySelector('#fader-0').value < 0.03", "the end of the movement")
    desk.settled()
    # The last movement falls into a request that is under way.
    for value in (0.5, 0.02):
        desk.page.evaluate(f"""(() => {{ const fader = document.querySelector("#fader-0");
          fader.value = {value}; fader.dispatchEvent(new Event("input", {{bubbles: true}})); }})()""")
        time.sleep(0.08)
    desk.settled()
    desk.page.send("Network.emulateNetworkConditions", offline=False, latency=0,
                   downloadThroughput=-1, uploadThroughput=-1)
    open_now, most = set(), 0
    for each in desk.browser.events:
        params = each["params"]
        if each["method"] == "Network.requestWillBeSent":
            if params["request"]["url"].endswith("/v1/rerank"):
                open_now.add(params["requestId"])
        elif each["method"] in ("Network.loadingFinished", "Network.loadingFailed"):
            open_now.discard(params["requestId"])
        most = max(most, len(open_now))
    sent = list(desk.requests()[-1]["weights"].values())[0]
    return same(1, most, "requests in flight") + same(0.02, round(sent, 2), "the last w")


@fact("solo, mute and all faders down")
def solo(desk):
    old = desk.faders()
    names = list(old)
    desk.page.click("#faders .strip:nth-child(2) .row button:first-child")
    desk.settled()
    faults = same({each: float(each == names[1]) for each in names}, desk.faders(), "solo")
    desk.page.click("#faders .strip:nth-child(2) .row button:last-child")
    desk.page.wait("!document.querySelector('#mix-problem').hidden", "words about no weight")
    desk.settled()
    desk.page.click("#faders .strip:nth-child(2) .row button:last-child")
    desk.settled()
    faults += same(1, desk.faders()[names[1]], "after unmuting")
    return faults + ([] if not desk.visible("#mix-problem") else ["the words stay"])


@fact("a saved preset shows YAML with its w, and outlives the page")
def preset(desk):
    desk.key_on(0, "Home")
    desk.key_on(0, "ArrowUp", 37)
    desk.fill("#preset-name", "my: mix")
    desk.page.click("#preset-form button")
    desk.page.wait("document.querySelector('#yaml').value.includes('my: mix')", "the preset")
    yaml = desk.page.evaluate("document.querySelector('#yaml').value")
    name = list(desk.faders())[0]
    lines = yaml.splitlines()
    faults = same(["serving:", "  steering:", "    presets:"], lines[:3], "head of the YAML")
    if not lines[3].startswith(f'      "my: mix": {{weights: {{{name}: 0.37, '):
        faults.append(f"the line of the preset: {lines[3]}")
    desk.open()
    again = desk.page.evaluate("document.querySelector('#yaml').value")
    faults += same(yaml, again, "YAML after a reload")
    desk.page.click("#own-presets button")
    desk.settled()
    return faults + same(0.37, desk.faders()[name], name)


@fact("own presets can be downloaded")
def download(desk):
    desk.fill("#preset-name", "mine")
    desk.page.click("#preset-form button")
    with tempfile.TemporaryDirectory() as folder:
        desk.browser.send("Browser.setDownloadBehavior", behavior="allow", downloadPath=folder)
        desk.page.click("#yaml-download")
        path = os.path.join(folder, "presets.yaml")
        end = time.monotonic() + 10
        while not os.path.exists(path) and time.monotonic() < end:
            time.sleep(0.05)
        if not os.path.exists(path):
            return ["no file came"]
        with open(path) as file:
            shown = desk.page.evaluate("document.querySelector('#yaml').value")
            return same(shown, file.read(), "the file")


@fact("presets of the service set the faders by its answer")
def served_preset(desk):
    names = desk.texts("#presets button")
    if len(names) < 2:
        return ["the service has no presets"]
    desk.page.click("#presets button:last-child")
    desk.settled()
    faults = same(names[-1], desk.requests()[-1].get("preset"), "preset in the request")
    total = sum(desk.faders().values())
    return faults + ([] if abs(total - 1) < 0.03 else [f"faders add up to {total}"])


@fact("pinned items stay, banned ones leave")
def pins(desk):
    kept, banned = desk.order()[2], desk.order()[4]
    desk.page.click("#list li:nth-child(3) .acts button:first-child")
    desk.settled()
    desk.page.click("#list li:nth-child(5) .acts button:last-child")
    desk.settled()
    for number in range(len(desk.faders())):
        desk.page.click(f"#faders .strip:nth-child({number + 1}) .row button:first-child")
        desk.settled()
        order = desk.order()
        if order[2] != kept or banned in order:
            return [f"after solo {number + 1}: {order}"]
    last = desk.requests()[-1]
    faults = same([{"id": kept, "position": 3}], last.get("pins"), "pins in the request")
    return faults + same([banned], last.get("ban"), "ban in the request")


@fact("size and strategy go into the request")
def strategy(desk):
    desk.fill("#size", "5")
    desk.page.key("Tab")
    desk.page.evaluate("""(() => { const choice = document.querySelector("#strategy");
      choice.value = "sample"; choice.dispatchEvent(new Event("change", {bubbles: true})); })()""")
    desk.settled()
    desk.page.click("#hand-upstream")
    desk.settled()
    last = desk.requests()[-1]
    wanted = {"kind": "sample", "lists": 8, "hand_made": ["upstream"]}
    faults = same(wanted, last.get("strategy"), "strategy") + same(5, last.get("size"), "size")
    problem = desk.texts("#strategy-problem")[0]
    return faults + (same(5, len(desk.order()), "items") if not problem else [problem])


@fact("curves carry a mark at the current w")
def curves(desk):
    desk.page.wait("!!document.querySelector('#curves .mark-line')", "a curve")
    desk.key_on(0, "End")
    answer = json.loads(desk.page.evaluate("document.querySelector('#wire-answer').value"))
    marks = desk.page.evaluate("""[...document.querySelectorAll("#curves figure")].map((each) => [
      each.querySelector("b").textContent, +each.querySelector(".mark-line").dataset.weight,
      +each.querySelector(".mark-line").getAttribute("x1"),
      +each.querySelector(".axis").getAttribute("x1"),
      +each.querySelector(".axis").getAttribute("x2")])""")
    faults = []
    for name, weight, x, left, right in marks:
        wanted = answer["weights"][name]
        if abs(weight - wanted) > 1e-3 or abs(x - (left + (right - left) * wanted)) > 0.5:
            faults.append(f"{name}: w is {wanted}, the mark stands for {weight} at x {x}")
    return faults + ([] if marks else ["no mark"])
