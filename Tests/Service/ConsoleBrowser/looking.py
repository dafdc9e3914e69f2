"""Facts about how the page looks, and whom it serves."""

FACTS = []

# Text against what lies behind it, by the formula of WCAG 2; disabled controls are exempt.
CONTRAST = """(() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
  const read = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => {
    const part = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const behind = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const colour = read(getComputedStyle(each).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255, 255];
  };
  const faults = new Set();
  let seen = 0;
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !element.checkVisibility()
      || element.closest(":disabled, .hidden, .skip, option")) continue;
    const style = getComputedStyle(element);
    const front = read(element.namespaceURI.endsWith("svg") ? style.fill : style.color);
    const [one, other] = [light(front), light(behind(element))].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05);
    seen += 1;
    const text = walk.currentNode.data.trim().slice(0, 30);
    if (ratio < 4.5) faults.add(`${text}: ${ratio.toFixed(2)}`);
  }
  return seen > 50 ? [...faults] : [`only ${seen} texts were seen`];
})()"""


def fact(name):
    return lambda function: FACTS.append((name, function))


def ground(desk):
    return desk.page.evaluate("getComputedStyle(document.body).backgroundColor")


@fact("the page loads without errors and without breaking its content policy")
def clean(desk):
    desk.key_on(0, "End")
    page = desk.page
    faults = [str(each["exceptionDetails"]["text"])
              for each in page.events("Runtime.exceptionThrown")]
    faults += [str(each["args"]) for each in page.events("Runtime.consoleAPICalled")
               if each["type"] in ("error", "assert")]
    for each in page.events("Log.entryAdded"):
        entry = each["entry"]
        # A service without a report answers 404, as it should.
        if entry["level"] == "error" and not entry.get("url", "").endswith("/v1/report"):
            faults.append(f"{entry['text']} {entry.get('url', '')}")
    faults += page.evaluate("window.violations")
    # The control: an inline script is refused, and seen.
    page.evaluate("document.head.append(Object.assign(document.createElement('script'), "
                  "{textContent: 'window.slipped = 1'}))")
    page.wait("window.violations.length > 0", "the refusal of an inline script")
    return faults + (["an inline script ran"] if page.evaluate("window.slipped === 1") else [])


@fact("nothing overflows at 400, 700, 1000 and 1400 pixels")
def widths(desk):
    faults = []
    for width in (400, 700, 1000, 1400):
        desk.page.window(width)
        found = desk.page.evaluate("document.documentElement.scrollWidth")
        if found > width:
            faults.append(f"{found} pixels at {width}")
    return faults


@fact("light and dark differ, by the system and by the button")
def themes(desk):
    grounds = []
    for theme in ("light", "dark"):
        desk.page.media(prefers_color_scheme=theme)
        grounds.append(ground(desk))
    desk.page.click("#theme")
    grounds.append(ground(desk))
    if grounds[0] == grounds[1]:
        return [f"both are {grounds[0]}"]
    faults = [] if grounds[2] == grounds[0] else [f"the button left {grounds[2]}"]
    desk.open()
    return faults + ([] if ground(desk) == grounds[0] else ["the choice is forgotten"])


@fact("text has a contrast of at least 4.5, light and dark")
def contrast(desk):
    desk.page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
    desk.key_on(0, "End")
    faults = []
    for theme in ("light", "dark"):
        desk.page.media(prefers_color_scheme=theme)
        faults += [f"{theme}: {each}" for each in desk.page.evaluate(CONTRAST)]
    desk.page.evaluate("document.querySelector('h1').style.color = '#777'")
    desk.page.evaluate("document.querySelector('.bar').style.background = '#666'")
    seen = desk.page.evaluate(CONTRAST)
    return faults + ([] if any("Fader" in each for each in seen) else ["the control was not seen"])


@fact("the tab key reaches every fader, in order")
def tabs(desk):
    desk.page.evaluate("document.activeElement.blur()")
    reached = []
    for _ in range(60):
        desk.page.key("Tab")
        name = desk.page.evaluate("document.activeElement.id")
        if name.startswith("fader-"):
            reached.append(name)
            outline = desk.page.evaluate(
                "getComputedStyle(document.activeElement).outlineStyle")
            if outline == "none":
                return [f"{name} shows no focus"]
    wanted = [f"fader-{index}" for index in range(len(desk.faders()))]
    return [] if reached == wanted else [f"reached {reached}, expected {wanted}"]


@fact("every control has a name for a screen reader")
def names(desk):
    desk.page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
    nodes = desk.page.send("Accessibility.getFullAXTree")["nodes"]
    roles = {"button", "slider", "spinbutton", "textbox", "combobox", "checkbox", "region"}
    of_role = [each for each in nodes if each.get("role", {}).get("value") in roles
               and not each.get("ignored")]
    nameless = [each for each in of_role if not each.get("name", {}).get("value")]
    faults = [f"{each['role']['value']} without a name" for each in nameless]
    return faults + ([] if len(of_role) > 30 else [f"only {len(of_role)} controls seen"])


@fact("changes are announced, and nothing moves when motion is to be reduced")
def motion(desk):
    running = "document.querySelector('#list').getAnimations({subtree: true}).length"
    desk.key_on(1, "End")
    faults = [] if desk.page.evaluate(running) else ["nothing glided"]
    desk.page.wait("/moved/.test(document.querySelector('#news').textContent)", "an announcement")
    desk.page.media(prefers_reduced_motion="reduce")
    desk.key_on(1, "Home")
    return faults + (["things glide in spite of it"] if desk.page.evaluate(running) else [])
