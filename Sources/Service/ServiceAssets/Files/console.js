// The console of a Fader service: one request, its weights, and what they do to the list.
//
// Everything that comes from outside (ids, features, names, details of problems) enters the page
// through text nodes and attributes, never as markup. Sections: page, words, service, state,
// requests, mix, lists, utilities, presets, constraints, curves, live figures, start.

// ---- Page ------------------------------------------------------------------------------------

const $ = (id) => document.getElementById(id);
const svgSpace = "http://www.w3.org/2000/svg";
const still = matchMedia("(prefers-reduced-motion: reduce)");

/** An element; `children` that are texts become text nodes. */
function make(tag, attributes = {}, ...children) {
  const element = attributes.svg
    ? document.createElementNS(svgSpace, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "svg" || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

const draw = (tag, attributes, ...children) => make(tag, { ...attributes, svg: true }, ...children);

/** Text of unknown direction and content, kept from its neighbours. */
const named = (text) => make("bdi", {}, text);

/** Sets a text only when it changed, so that nothing is laid out or announced twice. */
function tell(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function show(element, text) {
  element.hidden = !text;
  tell(element, text ?? "");
}

// ---- Words -----------------------------------------------------------------------------------

const number = (value, digits) =>
  value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** Three telling digits: 0.123, 1.23, 12.3, 123. */
function figure(value) {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  return number(value, size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
}

const percent = (share) => (Number.isFinite(share)
  ? `${number(100 * share, share > 0 && share < 0.00995 ? 1 : 0)} %` : "–");

function change(value) {
  if (!Number.isFinite(value)) return { text: "–", tone: "flat" };
  if (Math.abs(value) < 5e-4) return { text: "0", tone: "flat" };
  return value > 0
    ? { text: `+${figure(value)}`, tone: "up" } : { text: `−${figure(-value)}`, tone: "down" };
}

const count = (n, one, many = one + "s") => `${number(n, 0)} ${n === 1 ? one : many}`;

const fallbackWords = {
  deadline: "the deadline passed before a list was ready",
  rule: "no list could keep the service's rules",
  no_model: "no model is loaded",
  failure: "the model failed",
};
const sourceWords = {
  greedy: "greedy list", sample: "best of drawn lists", beam: "best of a beam search",
  upstream: "hand-made: upstream order", diversified: "hand-made: diversified",
  fallback: "fallback",
};

// ---- Service ---------------------------------------------------------------------------------

const stored = {
  presets: "fader.console.presets", theme: "fader.console.theme", key: "fader.console.key",
};

/** Storage may be refused (private windows, policies): the console then forgets. */
function recall(storage, name) {
  try { return window[storage].getItem(name); } catch { return null; }
}
function remember(storage, name, value) {
  try {
    if (value === null) window[storage].removeItem(name);
    else window[storage].setItem(name, value);
    return true;
  } catch { return false; }
}

/** What the service refused, or why there was no answer. */
class Refusal extends Error {
  constructor(status, problem, retryAfter) {
    super(problem.detail || problem.title);
    this.status = status;
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  /** Title, details with the places they belong to, and the id to look for in the log. */
  get words() {
    const { title, detail, errors, byte_offset: offset, request_id: id } = this.problem;
    const lines = [[title, detail].filter(Boolean).join(": ")];
    if (Array.isArray(errors) && errors.length > 1) {
      for (const fault of errors) lines.push(`${fault.pointer || "/"}: ${fault.detail}`);
    } else if (this.problem.pointer) lines[0] += ` (${this.problem.pointer})`;
    if (offset !== undefined) lines[0] += ` (at byte ${offset})`;
    if (this.status) lines.push([`Status ${this.status}`, id && `request ${id}`]
      .filter(Boolean).join(", "));
    return lines.join("\n");
  }
}

async function call(path, body) {
  const headers = { Accept: "application/json, application/problem+json" };
  const key = recall("sessionStorage", stored.key);
  if (key) headers.Authorization = `Bearer ${key}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let response;
  let text;
  try {
    response = await fetch(path, {
      method: body === undefined ? "GET" : "POST", headers, body, cache: "no-store",
      signal: AbortSignal.timeout(15000),
    });
    text = await response.text();
  } catch (error) {
    const late = error.name === "TimeoutError";
    throw new Refusal(0, {
      title: "No answer from the service",
      detail: late ? "nothing came within 15 seconds" : "it is not running or cannot be reached",
    });
  }
  let value;
  try { value = JSON.parse(text); } catch { value = undefined; }
  if (response.ok && value !== undefined) return value;
  const problem = value && typeof value === "object" ? value : {};
  problem.title ||= response.ok ? "The answer is not JSON" : response.statusText || "Refused";
  const refusal = new Refusal(
    response.status, problem, Number(response.headers.get("Retry-After")) || undefined);
  if (response.status === 401) askForKey(refusal, Boolean(key));
  throw refusal;
}

function askForKey(refusal, wrong) {
  tell($("key-why"), wrong
    ? `The service does not take this key. ${refusal.problem.detail ?? ""}`
    : "This service asks for a key.");
  openKey(true);
}

function openKey(open) {
  const form = $("key-form");
  if (form.hidden === !open) return;
  form.hidden = !open;
  $("key-open").setAttribute("aria-expanded", String(open));
  if (open) $("key").focus();
}

// ---- State -----------------------------------------------------------------------------------

const state = {
  model: undefined,
  samples: [],
  history: [],
  /** The request in hand: {name, request, logged, feedback}. */
  sample: undefined,
  /** id -> {features, index} of the request's items. */
  items: new Map(),
  telling: [],
  /** Who chooses w: {kind: "service" | "preset" | "own" | "faders", name}. */
  chooser: { kind: "service" },
  weights: new Map(),
  /** Weights before a solo or mute: objective -> weights of all. */
  solo: undefined,
  muted: new Map(),
  pins: new Map(),
  required: new Set(),
  bans: new Set(),
  /** What the request asks of channels: name -> {gap, first, minimum, maximum, price}. */
  channels: new Map(),
  own: new Map(),
  steering: undefined,
  report: undefined,
  answer: undefined,
  sent: undefined,
  /** The answer on screen when the present change began. */
  before: undefined,
  /** Predicted utilities of the logged list. */
  loggedUtilities: undefined,
  trace: [],
};

const objectives = () => state.model?.objectives ?? [];
const hue = (index) => `hue-${index % 8}`;

// ---- Requests --------------------------------------------------------------------------------

/** A pasted body, sample or line of a session file as a sample; throws words. */
function readSample(text) {
  let value;
  try { value = JSON.parse(text); } catch (error) { throw new Error(`This is not JSON: ${error.message}`); }
  if (!value || typeof value !== "object") throw new Error("A request is a JSON object.");
  if (Array.isArray(value.candidates)) {
    const { user, context, candidates, shown, feedback, history } = value;
    const logged = Array.isArray(shown) ? shown.map((index) => candidates[index]?.id) : [];
    const request = { user, context, history, items: candidates, size: logged.length || undefined };
    return { name: "Pasted session", request, logged, feedback: feedback ?? {} };
  }
  if (value.request && typeof value.request === "object") {
    return { name: "Pasted sample", logged: [], feedback: {}, ...value };
  }
  if (!Array.isArray(value.items)) {
    throw new Error('A request needs "items": [{"id": ..., "features": {...}}, ...].');
  }
  for (const name of ["pins", "require", "ban"]) {
    if (value[name] !== undefined && !Array.isArray(value[name])) {
      throw new Error(`"${name}" must be a list.`);
    }
  }
  return { name: "Pasted request", request: value, logged: [], feedback: {} };
}

function takeSample(sample) {
  const { request } = sample;
  state.sample = sample;
  state.items = new Map((request.items ?? []).map((item, index) =>
    [String(item?.id), { features: item?.features ?? {}, index }]));
  state.pins = new Map((request.pins ?? []).map((pin) => [String(pin?.id), pin?.position]));
  state.required = new Set((request.require ?? []).map(String));
  state.bans = new Set((request.ban ?? []).map(String));
  state.history = [...(request.history ?? [])];
  state.answer = state.before = state.loggedUtilities = undefined;
  state.trace = [];
  curveRanges.clear();
  if (request.weights) {
    choose({ kind: "faders" });
    for (const { name } of objectives()) state.weights.set(name, Number(request.weights[name]) || 0);
  } else if (request.preset) choose({ kind: "preset", name: request.preset });
  if (request.strategy) showStrategy(request.strategy);
  $("size").value = request.size ?? (sample.logged?.length || Math.min(10, state.items.size || 10));
  $("size").max = Math.max(1, state.items.size);
  if (request.deadline_ms) $("deadline").value = request.deadline_ms;
  state.telling = tellingFeatures();
  showSample();
  showFaders();
  rank();
  ranking.touched = -Infinity;  // The first change compares with this request's first list.
}

const visit = Date.now().toString(36);
let requestsMade = 0;

/** Ids that tell the console's requests from others in a log. */
const requestName = () => `console-${visit}-${requestsMade += 1}`;

/** The body of `POST /v1/rerank`: the sample with what the desk says. */
function body() {
  const { weights, preset, size, pins, require, ban, strategy, deadline_ms, request_id, history, ...rest } =
    state.sample.request;
  const made = { request_id: requestName(), preview: true, ...rest };
  const { chooser } = state;
  if (chooser.kind === "preset") made.preset = chooser.name;
  else if (chooser.kind !== "service") made.weights = Object.fromEntries(state.weights);
  if ($("size").value) made.size = Number($("size").value);
  if (state.pins.size) made.pins = [...state.pins].map(([id, position]) => ({ id, position }));
  if (state.required.size) made.require = [...state.required];
  if (state.bans.size) made.ban = [...state.bans];
  if (state.channels.size) made.channels = { ...made.channels, ...Object.fromEntries(state.channels) };
  if (state.history.length) made.history = state.history;
  const chosen = strategyInHand();
  if (chosen) made.strategy = chosen;
  if ($("deadline").value) made.deadline_ms = Number($("deadline").value);
  return made;
}

const ranking = { timer: undefined, running: false, again: false, touched: 0 };
const settle = 30;  // ms a change waits for the next one
const pause = 900;  // ms of rest after which a change is compared with what stands there

/** Asks for a list soon. One request runs at a time; of the changes meanwhile only the last counts. */
function rank() {
  const now = performance.now();
  if (now - ranking.touched > pause) state.before = state.answer;
  ranking.touched = now;
  clearTimeout(ranking.timer);
  ranking.timer = setTimeout(run, settle);
  $("list").setAttribute("aria-busy", "true");
}

async function run() {
  ranking.timer = undefined;
  if (ranking.running) { ranking.again = true; return; }
  if (!state.sample || !state.model || !mixStands()) {
    $("list").setAttribute("aria-busy", "false");
    return;
  }
  ranking.running = true;
  ranking.again = false;
  const { sample } = state;
  const sent = body();
  try {
    const answer = await call("v1/rerank", JSON.stringify(sent));
    clearRankProblems();
    if (state.sample === sample) await takeAnswer(answer, sent);
  } catch (error) {
    if (state.sample === sample) showRankProblem(error);
  }
  ranking.running = false;
  if (ranking.again) run();
  else if (ranking.timer === undefined) $("list").setAttribute("aria-busy", "false");
}

async function takeAnswer(answer, sent) {
  state.sent = sent;
  const first = !state.answer;
  state.answer = answer;
  for (const { name } of objectives()) {
    const value = answer.weights?.[name];
    if (followsService() && value !== undefined) state.weights.set(name, value);
    if (answer.utilities?.[name] !== undefined) {
      state.trace.push({ name, weight: value ?? 0, utility: answer.utilities[name] });
    }
  }
  state.trace = state.trace.slice(-60 * objectives().length);
  showAnswer();
  if (first) await askForLogged();
}

/** What the model says of the logged list: all its items pinned to where they stood. */
async function askForLogged() {
  const { sample } = state;
  const logged = (sample.logged ?? []).filter((id) => state.items.has(id));
  if (!logged.length || new Set(logged).size !== sample.logged.length) return;
  const { user, context, items, history } = sample.request;
  const pins = logged.map((id, index) => ({ id, position: index + 1 }));
  const weights = Object.fromEntries(objectives().map(({ name }) => [name, 1]));
  try {
    const answer = await call("v1/rerank", JSON.stringify({
      request_id: requestName(), preview: true, user, context, items, history, pins,
      weights, size: logged.length, strategy: "greedy",
    }));
    const same = answer.items?.every((item, index) => item.id === logged[index]);
    if (state.sample !== sample || !same || answer.fallback) return;
    state.loggedUtilities = answer.utilities;
    showUtilities();
  } catch { /* The column stays empty: the list itself is what was asked for. */ }
}

/** Where a refusal belongs, by its pointer. */
const problemPlaces = [
  ["/weights", "mix-problem"], ["/preset", "preset-problem"], ["/strategy", "strategy-problem"],
  ["/deadline_ms", "strategy-problem"], ["/size", "strategy-problem"],
  ["/pins", "constraint-problem"], ["/ban", "constraint-problem"],
  ["/require", "constraint-problem"], ["/channels", "channel-problem"], ["/items", "request-problem"], ["/user", "request-problem"],
  ["/context", "request-problem"],
];

function clearRankProblems() {
  for (const id of [...new Set(problemPlaces.map(([, id]) => id)), "list-problem"]) show($(id));
}

function showRankProblem(error) {
  clearRankProblems();
  const pointer = error.problem?.pointer ?? "";
  const place = problemPlaces.find(([start]) => pointer.startsWith(start))?.[1] ?? "list-problem";
  let words = error.words ?? String(error);
  const wait = error.retryAfter;
  if ((error.status === 429 || error.status === 503) && wait) {
    words += `\nTrying again in ${count(wait, "second")}.`;
    clearTimeout(ranking.timer);
    ranking.timer = setTimeout(run, 1000 * Math.min(wait, 60));
  }
  show($(place), words);
}

function showSample() {
  const { request, name } = state.sample;
  const { size } = state.items;
  tell($("request-count"), `${count(size, "candidate")}, ${
    state.sample.logged?.length ? `${state.sample.logged.length} logged` : "nothing logged"}`);
  const facts = [];
  const user = request.user;
  facts.push(make("span", {}, "user ", make("b", {}, named(user?.id ?? "anonymous"))));
  for (const features of [user?.features, request.context]) {
    for (const [name, value] of Object.entries(features ?? {})) {
      if (isInner(name)) continue;
      facts.push(make("span", {}, named(name), " ", make("b", {}, named(valueWords(value)))));
    }
  }
  $("request-facts").replaceChildren(...facts.slice(0, 12));
  const select = $("sample");
  let option = [...select.options].find((each) => each.value === "pasted");
  const place = state.samples.indexOf(state.sample);
  if (place < 0 && !option) {
    option = make("option", { value: "pasted" });
    select.append(option);
  }
  if (place < 0) tell(option, name);
  select.value = place < 0 ? "pasted" : String(place);
  buildLists();
  showHistory();
}

// ---- History ---------------------------------------------------------------------------------

/** Sequences of behaviours that the model reads; none for a model without. */
const sequences = () => state.model?.schema?.history ?? [];

/** What a click on an item is called; nothing where the model reads no interactions. */
const clickType = () => sequences().flatMap(({ types }) => types).find((type) => type !== "exposure");

function showHistory() {
  const { history } = state;
  $("history-box").hidden = sequences().length === 0;
  tell($("history-title"), `History: ${count(history.length, "behaviour")}`);
  $("history").replaceChildren(...history.map((behaviour, index) => {
    const { type, item, action } = behaviour;
    const done = Object.entries(action ?? {}).map(([name, value]) =>
      make("span", { class: "mark" }, named(feedbackWords(name, value))));
    return make("li", {}, make("span", { class: "place" }, named(String(type))),
      behaviourName(item, done), make("span", { class: "acts" }, make("button", {
        type: "button", "aria-label": `Forget ${type} ${item?.id}`,
        onclick: () => { state.history.splice(index, 1); changedHistory(); },
      }, "forget")));
  }).reverse());
}

/** An item that need not be a candidate of the request. */
function behaviourName(item, beside) {
  const id = String(item?.id);
  const features = item?.features ?? {};
  const word = make("bdi", { class: "id", title: id }, titleOf(id, features) ?? id);
  return make("span", {}, make("span", { class: "name" }, word, ...beside), chipsOf(features, 3));
}

/** Adds a click on a candidate, a second after the newest behaviour. */
function clickOn(id) {
  const item = state.sample.request.items[state.items.get(id).index];
  const newest = Math.max(0, ...state.history.map(({ time }) => Number(time) || 0));
  state.history.push({ type: clickType(), time: newest ? newest + 1 : Math.round(Date.now() / 1000), item });
  changedHistory();
}

function changedHistory() {
  showHistory();
  rank();
}

function showSamples() {
  const select = $("sample");
  select.replaceChildren(...state.samples.map((sample, index) =>
    make("option", { value: String(index) }, sampleName(sample, index))));
  const none = state.samples.length === 0;
  if (none) select.append(make("option", { value: "" }, "no samples: paste a request"));
  select.disabled = none;
  $("sample-previous").disabled = $("sample-next").disabled = state.samples.length < 2;
  if (none) $("paste-box").open = true;
}

/** Its name, or what tells it from the others: its request and the texts of its context. */
function sampleName({ name, request }, index) {
  const context = Object.values(request?.context ?? {}).filter((value) => typeof value === "string");
  const parts = [request?.request_id, request?.user?.id, ...context].filter(Boolean);
  return name ?? (parts.length ? parts.slice(0, 4).join(", ") : `Sample ${index + 1}`);
}

function stepSample(by) {
  const { samples } = state;
  const place = samples.indexOf(state.sample);
  takeSample(samples[(place + by + samples.length) % samples.length]);
}

// ---- Mix -------------------------------------------------------------------------------------

const strips = new Map();
const followsService = () => state.chooser.kind === "service" || state.chooser.kind === "preset";

function buildFaders() {
  strips.clear();
  $("faders").replaceChildren(...objectives().map((objective, index) => {
    const { name } = objective;
    const id = `fader-${index}`;
    const title = `${objective.definition ?? ""}, scale ${figure(objective.scale)}`;
    const move = (event) => moveFader(name, Number(event.target.value));
    const strip = {
      root: make("div", { class: `strip ${hue(index)}`, title }),
      share: make("output", { class: "share", for: id }),
      range: make("input", {
        id, type: "range", min: 0, max: 1, step: 0.01, "aria-orientation": "vertical",
        oninput: move,
      }),
      field: make("input", {
        type: "number", min: 0, max: 1, step: 0.01, "aria-label": `Weight of ${name}`,
        onchange: move,
      }),
      solo: make("button", {
        type: "button", "aria-pressed": "false", "aria-label": `Solo ${name}`,
        title: "Solo: all weight on this one", onclick: () => toggleSolo(name),
      }, "S"),
      mute: make("button", {
        type: "button", "aria-pressed": "false", "aria-label": `Mute ${name}`,
        title: "Mute: no weight on this one", onclick: () => toggleMute(name),
      }, "M"),
      held: make("span", { class: "held" }),
      supply: make("span", { class: "supply" }),
    };
    const scale = make("span", { class: "scale", "aria-hidden": "true" },
      ...Array.from({ length: 5 }, () => make("i")));
    strip.root.append(
      make("label", { for: id }, named(name)), strip.share,
      make("span", { class: "throw" }, scale, strip.range), strip.field,
      make("span", { class: "row" }, strip.solo, strip.mute), strip.held, strip.supply);
    strips.set(name, strip);
    return strip.root;
  }));
  for (const { name } of objectives()) if (!state.weights.has(name)) state.weights.set(name, 0);
}

function choose(chooser) {
  state.chooser = chooser;
  state.solo = undefined;
  state.muted.clear();
  showChooser();
}

function moveFader(name, value) {
  if (!Number.isFinite(value)) return;
  choose({ kind: "faders" });
  state.weights.set(name, Math.min(1, Math.max(0, value)));
  showFaders();
  rank();
}

function toggleSolo(name) {
  const { solo } = state;
  const kept = solo?.weights ?? new Map(state.weights);
  const back = solo?.name === name;
  choose({ kind: "faders" });
  for (const each of state.weights.keys()) {
    state.weights.set(each, back ? kept.get(each) : each === name ? 1 : 0);
  }
  state.solo = back ? undefined : { name, weights: kept };
  showFaders();
  rank();
}

function toggleMute(name) {
  const muted = new Map(state.muted);
  choose({ kind: "faders" });
  if (muted.has(name)) {
    state.weights.set(name, muted.get(name));
    muted.delete(name);
  } else {
    muted.set(name, state.weights.get(name));
    state.weights.set(name, 0);
  }
  state.muted = muted;
  showFaders();
  rank();
}

/** Some weight must be above 0: only proportions count. */
function mixStands() {
  const down = !followsService() && [...state.weights.values()].every((weight) => weight === 0);
  show($("mix-problem"), down ? "All faders are down. Raise one: only their proportions count." : "");
  return !down;
}

function showFaders() {
  const total = [...state.weights.values()].reduce((sum, weight) => sum + weight, 0);
  const held = new Set(state.answer?.steering?.controlled ?? []);
  const trained = new Map(objectives().map((each) => [each.name, each.trained_weights]));
  for (const [name, strip] of strips) {
    const weight = state.weights.get(name) ?? 0;
    const text = weight.toFixed(2);
    const share = percent(total > 0 ? weight / total : 0);
    if (Number(strip.range.value) !== Number(text)) strip.range.value = text;
    strip.range.style.setProperty("--filled", `${100 * weight}%`);
    strip.range.setAttribute("aria-valuetext", `${text}, ${share} of the mix`);
    if (document.activeElement !== strip.field || Number(strip.field.value) !== weight) {
      strip.field.value = text;
    }
    tell(strip.share, share);
    strip.solo.setAttribute("aria-pressed", String(state.solo?.name === name));
    strip.mute.setAttribute("aria-pressed", String(state.muted.has(name)));
    const { minimum = 0, maximum = 1 } = trained.get(name) ?? {};
    const beyond = total > 0 && (weight / total < minimum - 1e-3 || weight / total > maximum + 1e-3);
    tell(strip.held, held.has(name) ? "controlled" : beyond ? "untrained" : "");
    showSupply(name, strip);
    strip.held.title = beyond ? `Training drew weights from ${minimum} to ${maximum}` : "";
  }
}

/** What the candidates offer an objective that follows from one feature: where they offer nothing to
 *  choose from, its fader cannot move the list, and that is said. */
function showSupply(name, strip) {
  const definition = objectives().find((each) => each.name === name)?.definition ?? "";
  const [, rule, feature] = /^(\w+)\(([^,)]+)/.exec(definition) ?? [];
  const all = state.items.size;
  if (!rule || rule === "predicted" || !all) {
    tell(strip.supply, "");
    return;
  }
  const values = [...state.items.values()].map(({ features }) => features[feature]);
  let text;
  let stuck;
  if (rule === "share" || rule === "quota") {
    const flagged = values.filter((value) => value === true || Number(value) > 0).length;
    text = `${number(flagged, 0)} of ${number(all, 0)} have it`;
    stuck = flagged === 0 || flagged === all;
    strip.supply.title = `${count(flagged, "candidate has", "candidates have")} ${feature}`;
  } else {
    const different = new Set(values.map((value) => JSON.stringify(value ?? null))).size;
    text = `${number(different, 0)} different`;
    stuck = different < 2;
    strip.supply.title = `${count(different, "value")} of ${feature} among the candidates`;
  }
  if (stuck) strip.supply.title += ": this fader cannot change the list";
  tell(strip.supply, stuck ? `${text}, no effect` : text);
  strip.supply.classList.toggle("stuck", stuck);
}

// ---- Lists -----------------------------------------------------------------------------------

/** Parts of embeddings and the like (`c0`, `t12`) tell a reader nothing. */
const isInner = (name) => /^[a-z]{1,3}_?\d+$/i.test(name);

/** Names of item features by how telling they are: those of the objectives, groups, then numbers. */
function tellingFeatures() {
  const own = objectives().flatMap(({ definition }) =>
    [...String(definition ?? "").matchAll(/^(?!predicted)\w+\(([^,)]+)/g)].map((match) => match[1]));
  const values = new Map();
  for (const { features } of state.items.values()) {
    for (const [name, value] of Object.entries(features)) {
      if (isInner(name) || titleNames.includes(name)) continue;
      if (!values.has(name)) values.set(name, { seen: new Set(), text: 0 });
      values.get(name).seen.add(JSON.stringify(value));
      if (typeof value !== "number") values.get(name).text += 1;
    }
  }
  const rest = [...values].filter(([name, { seen }]) => !own.includes(name) && seen.size > 1)
    .sort((one, other) => (other[1].text > 0) - (one[1].text > 0)
      || (other[0] === "score") - (one[0] === "score"))
    .map(([name]) => name);
  return [...new Set([...own, ...rest])].slice(0, Math.max(6, own.length + 2));
}

function valueWords(value) {
  if (typeof value === "number") return String(Math.round(value * 100) / 100);
  if (Array.isArray(value)) return value.join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

const chips = (id, most) => chipsOf(state.items.get(id)?.features ?? {}, most);

function chipsOf(features, most = Infinity) {
  const made = [];
  for (const name of state.telling.slice(0, most)) {
    const value = features[name];
    if (value === undefined || value === null || value === false) continue;
    const told = value === true
      ? make("b", {}, named(name)) : make("span", {}, named(name), " ",
        make("span", { class: "told" }, named(valueWords(value))));
    made.push(told);
  }
  return make("span", { class: "chips" }, ...made);
}

/** Features that hold what people call an item, the most usual first. */
const titleNames = ["title", "name", "headline", "item_title", "item_name"];

/** What people call an item; undefined where its features do not say. */
function titleOf(id, features = state.items.get(id)?.features ?? {}) {
  const found = titleNames.map((name) => features[name])
    .find((value) => typeof value === "string" && value.trim());
  return found?.trim();
}

function itemName(id, beside, most) {
  const title = titleOf(id);
  const words = title
    ? [make("bdi", { class: "id", title }, title), make("bdi", { class: "was", title: id }, id)]
    : [make("bdi", { class: "id", title: id }, id)];
  return make("span", {}, make("span", { class: "name" }, ...words, ...beside), chips(id, most));
}

const rows = new Map();
const loggedRows = new Map();

/** Lights up an item in both lists. */
function pair(element, id) {
  const mark = (on) => () => {
    rows.get(id)?.root.classList.toggle("marked", on);
    loggedRows.get(id)?.root.classList.toggle("marked", on);
  };
  element.addEventListener("mouseenter", mark(true));
  element.addEventListener("mouseleave", mark(false));
}

function buildLists() {
  rows.clear();
  loggedRows.clear();
  $("list").replaceChildren();
  const { logged = [], feedback = {} } = state.sample;
  $("logged").replaceChildren(...logged.map((id, index) => {
    const now = make("span", { class: "was" });
    const marks = Object.entries(feedback)
      .filter(([, values]) => Array.isArray(values) && values[index])
      .map(([kind, values]) => make("span", { class: "mark" }, named(feedbackWords(kind, values[index]))));
    const root = make("li", {}, make("span", { class: "place" }, String(index + 1)),
      itemName(id, marks, 3), now);
    loggedRows.set(id, { root, now });
    pair(root, id);
    return root;
  }));
  $("logged-side").hidden = logged.length === 0;
  const marks = Object.entries(feedback).filter(([, values]) => Array.isArray(values))
    .map(([kind, values]) => [kind, values.filter(Boolean).length]).filter(([, hits]) => hits > 0);
  tell($("logged-summary"), marks.map(([kind, hits]) => `${kind} on ${hits}`).join(", "));
  $("bench").replaceChildren();
}

const feedbackWords = (kind, value) =>
  value === 1 || value === true ? pastTense(kind) : `${kind} ${valueWords(value)}`;
const pastTense = (kind) => ({ click: "clicked", like: "liked", save: "saved", buy: "bought" })[kind] ?? kind;

function row(id) {
  if (rows.has(id)) return rows.get(id);
  const made = {
    channel: make("b", { class: "channel", hidden: true }),
    place: make("span", { class: "place" }), move: make("span", { class: "move" }),
    was: make("span", { class: "was" }),
    pin: make("button", { type: "button", onclick: () => togglePin(id) }, "pin"),
    ban: make("button", {
      type: "button", "aria-label": `Ban ${id}`, title: "Leave this item out",
      onclick: () => toggleBan(id),
    }, "ban"),
    click: clickType() && make("button", {
      type: "button", "aria-label": `Click ${id}`, title: "As if the user had clicked it just now",
      onclick: () => clickOn(id),
    }, "click"),
  };
  made.root = make("li", {}, made.place, made.move, itemName(id, [made.channel, made.was]),
    make("span", { class: "acts" }, ...[made.click, made.pin, made.ban].filter(Boolean)));
  pair(made.root, id);
  rows.set(id, made);
  return made;
}

// Channels of a mixed feed: what a list may hold of each, and what it holds.

const channelNames = () => (state.model?.channels ?? []).map(({ name }) => name);
const channelFields = [
  ["gap", "1 in", 1, "At most one insert of the channel in so many successive places"],
  ["first", "from", 1, "First place that an insert may stand in"],
  ["minimum", "least", 0, "Fewest inserts of the channel"],
  ["maximum", "most", 0, "Most inserts of the channel"],
  ["price", "price", undefined, "What an insert costs for each view, in units of the reward"],
];

/** One line per channel, with what the model is configured for as the placeholders. */
function buildChannels() {
  const box = $("channels");
  const channels = state.model?.channels ?? [];
  box.hidden = channels.length === 0;
  $("channel-problem").hidden = true;
  box.replaceChildren(make("p", { class: "muted" }, "Channels of the mixed feed"),
    ...channels.map((channel, index) => make("div", { class: "channel-row" },
    make("b", { class: `channel ${hue(index + 3)}` }, named(channel.name)),
    ...channelFields.map(([key, word, least, title]) => make("label", { title }, word, make("input", {
      type: "number", min: least, step: key === "price" ? "any" : 1,
      placeholder: channel[key] === undefined ? "–" : valueWords(channel[key]),
      "aria-label": `${channel.name}: ${title}`,
      onchange: (event) => setChannel(channel.name, key, event.target.value),
    }))),
    make("output", { id: `channel-${index}` }))));
}

function setChannel(name, key, text) {
  const own = state.channels.get(name) ?? {};
  if (text === "") delete own[key];
  else own[key] = Number(text);
  if (Object.keys(own).length) state.channels.set(name, own);
  else state.channels.delete(name);
  rank();
}

function showChannels() {
  channelNames().forEach((name, index) => {
    const standing = state.answer.items.filter(({ channel }) => channel === name);
    const text = standing.length
      ? `${number(standing.length, 0)} at ${standing.map(({ position }) => position).join(", ")}` : "none";
    if ($(`channel-${index}`)) tell($(`channel-${index}`), text);
  });
}

/** Where each item of an answer stands, from 1. */
const places = (answer) => new Map((answer?.items ?? []).map((item) => [item.id, item.position]));

function showList() {
  const list = $("list");
  const { answer, before } = state;
  const now = places(answer);
  const then = before && before !== answer ? places(before) : undefined;
  const logged = new Map((state.sample.logged ?? []).map((id, index) => [id, index + 1]));
  const focused = list.contains(document.activeElement) ? document.activeElement : undefined;
  const tops = new Map([...list.children].map((root) => [root, root.getBoundingClientRect().top]));
  const roots = answer.items.map((item) => {
    const each = row(item.id);
    tell(each.place, String(item.position));
    showMove(each.move, then, item);
    const was = logged.get(item.id);
    const odds = item.propensity !== undefined ? `, drawn with ${percent(item.propensity)}` : "";
    tell(each.was, (logged.size === 0 ? "" : was ? `logged ${was}` : "not logged") + odds);
    show(each.channel, item.channel);
    each.channel.className = `channel ${hue(channelNames().indexOf(item.channel) + 3)}`;
    each.root.classList.toggle("insert", item.channel !== undefined);
    const pinned = state.pins.has(item.id);
    each.root.classList.toggle("pinned", pinned);
    each.pin.setAttribute("aria-pressed", String(pinned));
    each.pin.setAttribute("aria-label", `${pinned ? "Unpin" : "Pin"} ${item.id}`);
    each.pin.title = pinned ? "Let it move again" : `Keep it at ${item.position}`;
    each.root.title = item.log_probability === undefined
      ? "" : `log probability ${figure(item.log_probability)}`;
    return each.root;
  });
  reorder(list, roots, tops);
  if (focused?.isConnected && document.activeElement !== focused) focused.focus({ preventScroll: true });
  for (const [id, { now: note }] of loggedRows) {
    tell(note, now.has(id) ? `now ${now.get(id)}` : "out");
  }
  const shown = [...logged.keys()].filter((id) => now.has(id)).length;
  showChannels();
  tell($("list-summary"), logged.size ? `${shown} of ${logged.size} logged items kept` : "");
  showBench(now);
}

function showMove(element, then, item) {
  const was = then?.get(item.id);
  const up = was - item.position;
  const [text, tone, said] = !then || up === 0 ? ["", "flat", ""]
    : was === undefined ? ["new", "new", "new"]
    : up > 0 ? [`▲ ${up}`, "up", `up ${up}`] : [`▼ ${-up}`, "down", `down ${-up}`];
  tell(element, text);
  element.className = `move ${tone}`;
  if (said) element.setAttribute("aria-label", said);
  else element.removeAttribute("aria-label");
}

/** Puts `roots` into the list; those that stood elsewhere glide from there. */
function reorder(list, roots, tops) {
  const wanted = new Set(roots);
  for (const root of [...list.children]) if (!wanted.has(root)) root.remove();
  roots.forEach((root, index) => {
    if (list.children[index] !== root) list.insertBefore(root, list.children[index] ?? null);
  });
  if (still.matches) return;
  for (const root of roots) {
    for (const running of root.getAnimations()) running.cancel();
  }
  for (const root of roots) {
    const was = tops.get(root);
    const by = was === undefined ? 0 : was - root.getBoundingClientRect().top;
    const timing = { duration: 260, easing: "cubic-bezier(.2, .7, .2, 1)" };
    if (was === undefined && tops.size) root.animate([{ opacity: 0 }, { opacity: 1 }], timing);
    else if (Math.abs(by) > 0.5) {
      root.animate([{ transform: `translateY(${by}px)` }, { transform: "none" }], timing);
    }
  }
}

/** Candidates that are not in the list; filled only when open, for there may be thousands. */
function showBench(now) {
  const rest = [...state.items.keys()].filter((id) => !now.has(id) && !state.bans.has(id));
  $("bench-box").hidden = rest.length === 0;
  tell($("bench-title"), `${count(rest.length, "candidate")} not listed`);
  if (!$("bench-box").open) return;
  $("bench").replaceChildren(...rest.slice(0, 200).map((id) => make("li", {}, itemName(id, []),
    make("span", { class: "acts" },
      make("button", {
        type: "button", "aria-pressed": String(state.required.has(id)),
        "aria-label": `Require ${id}`, title: "It must be in the list, anywhere",
        onclick: () => toggleRequired(id),
      }, "require"),
      make("button", { type: "button", "aria-label": `Ban ${id}`, onclick: () => toggleBan(id) }, "ban")))));
}

// ---- Answer ----------------------------------------------------------------------------------

let newsTimer;

function showAnswer() {
  const { answer } = state;
  showFaders();
  showMade(answer);
  showList();
  showUtilities();
  showCurves();
  showChooser();
  showConstraints();
  $("wire-request").value = JSON.stringify(state.sent, null, 1);
  $("wire-answer").value = JSON.stringify(answer, null, 1);
  clearTimeout(newsTimer);
  newsTimer = setTimeout(tellNews, 700);
}

/** Which rule, preset and search made the list. */
function showMade(answer) {
  const { steering = {}, pool, fallback } = answer;
  const rules = {
    request: "weights of this request", preset: "preset of this request", default: "the default",
  };
  const made = [];
  const say = (name, value) => made.push(
    make("span", {}, name, " ", make("b", {}, named(String(value)))));
  if (steering.rule !== undefined) say("chosen by", rules[steering.rule] ?? `rule ${steering.rule}`);
  if (steering.preset) say("preset", steering.preset);
  if (steering.arm) say("arm", steering.arm);
  if (steering.controlled?.length) say("controlled", steering.controlled.join(", "));
  if (answer.source) say("made by", sourceWords[answer.source] ?? answer.source);
  if (pool) say("judged", `${pool.judged} of ${count(pool.lists, "list")}`);
  if (answer.took_ms !== undefined) say("took", `${figure(answer.took_ms)} ms`);
  $("list-made").replaceChildren(...made);
  const warnings = [];
  if (fallback) {
    warnings.push(`Fallback: ${fallbackWords[fallback.reason] ?? fallback.reason}. `
      + "The list was made without the model; nothing is predicted for it.");
  }
  if (answer.broken_rules?.length) warnings.push(`Rules broken: ${answer.broken_rules.join("; ")}.`);
  show($("fallback"), warnings.join("\n"));
}

function tellNews() {
  const { answer, before } = state;
  if (!answer) return;
  const then = places(before);
  const moved = answer.items.filter((item) => then.has(item.id) && then.get(item.id) !== item.position);
  const added = answer.items.filter((item) => !then.has(item.id));
  const first = answer.items[0]?.id ?? "nothing";
  const order = before && before !== answer
    ? `${count(moved.length, "item")} moved, ${added.length} new, first is ${first}.`
    : `${count(answer.items.length, "item")}, first is ${first}.`;
  const reward = answer.reward === undefined ? "" : ` Reward ${figure(answer.reward)}.`;
  tell($("news"), (answer.fallback ? "Fallback list. " : "") + order + reward);
}

// ---- Utilities -------------------------------------------------------------------------------

const utilityRows = new Map();

function buildUtilities() {
  utilityRows.clear();
  const line = (head, className) => {
    const cells = Array.from({ length: 3 }, () => make("td", { class: "number" }));
    const share = make("span", { class: "number" });
    const bar = make("i");
    const part = make("td", {}, make("span", { class: "part" }, share,
      make("span", { class: "meter", "aria-hidden": "true" }, bar)));
    const root = make("tr", { class: className }, make("th", { scope: "row" }, head), ...cells, part);
    return { root, cells, share, bar };
  };
  $("utility-rows").replaceChildren(...objectives().map(({ name, definition }, index) => {
    const made = line(named(name), hue(index));
    made.root.title = definition ?? "";
    utilityRows.set(name, made);
    return made.root;
  }));
  const reward = line("reward", "");
  reward.bar.parentElement.hidden = true;
  utilityRows.set("", reward);
  $("utility-foot").replaceChildren(reward.root);
}

/** Reward that a list of these utilities has under the weights of the answer. */
function rewardNow(utilities) {
  if (!utilities) return NaN;
  return objectives().reduce((sum, { name, scale }) =>
    sum + (state.answer.weights?.[name] ?? 0) * utilities[name] / scale, 0);
}

function showUtilities() {
  const { answer, before, loggedUtilities } = state;
  const then = before && before !== answer ? before : undefined;
  const parts = objectives().map(({ name, scale }) =>
    (answer.weights?.[name] ?? 0) * answer.utilities?.[name] / scale);
  const largest = Math.max(...parts.map((part) => Math.abs(part) || 0), 1e-9);
  objectives().forEach(({ name }, index) => {
    const { cells, share, bar } = utilityRows.get(name);
    const value = answer.utilities?.[name];
    tell(cells[0], figure(value));
    showChange(cells[1], value - then?.utilities?.[name]);
    showChange(cells[2], value - loggedUtilities?.[name]);
    tell(share, figure(parts[index]));
    bar.style.width = `${100 * Math.abs(parts[index] || 0) / largest}%`;
  });
  const { cells, share } = utilityRows.get("");
  tell(cells[0], "");
  // Both lists under the present w: rewards of different weights cannot be compared.
  showChange(cells[1], answer.reward - rewardNow(then?.utilities));
  showChange(cells[2], answer.reward - rewardNow(loggedUtilities));
  tell(share, figure(answer.reward));
}

function showChange(cell, value) {
  const { text, tone } = change(value);
  tell(cell, text);
  cell.className = `number ${tone}`;
}

// ---- Presets ---------------------------------------------------------------------------------

function mixWords(weights) {
  return Object.entries(weights ?? {}).filter(([, weight]) => weight > 0)
    .map(([name, weight]) => `${name} ${weight}`).join(", ");
}

function buildPresets() {
  const { steering } = state;
  const button = (label, title, chooser, act) => {
    const made = make("button", { type: "button", title, onclick: act }, named(label));
    made.chooser = chooser;
    return made;
  };
  const served = Object.entries(steering?.presets ?? {}).map(([name, preset]) => {
    const star = steering.default === name ? " (default)" : "";
    return button(name, mixWords(preset.weights) + star, { kind: "preset", name }, () => {
      choose({ kind: "preset", name });
      rank();
    });
  });
  const free = button("Service decides", "No weights in the request: its rules, controllers and default choose",
    { kind: "service" }, () => { choose({ kind: "service" }); rank(); });
  $("presets").replaceChildren(free, ...served);
  $("own-presets").replaceChildren(...[...state.own].map(([name, preset]) => make("span", { class: "own" },
    button(name, mixWords(preset.weights), { kind: "own", name }, () => takeOwn(name)),
    make("button", {
      type: "button", "aria-label": `Publish ${name}`, onclick: () => publish(name),
      title: "Publish it to the service, for every client; asks for an administration key where there are keys",
    }, "publish"),
    make("button", {
      type: "button", "aria-label": `Delete ${name}`, title: "Delete", onclick: () => dropOwn(name),
    }, "×"))));
  $("yaml").value = presetsYAML(state.own);
  const rules = steering?.rules ?? [];
  $("rules-box").hidden = rules.length === 0;
  tell($("rules-title"), `${count(rules.length, "rule")} of the service`);
  $("rules").replaceChildren(...rules.map((rule) => {
    const arms = rule.arms?.map((arm) => `${arm.preset} ${arm.share}`).join(", ");
    const made = make("li", {}, named(rule.name), " → ", named(rule.preset ?? `split: ${arms ?? ""}`));
    made.rule = rule.name;
    return made;
  }));
  showChooser();
}

function showChooser() {
  const { chooser, answer } = state;
  for (const button of document.querySelectorAll(".presets button")) {
    if (!button.chooser) continue;
    const on = button.chooser.kind === chooser.kind && button.chooser.name === chooser.name;
    button.setAttribute("aria-pressed", String(on));
  }
  tell($("mix-mode"), {
    service: "following the service", preset: `preset ${chooser.name}`,
    own: `own preset ${chooser.name}`, faders: "by hand",
  }[chooser.kind]);
  $("faders").classList.toggle("following", chooser.kind === "service");
  const rule = chooser.kind === "service" ? answer?.steering?.rule : undefined;
  for (const item of $("rules").children) item.classList.toggle("active", item.rule === rule);
}

function takeOwn(name) {
  const preset = state.own.get(name);
  choose({ kind: "own", name });
  for (const { name } of objectives()) state.weights.set(name, Number(preset.weights?.[name]) || 0);
  showStrategy(preset.strategy);
  showFaders();
  rank();
}

function saveOwn(event) {
  event.preventDefault();
  const name = $("preset-name").value.trim();
  if (!name) {
    show($("preset-problem"), "Give the mix a name first.");
    $("preset-name").focus();
    return;
  }
  if (![...state.weights.values()].some((weight) => weight > 0)) {
    show($("preset-problem"), "Raise a fader first: a preset needs a weight above 0.");
    return;
  }
  const weights = Object.fromEntries([...state.weights].map(([name, weight]) =>
    [name, Math.round(weight * 1e4) / 1e4]));
  const strategy = strategyInHand();
  state.own.set(name, strategy ? { weights, strategy } : { weights });
  keepOwn();
  $("preset-name").value = "";
  $("yaml-box").open = true;
  choose({ kind: "own", name });
  buildPresets();
}

/** Gives an own preset to the service. It holds there until the configuration is read again. */
async function publish(name) {
  try {
    const { replaced } = await call("v1/presets", JSON.stringify({ name, ...state.own.get(name) }));
    show($("preset-problem"));
    tell($("yaml-note"), `${name} is ${replaced ? "replaced" : "published"}. `
      + "It holds until the configuration is read again: put the YAML into the file to keep it.");
    $("yaml-box").open = true;
    await loadSteering();
  } catch (error) {
    show($("preset-problem"), error.words ?? String(error));
  }
}

function dropOwn(name) {
  state.own.delete(name);
  keepOwn();
  if (state.chooser.kind === "own" && state.chooser.name === name) choose({ kind: "faders" });
  buildPresets();
}

function keepOwn() {
  const kept = remember("localStorage", stored.presets, JSON.stringify([...state.own]));
  show($("preset-problem"), kept ? "" : "The browser keeps nothing here: copy the YAML before you leave.");
}

function recallOwn() {
  try {
    const kept = JSON.parse(recall("localStorage", stored.presets) ?? "[]");
    state.own = new Map(kept.filter(([name, preset]) => typeof name === "string" && preset?.weights));
  } catch { state.own = new Map(); }
}

/** A YAML scalar: plain where no reader can mistake it, quoted elsewhere. */
function yamlText(text) {
  const mistakable = /^(true|false|yes|no|on|off|y|n|null|nan|inf)$/i.test(text);
  return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(text) && !mistakable ? text : JSON.stringify(text);
}

/** Presets in the form of `serving.steering.presets`. */
function presetsYAML(presets) {
  if (presets.size === 0) return "# Set the faders, name the mix and save it: it appears here.\n";
  const lines = ["serving:", "  steering:", "    presets:"];
  for (const [name, { weights, strategy }] of presets) {
    const parts = Object.entries(weights).map(([name, weight]) => `${yamlText(name)}: ${weight}`);
    const how = strategy && [`kind: ${yamlText(strategy.kind)}`,
      strategy.lists && `lists: ${strategy.lists}`,
      strategy.searched_lists && `searched_lists: ${strategy.searched_lists}`,
      strategy.hand_made?.length && `hand_made: [${strategy.hand_made.map(yamlText).join(", ")}]`];
    const tail = how ? `, strategy: {${how.filter(Boolean).join(", ")}}` : "";
    lines.push(`      ${yamlText(name)}: {weights: {${parts.join(", ")}}${tail}}`);
  }
  return lines.join("\n") + "\n";
}

async function copy(text, note) {
  try {
    await navigator.clipboard.writeText(text);
    tell(note, "copied");
  } catch {
    tell(note, "not allowed here: select and copy by hand");
  }
}

function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/yaml" }));
  const link = make("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

// ---- Constraints -----------------------------------------------------------------------------

/** The strategy of the panel as the request names it; undefined for the service's own. */
function strategyInHand() {
  const kind = $("strategy").value;
  if (!kind) return undefined;
  const made = { kind };
  if (kind !== "greedy") made.lists = Number($("lists").value) || 8;
  const hands = ["upstream", "diversified"].filter((name) => $(`hand-${name}`).checked);
  if (hands.length) made.hand_made = hands;
  const searched = Number($("searched-lists").value) || 0;
  if (searched > 0) made.searched_lists = searched;
  return made;
}

function showStrategy(strategy) {
  const value = typeof strategy === "string" ? { kind: strategy } : strategy ?? { kind: "" };
  $("strategy").value = value.kind ?? "";
  $("lists").value = value.lists ?? 8;
  $("searched-lists").value = value.searched_lists ?? 0;
  for (const name of ["upstream", "diversified"]) {
    $(`hand-${name}`).checked = Boolean(value.hand_made?.includes(name));
  }
  enableStrategy();
}

function enableStrategy() {
  const kind = $("strategy").value;
  $("lists").disabled = kind === "" || kind === "greedy";
  for (const id of ["searched-lists", "hand-upstream", "hand-diversified"]) $(id).disabled = kind === "";
}

function togglePin(id) {
  if (state.pins.has(id)) state.pins.delete(id);
  else state.pins.set(id, places(state.answer).get(id));
  constrained();
}

function toggleBan(id) {
  if (state.bans.has(id)) state.bans.delete(id);
  else {
    state.bans.add(id);
    state.pins.delete(id);
    state.required.delete(id);
  }
  constrained();
}

function toggleRequired(id) {
  if (state.required.has(id)) state.required.delete(id);
  else state.required.add(id);
  constrained();
}

function constrained() {
  showConstraints();
  rank();
}

function showConstraints() {
  const box = $("constraints");
  const signature = JSON.stringify([[...state.pins], [...state.required], [...state.bans]]);
  if (box.signature === signature) return;
  box.signature = signature;
  const chip = (word, id, drop, ...extra) => make("span", { class: "constraint" },
    word, make("bdi", { title: id }, id), ...extra,
    make("button", { type: "button", "aria-label": `Remove: ${word} ${id}`, onclick: drop }, "×"));
  box.replaceChildren(
    ...[...state.pins].map(([id, position]) => chip("pin", id, () => togglePin(id), "at",
      make("input", {
        type: "number", min: 1, step: 1, value: position, "aria-label": `Position of ${id}`,
        onchange: (event) => { state.pins.set(id, Number(event.target.value) || 1); constrained(); },
      }))),
    ...[...state.required].map((id) => chip("require", id, () => toggleRequired(id))),
    ...[...state.bans].map((id) => chip("ban", id, () => toggleBan(id))));
}

// ---- Curves ----------------------------------------------------------------------------------

/** Range of utilities on each curve: it only grows while a request is in hand. */
const curveRanges = new Map();
const frame = { width: 160, height: 104, left: 34, right: 156, top: 7, bottom: 86 };

function between(points, weight) {
  const after = points.findIndex((point) => point.weight >= weight);
  if (after <= 0) return points.at(after)?.utility;
  const [one, other] = [points[after - 1], points[after]];
  const share = (weight - one.weight) / (other.weight - one.weight || 1);
  return one.utility + share * (other.utility - one.utility);
}

function curveRange(name, values) {
  const found = values.filter(Number.isFinite);
  const old = curveRanges.get(name);
  const range = {
    low: Math.min(...found, old?.low ?? Infinity), high: Math.max(...found, old?.high ?? -Infinity),
  };
  if (range.high - range.low < 1e-6) { range.low -= 0.5; range.high += 0.5; }
  curveRanges.set(name, range);
  return range;
}

function showCurves() {
  const lines = state.report?.control?.lines;
  if (!lines) return;
  const figures = objectives().map(({ name }, index) =>
    lines[name]?.length > 1 ? curve(name, lines[name], index) : undefined);
  $("curves").replaceChildren(...figures.filter(Boolean));
  $("curves-legend").hidden = false;
  showNearest();
}

function curve(name, points, index) {
  const { report, answer } = state;
  const weight = answer?.weights?.[name];
  const utility = answer?.utilities?.[name];
  const logged = report.control.logged?.[name];
  const trace = state.trace.filter((each) => each.name === name);
  const range = curveRange(name, [
    ...points.flatMap((point) => [point.utility, point.utility_low, point.utility_high]), logged, utility,
  ]);
  const x = (value) => frame.left + value * (frame.right - frame.left);
  const y = (value) =>
    frame.bottom - (value - range.low) / (range.high - range.low) * (frame.bottom - frame.top);
  const at = (value, of) => `${x(value).toFixed(1)},${y(of).toFixed(1)}`;
  const parts = [
    draw("line", { class: "axis", x1: frame.left, x2: frame.right, y1: frame.bottom, y2: frame.bottom }),
    draw("line", { class: "axis", x1: frame.left, x2: frame.left, y1: frame.top, y2: frame.bottom }),
  ];
  for (const value of [0, 0.5, 1]) {
    parts.push(draw("text", { x: x(value), y: frame.height - 5, "text-anchor": value === 1 ? "end" : "middle" },
      String(value)));
  }
  parts.push(
    draw("text", { x: frame.left - 3, y: frame.top + 7, "text-anchor": "end" }, figure(range.high)),
    draw("text", { x: frame.left - 3, y: frame.bottom, "text-anchor": "end" }, figure(range.low)));
  if (points.every((point) => Number.isFinite(point.utility_low))) {
    const upper = points.map((point) => at(point.weight, point.utility_high));
    const lower = points.map((point) => at(point.weight, point.utility_low)).reverse();
    parts.push(draw("polygon", { class: "band", points: [...upper, ...lower].join(" ") }));
  }
  if (Number.isFinite(logged)) {
    parts.push(draw("line", { class: "logged-line", x1: frame.left, x2: frame.right, y1: y(logged), y2: y(logged) }));
  }
  parts.push(draw("polyline", {
    class: "line-of", points: points.map((point) => at(point.weight, point.utility)).join(" "),
  }));
  for (const each of trace.slice(0, -1)) {
    parts.push(draw("circle", { class: "trace", cx: x(each.weight), cy: y(each.utility), r: 1.8 }));
  }
  if (weight !== undefined) parts.push(...mark(weight, between(points, weight), utility, x, y));
  const spearman = report.control.spearman?.[name];
  const said = `${name}: utility ${figure(points[0].utility)} without weight, ${
    figure(points.at(-1).utility)} with all of it${weight === undefined ? "" : `; now at weight ${
    weight.toFixed(2)}, utility of this list ${figure(utility)}`}`;
  return make("figure", { class: hue(index) },
    make("figcaption", {}, make("b", {}, named(name)),
      make("span", { class: "muted", title: "Rank correlation of weight and utility" },
        Number.isFinite(spearman) ? `ρ ${figure(spearman)}` : "")),
    draw("svg", { viewBox: `0 0 ${frame.width} ${frame.height}`, role: "img", "aria-label": said }, ...parts));
}

function mark(weight, average, utility, x, y) {
  const parts = [draw("line", {
    class: "mark-line", x1: x(weight), x2: x(weight), y1: frame.top, y2: frame.bottom,
    "data-weight": weight.toFixed(4),
  })];
  if (Number.isFinite(average)) {
    parts.push(draw("circle", { class: "mark-ring", cx: x(weight), cy: y(average), r: 4 }));
  }
  if (Number.isFinite(utility)) {
    parts.push(draw("circle", { class: "mark-dot", cx: x(weight), cy: y(utility), r: 3.2 }));
  }
  return parts;
}

/** What the report found at the weights that are nearest to these. */
function showNearest() {
  const { report, answer } = state;
  const better = report.better_percentage?.mean;
  const far = (probe) => objectives().reduce((sum, { name }) =>
    sum + Math.abs((probe.weights?.[name] ?? 0) - (answer?.weights?.[name] ?? 0)), 0);
  const nearest = answer && [...(report.probes ?? [])].sort((one, other) => far(one) - far(other))[0];
  const words = [];
  if (better !== undefined) words.push(`Better than the logged list in ${percent(better)} of requests on average`);
  if (nearest) words.push(`${percent(nearest.better_percentage)} at the probe nearest to this w`);
  tell($("curves-note"), words.join(", ") + (words.length ? "." : ""));
}

async function loadReport() {
  try {
    state.report = await call("v1/report");
    show($("curves-problem"));
    const { provenance, requests } = state.report;
    tell($("curves-from"), [provenance?.checkpoint, count(requests ?? 0, "request")].filter(Boolean).join(", "));
    showCurves();
  } catch (error) {
    state.report = undefined;
    $("curves").replaceChildren();
    $("curves-legend").hidden = true;
    tell($("curves-note"), error.status === 404
      ? "The service has no report. Name one under serving.console.report: fader evaluate --json makes it."
      : "");
    show($("curves-problem"), error.status === 404 ? "" : error.words);
  }
}

// ---- Live figures ----------------------------------------------------------------------------

const pollEvery = 2000;
let pollTimer;
let polls = 0;
let seenVersion;

function describe(list, entries) {
  list.replaceChildren(...entries.map(([name, value, tone]) =>
    make("div", { class: tone }, make("dt", {}, name), make("dd", {}, value))));
}

const ms = (value) => (Number.isFinite(value) ? figure(value) : "–");

function showStatus(status) {
  const { latency_ms: latency = {}, log = {}, reloads = {} } = status;
  describe($("figures"), [
    ["requests/s", figure(status.requests_per_s)],
    ["p50", `${ms(latency.p50)} ms`], ["p95", `${ms(latency.p95)} ms`], ["p99", `${ms(latency.p99)} ms`],
    ["in flight", String(status.in_flight ?? "–")],
    ["fallbacks", String(status.fallbacks ?? "–"), status.fallbacks > 0 ? "warn" : undefined],
  ]);
  const { uptime_s: up = 0 } = status;
  const time = up >= 5400 ? `${figure(up / 3600)} h` : up >= 90 ? `${figure(up / 60)} min` : `${number(up, 0)} s`;
  tell($("service-state"), status.draining ? "draining" : status.ready ? `ready, up ${time}` : "not ready");
  describe($("service"), [
    ["model", [status.model, status.version].filter(Boolean).join(" ") || "none", status.version ? undefined : "bad"],
    ["answered", number(status.answered ?? 0, 0)],
    ["refused, failed", `${number(status.rejected ?? 0, 0)}, ${number(status.failed ?? 0, 0)}`,
      status.failed > 0 ? "warn" : undefined],
    ["waiting", number(status.waiting ?? 0, 0)],
    ["event log", log.degraded ? `cannot write, ${number(log.dropped ?? 0, 0)} lost`
      : `${number(log.written ?? 0, 0)} written${log.dropped ? `, ${number(log.dropped, 0)} lost` : ""}`,
      log.degraded ? "bad" : log.dropped ? "warn" : undefined],
    ["reloads", `${reloads.accepted ?? 0} taken, ${reloads.refused ?? 0} refused`,
      reloads.refused > 0 ? "warn" : undefined],
  ]);
}

function showControllers() {
  const controllers = state.steering?.controllers ?? [];
  if (!controllers.length) { $("controllers").replaceChildren(); return; }
  const head = ["controller", "share", "target", "weight"].map((name, index) =>
    make("th", { scope: "col", class: index ? "number" : undefined }, name));
  const lines = controllers.map((each) => make("tr", {
    title: `weight between ${each.minimum} and ${each.maximum}`,
  },
    make("td", {}, named(each.objective ?? `price of ${each.channel}`)),
    make("td", { class: "number" }, percent(each.share)),
    make("td", { class: "number" }, percent(each.target)),
    make("td", { class: "number" }, figure(each.weight), each.saturated ? " (limit)" : "")));
  $("controllers").replaceChildren(make("table", { class: "figures-table" },
    make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...lines)));
}

async function loadSteering() {
  const steering = await call("v1/steering");
  const same = JSON.stringify([steering.presets, steering.default, steering.rules])
    === JSON.stringify([state.steering?.presets, state.steering?.default, state.steering?.rules]);
  state.steering = steering;
  if (!same) buildPresets();
  showControllers();
}

async function poll() {
  clearTimeout(pollTimer);
  if (document.hidden) return;
  try {
    const status = await call("v1/status");
    showStatus(status);
    if (status.version && status.version !== seenVersion) {
      if (status.version !== state.model?.version) await loadModel();
      seenVersion = status.version;
    }
    polls += 1;
    if (state.steering?.controllers?.length || polls % 5 === 0) await loadSteering();
    show($("service-problem"));
  } catch (error) {
    tell($("service-state"), "");
    show($("service-problem"), error.words ?? String(error));
    if (error.status === 401) return;  // A new key starts it again.
  }
  clearTimeout(pollTimer);
  pollTimer = setTimeout(poll, pollEvery);
}

// ---- Start -----------------------------------------------------------------------------------

/** Reads what the service serves; another model keeps the request and the weights it still knows. */
async function loadModel() {
  try {
    state.model = await call("v1/model");
  } catch (error) {
    tell($("model-name"), error.status === 503 ? "no model loaded" : "");
    show($("list-problem"), error.words);
    throw error;
  }
  const known = new Set(objectives().map(({ name }) => name));
  for (const name of [...state.weights.keys()]) if (!known.has(name)) state.weights.delete(name);
  tell($("model-name"), `${state.model.name} ${state.model.version}`);
  show($("list-problem"));
  buildFaders();
  buildChannels();
  buildUtilities();
  showFaders();
  if (state.sample) {
    state.answer = state.before = undefined;
    state.telling = tellingFeatures();
    buildLists();
    rank();
  }
}

async function start() {
  const quietly = (promise, place) => promise.catch((error) => {
    if (error.status !== 401) show($(place), error.words ?? String(error));
  });
  try { await loadModel(); } catch (error) { if (error.status === 401) return; }
  openKey(false);
  poll();
  await Promise.all([
    quietly(loadSteering(), "preset-problem"),
    loadReport(),
    quietly(loadSamples(), "request-problem"),
  ]);
  if (state.samples.length && !state.sample) takeSample(state.samples[0]);
}

async function loadSamples() {
  if (state.samples.length) return;
  const { samples } = await call("v1/samples");
  state.samples = samples ?? [];
  showSamples();
}

function applyTheme(theme) {
  const dark = theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  if (theme) document.documentElement.dataset.theme = theme;
  tell($("theme"), dark ? "Light" : "Dark");
  $("theme").setAttribute("aria-label", `Switch to ${dark ? "light" : "dark"} colours`);
  return dark ? "dark" : "light";
}

function listen() {
  $("theme").addEventListener("click", () => {
    const next = applyTheme(document.documentElement.dataset.theme) === "dark" ? "light" : "dark";
    remember("localStorage", stored.theme, next);
    applyTheme(next);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () =>
    applyTheme(document.documentElement.dataset.theme));
  $("key-open").addEventListener("click", () => openKey($("key-form").hidden));
  $("key-form").addEventListener("submit", (event) => {
    event.preventDefault();
    remember("sessionStorage", stored.key, $("key").value.trim() || null);
    $("key").value = "";
    openKey(false);
    start();
  });
  $("key-forget").addEventListener("click", () => {
    remember("sessionStorage", stored.key, null);
    $("key").value = "";
    tell($("key-why"), "The key is forgotten.");
  });
  $("sample").addEventListener("change", (event) => {
    const sample = state.samples[Number(event.target.value)];
    if (sample) takeSample(sample);
  });
  $("sample-previous").addEventListener("click", () => stepSample(-1));
  $("sample-next").addEventListener("click", () => stepSample(1));
  $("paste-use").addEventListener("click", () => {
    try {
      const sample = readSample($("paste").value);
      show($("request-problem"));
      takeSample(sample);
    } catch (error) { show($("request-problem"), error.message); }
  });
  $("even").addEventListener("click", () => {
    choose({ kind: "faders" });
    for (const { name } of objectives()) state.weights.set(name, 0.5);
    showFaders();
    rank();
  });
  $("preset-form").addEventListener("submit", saveOwn);
  $("yaml-copy").addEventListener("click", () => copy($("yaml").value, $("yaml-note")));
  $("yaml-download").addEventListener("click", () => download("presets.yaml", $("yaml").value));
  $("wire-copy").addEventListener("click", () => copy($("wire-request").value, $("wire-note")));
  for (const id of ["strategy", "lists", "searched-lists", "hand-upstream", "hand-diversified", "size", "deadline"]) {
    $(id).addEventListener("change", () => { enableStrategy(); rank(); });
  }
  $("bench-box").addEventListener("toggle", () => { if (state.answer) showBench(places(state.answer)); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) poll(); });
}

applyTheme(recall("localStorage", stored.theme));
recallOwn();
listen();
buildPresets();
start();
