"""Facts about hostile input and about what is refused."""

import json

FACTS = []

HOSTILE = ['<img src=x onerror="window.hostile = 1">', '"><script>window.hostile = 2</script>',
           "__proto__", "constructor", "javascript:window.hostile=3", "&lt;b&gt;bold&lt;/b&gt;",
           "a" * 200, "\u202egnihtyna", "${1+1}{{2+2}}"]


def fact(name):
    return lambda function: FACTS.append((name, function))


@fact("hostile ids and features do not become markup")
def hostile(desk):
    features = {'<b onclick="window.hostile=4">f</b>': "<i>v</i>", "shop": "<u>s</u>"}
    desk.paste({"user": {"id": HOSTILE[0]}, "size": len(HOSTILE),
                "items": [{"id": each, "features": {**features, "score": index / 10}}
                          for index, each in enumerate(HOSTILE)]})
    problems = [each for each in desk.texts(".problem") if each]
    if problems:
        return problems
    desk.page.click("#list li:nth-child(1) .acts button:first-child")
    desk.settled()
    faults = [] if sorted(desk.order()) == sorted(HOSTILE) else [f"shown: {desk.order()}"]
    grown = desk.page.evaluate("document.querySelectorAll('main img, main script, main b b, "
                               "main u, main a, main [onclick], main [onerror]').length")
    faults += [f"{grown} elements grew from texts"] if grown else []
    if desk.page.evaluate("window.hostile ?? 0"):
        faults.append("a script of the request ran")
    for wanted in (1400, 400):
        desk.page.window(wanted)
        width = desk.page.evaluate("document.documentElement.scrollWidth")
        faults += [f"{width} pixels at {wanted}"] if width > wanted else []
    return faults


@fact("a key is asked for on 401, and sent from then on")
def key(desk):
    problem = {"type": "about:blank", "title": "Unauthorized", "status": 401, "detail": "no key"}
    desk.answer_instead("v1/model", 401, problem)
    desk.open(ready=False)
    desk.page.wait("document.querySelector('#key-form').checkVisibility()", "the field for a key")
    desk.fill("#key", "a-secret")
    desk.replies = {}
    desk.page.send("Fetch.disable")
    desk.page.click("#key-form button.primary")
    desk.page.wait("document.querySelectorAll('#list .id').length > 0", "a list")
    sent = [each["request"]["headers"].get("Authorization")
            for each in desk.page.events("Network.requestWillBeSent")
            if "/v1/" in each["request"]["url"]]
    faults = [] if sent[-1] == "Bearer a-secret" else [f"Authorization: {sent[-1]}"]
    if desk.visible("#key-form"):
        faults.append("the field stays open")
    kept = desk.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    stays = "a-secret" in json.dumps(json.loads(kept)[0])
    return faults + (["the key is in localStorage"] if stays else [])


@fact("a refusal stands in words beside what caused it")
def refusals(desk):
    faults = []
    for pointer, place in (("/weights/click", "mix-problem"), ("/pins/0", "constraint-problem"),
                           ("/strategy/lists", "strategy-problem"), ("/preset", "preset-problem"),
                           ("/items/3/id", "request-problem"), (None, "list-problem")):
        problem = {"title": "Refused", "status": 422, "detail": "words <b>of</b> the service",
                   "request_id": "r-17", **({"pointer": pointer} if pointer else {})}
        desk.answer_instead("v1/rerank", 422, problem)
        desk.key_on(0, "ArrowUp")
        shown = {each: text for each, text in desk.page.evaluate(
            "[...document.querySelectorAll('.problem')].filter((each) => each.checkVisibility())"
            ".map((each) => [each.id, each.textContent])")}
        if list(shown) != [place] or "words <b>of</b> the service" not in shown[place]:
            faults.append(f"{pointer}: {shown}")
    desk.page.send("Fetch.disable")
    desk.replies = {}
    desk.key_on(0, "ArrowUp")
    return faults + (["the words stay"] if any(desk.texts(".problem")) else [])


@fact("a fallback is marked, and shows no predictions of before")
def fallback(desk):
    ids = desk.order()[::-1]
    desk.answer_instead("v1/rerank", 200, {
        "items": [{"id": each, "index": 0, "position": place + 1}
                  for place, each in enumerate(ids)],
        "weights": {}, "utilities": {}, "model": "", "version": "", "request_id": "r", "took_ms": 1,
        "steering": {"rule": "default"}, "source": "fallback", "pool": {"lists": 0, "judged": 0},
        "fallback": {"reason": "deadline"}, "broken_rules": ["shop: 3 of s1 in 5"]})
    desk.key_on(0, "End")
    words = desk.texts("#fallback")[0]
    faults = [] if "deadline" in words and "shop: 3 of s1" in words else [f"words: {words!r}"]
    faults += [] if desk.order() == ids else ["the order is not that of the answer"]
    left = [each for each in desk.utilities() if each != "–"]
    return faults + ([f"utilities: {left}"] if left else [])


@fact("a broken paste is explained, and changes nothing")
def broken_paste(desk):
    before = desk.order()
    desk.fill("#paste", '{"items": [}')
    desk.page.click("#paste-use")
    words = desk.texts("#request-problem")[0]
    faults = [] if "JSON" in words else [f"words: {words!r}"]
    return faults + ([] if desk.order() == before else ["the list changed"])


@fact("a model that is loaded later is taken up")
def late_model(desk):
    problem = {"title": "No model is loaded", "status": 503, "detail": "load one"}
    desk.answer_instead("v1/model", 503, problem)
    desk.open(ready=False)
    desk.page.wait("/No model/.test(document.querySelector('#list-problem').textContent)", "words")
    desk.replies = {}
    desk.page.send("Fetch.disable")
    desk.page.wait("document.querySelectorAll('#list .id').length > 0", "a list")
    return [each for each in desk.texts(".problem") if each]
