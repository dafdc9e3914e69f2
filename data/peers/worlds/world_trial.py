"""What the trials in worlds of others share: logging, Fader, pointwise peers, and the table.

A world is an object with the attributes

    name             a text
    list_length      places of a list
    objectives       a dictionary: objective -> feedback kind that it counts
    item_numbers     matrix, items x numbers that every ranker sees
    number_names     their names
    item_categories  None, or for each item the number of its category
    category_name    its name
    is_new           flag of each item
    user_names       names of the numbers that every ranker sees of a user

and the methods

    visits(count, per_user, prefix)        simulates requests with the logged list and its feedback
    products(visit)                        candidates x hand-made products of user and item
    truth(visits, lists, objective)        expected value of one list per visit
    best(visits, objective, starts)        lists as good as the world's author could write them

Lists hold places in `visit.candidates`, best first.
"""

import argparse
import gzip
import json
import os
import subprocess
import time
from dataclasses import dataclass

import lightgbm
import numpy as np
from sklearn.linear_model import LogisticRegression, Ridge

START_TIME = 1767225600
SECONDS_PER_VISIT = 60
LAST_STEP = "Fader, last step"
PRODUCTS = " + products"
NO_PEERS = ("logged policy", "upstream score", "Fader", LAST_STEP, "attainable")


@dataclass
class Visit:
    """One request, the list that was shown, and what became of it."""

    user: str
    user_numbers: np.ndarray
    candidates: np.ndarray
    scores: np.ndarray
    shown: np.ndarray = None
    propensity: np.ndarray = None
    feedback: dict = None


# Logging


def noisy_scores(relevance, noise, random):
    """An upstream score: the relevance with an error of `noise` standard deviations."""
    return relevance + random.normal(0, noise * relevance.std() + 1e-12, len(relevance))


def draw_list(scores, temperature, places, random):
    """Items drawn one after the other by a softmax of the scores, and the chance of each draw."""
    logits = (scores - scores.mean()) / (scores.std() + 1e-12) / temperature
    shown = np.argsort(-(logits + random.gumbel(size=len(logits))))[:places]
    masses = np.exp(logits - logits.max())
    left = masses.sum() - np.concatenate(([0], np.cumsum(masses[shown])[:-1]))
    return shown, np.minimum(masses[shown] / left, 1.0)


def plain(number):
    return round(float(number), 4)


def item_fields(world, item):
    fields = {n: plain(v) for n, v in zip(world.number_names, world.item_numbers[item])}
    if world.item_categories is not None:
        fields[world.category_name] = f"{world.category_name}{world.item_categories[item]}"
    fields["is_new"] = bool(world.is_new[item])
    return fields


def user_fields(world, visit):
    return {n: plain(v) for n, v in zip(world.user_names, visit.user_numbers)}


def write_events(path, world, visits):
    """The event log that a live system would have: items, users, rankings, interactions."""
    with gzip.open(path, "wt", compresslevel=3) as log:
        for item in range(len(world.is_new)):
            event = {"event": "item", "item": f"i{item}", "timestamp": START_TIME,
                     "fields": item_fields(world, item)}
            log.write(json.dumps(event) + "\n")
        for number, visit in enumerate(visits):
            now = START_TIME + SECONDS_PER_VISIT * (number + 1)
            events = [{"event": "user", "user": visit.user, "timestamp": now - 1,
                       "fields": user_fields(world, visit)}]
            items = [{"id": f"i{item}", "fields": {"score": plain(score)}}
                     for item, score in zip(visit.candidates, visit.scores)]
            for place, index in enumerate(visit.shown):
                items[index]["position"] = place + 1
                items[index]["propensity"] = float(visit.propensity[place])
            events.append({"event": "ranking", "id": f"r{number}", "timestamp": now,
                           "user": visit.user, "items": items})
            for kind, values in visit.feedback.items():
                for place in np.flatnonzero(values):
                    events.append({
                        "event": "interaction", "ranking": f"r{number}", "user": visit.user,
                        "item": f"i{visit.candidates[visit.shown[place]]}", "type": kind,
                        "value": plain(values[place]), "timestamp": now + 2 + int(place)})
            for event in events:
                log.write(json.dumps(event) + "\n")


# Fader


def run(command, log, **options):
    """Runs a command; what it says goes to the file `log`. Returns its exit code."""
    with open(log, "a") as file:
        file.write("$ " + " ".join(command) + "\n")
        file.flush()
        options.setdefault("stdout", file)
        return subprocess.run(command, stderr=file, **options).returncode


def checked(command, log, **options):
    code = run(command, log, **options)
    if code != 0:
        raise failed(command, code, log)


def failed(command, code, log):
    return SystemExit(f"exit code {code} of: {' '.join(command)}\nSee {log}.")


def train_fader(fader, config, folder, seed, world, visits, sets):
    """Events, `fader ingest`, `fader train`. Returns the run directory and facts about it."""
    log = os.path.join(folder, "fader.log")
    events, sessions = (os.path.join(folder, n) for n in ("events.jsonl.gz", "sessions.jsonl.gz"))
    write_events(events, world, visits)
    facts = {}
    began = time.time()
    with open(os.path.join(folder, "ingest.json"), "w") as report:
        checked([fader, "ingest", events, "--out", sessions, "--json"], log, stdout=report)
    facts["ingest_seconds"] = round(time.time() - began, 1)
    command = [fader, "train", "--config", config, "--sessions", sessions, "--seed", str(seed)]
    for entry in sets:
        command += ["--set", entry]
    out = os.path.join(folder, "run")
    began = time.time()
    code = run(command + ["--out", out], log)
    facts["gate_met"] = code == 0
    if code == 2:
        print("  The evaluators did not meet Fader's quality gate; training again with --force.")
        out = os.path.join(folder, "run-forced")
        checked(command + ["--out", out, "--force"], log)
    elif code != 0:
        raise failed(command, code, log)
    facts["train_seconds"] = round(time.time() - began, 1)
    with open(os.path.join(out, "checkpoints", "best", "state.json")) as file:
        facts["best_step"] = json.load(file)["step"]
    return out, facts


def last_step(run_directory):
    """The generator's last checkpoint, which the judge need not like best."""
    folder = os.path.join(run_directory, "checkpoints")
    return os.path.join(folder, max(n for n in os.listdir(folder) if n.startswith("step-")))


def ask_fader(checkpoint, fader, folder, world, visits, weights):
    """Lists of `fader rank` under the weights, and the utilities that it predicts for them."""
    requests, answers = (os.path.join(folder, n) for n in ("requests.jsonl", "lists.jsonl"))
    with open(requests, "w") as file:
        for visit in visits:
            items = []
            for item, score in zip(visit.candidates, visit.scores):
                features = item_fields(world, item)
                features["score"] = plain(score)
                items.append({"id": f"i{item}", "features": features})
            request = {"user": {"id": visit.user, "features": user_fields(world, visit)},
                       "items": items, "size": world.list_length, "weights": weights}
            file.write(json.dumps(request) + "\n")
    with open(requests) as asked, open(answers, "w") as written:
        checked([fader, "rank", "--checkpoint", checkpoint], os.path.join(folder, "fader.log"),
                stdin=asked, stdout=written)
    lists, utilities = [], []
    with open(answers) as file:
        for line in file:
            answer = json.loads(line)
            lists.append(np.array([entry["index"] for entry in answer["items"]]))
            utilities.append(answer["utilities"])
    if len(lists) != len(visits):
        raise SystemExit(f"{len(visits)} requests but {len(lists)} lists in {answers}.")
    return lists, utilities


# Pointwise peers


def features(world, visit, hot, products, position, rows):
    """What a peer sees of the candidates `rows`: numbers, the category last when not one-hot."""
    ranks = np.argsort(np.argsort(-visit.scores)) / (len(visit.scores) - 1)
    items = visit.candidates[rows]
    parts = [
        visit.scores[rows, None], ranks[rows, None], world.is_new[items, None].astype(float),
        world.item_numbers[items], np.tile(visit.user_numbers, (len(rows), 1)),
    ]
    if position is not None:
        parts.append(np.asarray(position, dtype=float)[:, None])
    if products:
        parts.append(world.products(visit)[rows])
    if world.item_categories is not None:
        categories = world.item_categories[items]
        if hot:
            parts.append(np.eye(world.item_categories.max() + 1)[categories])
        else:
            parts.append(categories[:, None])
    return np.concatenate(parts, axis=1, dtype=np.float32)


class Linear:
    """Logistic regression for yes or no, ridge regression for numbers, on standardised columns."""

    def __init__(self, binary):
        self.binary = binary

    def fit(self, matrix, labels, sizes, held):
        self.mean, self.spread = matrix.mean(axis=0), matrix.std(axis=0) + 1e-6
        matrix = (matrix - self.mean) / self.spread
        rows = np.repeat(held, sizes)

        def loss(strength):
            model = self.model(strength).fit(matrix[~rows], labels[~rows])
            if not self.binary:
                return np.mean((model.predict(matrix[rows]) - labels[rows]) ** 2)
            chance = np.clip(model.predict_proba(matrix[rows])[:, 1], 1e-9, 1 - 1e-9)
            return -np.mean(np.where(labels[rows] > 0, np.log(chance), np.log(1 - chance)))

        strengths = [1e-3, 1e-1]
        self.fitted = self.model(min(strengths, key=loss)).fit(matrix, labels)

    def model(self, strength):
        if self.binary:
            return LogisticRegression(C=strength, max_iter=200)
        return Ridge(alpha=1 / strength)

    def score(self, matrix):
        matrix = (matrix - self.mean) / self.spread
        return self.fitted.decision_function(matrix) if self.binary else self.fitted.predict(matrix)


class Trees:
    """LightGBM: `binary`, `regression` or `lambdarank`, stopped early on a fifth of the users."""

    def __init__(self, kind, depth, categories, seed):
        self.kind, self.depth, self.categories, self.seed = kind, depth, categories, seed

    def fit(self, matrix, labels, sizes, held):
        ranking = self.kind == "lambdarank"
        settings = {
            "objective": self.kind, "learning_rate": 0.08, "num_leaves": 31,
            "min_data_in_leaf": 50, "feature_fraction": 0.8, "lambda_l2": 1.0,
            "seed": self.seed, "deterministic": True, "num_threads": 2, "verbose": -1,
        }
        if ranking:
            # Grades 0 to 30 with gains in proportion.
            span = labels.max() - labels.min()
            labels = np.round((labels - labels.min()) / span * 30).astype(int)
            settings.update(metric="ndcg", eval_at=[self.depth], label_gain=list(range(31)))
        categories = [matrix.shape[1] - 1] if self.categories else []

        def data(sessions, reference=None):
            rows = np.repeat(sessions, sizes)
            return lightgbm.Dataset(
                matrix[rows], labels[rows], group=sizes[sessions] if ranking else None,
                categorical_feature=categories, reference=reference, free_raw_data=False)

        fitted = data(~held)
        stopped = lightgbm.train(
            settings, fitted, 400, valid_sets=[data(held, fitted)],
            callbacks=[lightgbm.early_stopping(30, verbose=False)])
        rounds = max(1, stopped.best_iteration)
        self.fitted = lightgbm.train(settings, data(np.ones(len(sizes), dtype=bool)), rounds)

    def score(self, matrix):
        return self.fitted.predict(matrix)


def peer_lists(world, train, test, kind, seed):
    """Lists of every peer: each model as it is, with places, and with places and products."""
    labels = np.concatenate([visit.feedback[kind] for visit in train])
    sizes = np.array([len(visit.shown) for visit in train])
    binary = set(np.unique(labels)) <= {0, 1}
    users = sorted({visit.user for visit in train})
    some = set(users[::5])
    held = np.array([visit.user in some for visit in train])
    trees = "binary" if binary else "regression"
    has_category = world.item_categories is not None
    models = {
        "logistic regression" if binary else "ridge regression": (True, lambda: Linear(binary)),
        f"LightGBM {trees}": (
            False, lambda: Trees(trees, world.list_length, has_category, seed)),
        "LightGBM LambdaMART": (
            False, lambda: Trees("lambdarank", world.list_length, has_category, seed)),
    }
    lists = {}
    for title, (hot, make) in models.items():
        for products, places in ((False, False), (False, True), (True, True)):
            matrix = np.concatenate([
                features(world, visit, hot, products,
                         np.arange(1, len(visit.shown) + 1) if places else None, visit.shown)
                for visit in train])
            model = make()
            model.fit(matrix, labels, sizes, held)
            asked = np.concatenate([
                features(world, visit, hot, products,
                         np.ones(len(visit.candidates)) if places else None,
                         np.arange(len(visit.candidates)))
                for visit in test])
            bounds = np.cumsum([len(visit.candidates) for visit in test])[:-1]
            scores = np.split(model.score(asked), bounds)
            name = title + (PRODUCTS if products else "") + (" + place" if places else "")
            lists[name] = [top(score, world.list_length) for score in scores]
    return lists


def top(scores, places):
    return np.argsort(-scores, kind="stable")[:places]


# Trial and table


def trial(world, arguments, config, folder, seed):
    """One seed: log, train, rank, and the truth of every list. Values by objective and method."""
    os.makedirs(folder)
    per_user = arguments.per_user
    train = world.visits(arguments.sessions, per_user, "u")
    test = world.visits(arguments.requests, per_user, "fresh")
    print(f"  {len(train)} sessions logged; "
          + ", ".join(f"{kind} {np.mean([np.sum(v.feedback[kind]) for v in train]):.3f} a list"
                      for kind in train[0].feedback))
    checkpoint, facts = train_fader(
        arguments.fader, config, folder, seed, world, train, arguments.set)
    print(f"  fader: ingest {facts['ingest_seconds']} s, train {facts['train_seconds']} s, "
          f"gate {'met' if facts['gate_met'] else 'NOT met'}, "
          f"the judge's choice is step {facts['best_step']}", flush=True)
    values = {}
    for objective, kind in world.objectives.items():
        began = time.time()
        lists = {
            "logged policy": [visit.shown for visit in test],
            "upstream score": [top(visit.scores, world.list_length) for visit in test],
        }
        lists.update(peer_lists(world, train, test, kind, seed))
        facts[f"peers_{objective}_seconds"] = round(time.time() - began, 1)
        asked = arguments.fader, folder, world, test, {objective: 1}
        lists[LAST_STEP], _ = ask_fader(last_step(checkpoint), *asked)
        lists["Fader"], utilities = ask_fader(checkpoint, *asked)
        facts[f"predicted_{objective}"] = float(np.mean([u[objective] for u in utilities]))
        lists["attainable"] = world.best(test, objective, list(lists.values()))
        values[objective] = {
            name: world.truth(test, listed, objective) for name, listed in lists.items()}
        print(f"  {objective}: " + ", ".join(
            f"{name} {values[objective][name].mean():.3f}"
            for name in ("logged policy", "upstream score", "Fader", "attainable"))
            + f"; Fader predicts {facts[f'predicted_{objective}']:.3f}", flush=True)
    return values, [visit.user for visit in test], facts


def interval(differences, users, draws=2000):
    """95 % percentile bootstrap interval of the mean over requests, drawn by users."""
    names, place = np.unique(users, return_inverse=True)
    sums, counts = np.bincount(place, differences), np.bincount(place)
    random = np.random.default_rng(1)
    times = random.multinomial(len(names), [1 / len(names)] * len(names), size=draws)
    means = (times @ sums) / (times @ counts)
    return [float(bound) for bound in np.percentile(means, [2.5, 97.5])]


def summary(seeds, objective):
    """Means, spreads, and Fader's lead over each method, of the values of all seeds."""
    users = [f"{number} {user}" for number, seed in enumerate(seeds) for user in seed["users"]]
    first = seeds[0]["values"][objective]
    means = {name: [float(seed["values"][objective][name].mean()) for seed in seeds]
             for name in first}
    whole = {name: np.concatenate([seed["values"][objective][name] for seed in seeds])
             for name in first}
    low, high = np.mean(means["logged policy"]), np.mean(means["attainable"])
    rows = {}
    for name in first:
        lead = whole["Fader"] - whole[name]
        rows[name] = {
            "mean": float(np.mean(means[name])),
            "spread": float(np.std(means[name], ddof=1)) if len(seeds) > 1 else None,
            "seeds": means[name],
            "attained": float((np.mean(means[name]) - low) / (high - low)),
            "fader_lead": float(lead.mean()), "fader_lead_interval": interval(lead, users),
            "fader_lead_seeds": [
                float(a - b) for a, b in zip(means["Fader"], means[name])],
        }
    return {"methods": rows, **best_peers(rows)}


def best_peers(rows):
    """The best peers by the truth: of all, and of those that see just what Fader sees."""
    peers = [name for name in rows if name not in NO_PEERS]
    same = [name for name in peers if PRODUCTS not in name]
    return {"best_peer": max(peers, key=lambda name: rows[name]["mean"]),
            "best_peer_same_features": max(same, key=lambda name: rows[name]["mean"])}


def print_table(title, result):
    print(f"\n{title}")
    print(f"{'method':<42}{'mean':>8}{'spread':>8}{'attained':>10}   Fader's lead (95 %)")
    for name, row in result["methods"].items():
        spread = "" if row["spread"] is None else f"{row['spread']:.3f}"
        low, high = row["fader_lead_interval"]
        lead = "" if name == "Fader" else f"   {row['fader_lead']:+.3f} ({low:+.3f} to {high:+.3f})"
        mark = " *" if name == result["best_peer_same_features"] else ""
        if name == result["best_peer"] and not mark:
            mark = " **"
        print(f"{name + mark:<42}{row['mean']:>8.3f}{spread:>8}{row['attained']:>10.1%}{lead}")
    print("*  the best pointwise peer with Fader's features, after the fact by the truth\n"
          "** the best of all pointwise peers, where it has hand-made products too", flush=True)


def parser(description):
    """The arguments that both trials have."""
    made = argparse.ArgumentParser(
        description=description, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    made.add_argument("--fader", default="fader", help="path of the fader binary")
    made.add_argument("--out", required=True,
                      help="folder to make, for logs, runs and the file of results")
    made.add_argument("--results", help="file to write the results to as JSON; by default "
                      "results.json in the output folder")
    made.add_argument("--sessions", type=int, default=20000, help="sessions to log and train on")
    made.add_argument("--requests", type=int, default=1000,
                      help="held-out requests of fresh users")
    made.add_argument("--per-user", type=int, default=10, help="visits of a user")
    made.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3],
                      help="seeds, each of a world, of its log and of training")
    made.add_argument("--noise", type=float, default=0.75,
                      help="error of the upstream score, in standard deviations of what it "
                      "estimates")
    made.add_argument("--temperature", type=float, default=0.5,
                      help="randomness of the logging policy, in standard deviations of the score")
    made.add_argument("--config", help="configuration of Fader; by default the one beside the "
                      "script")
    made.add_argument("--set", action="append", default=[], metavar="KEY=VALUE",
                      help="override one value of Fader's configuration; may be given more than "
                      "once")
    return made


def run_trial(make_world, worlds, arguments, config):
    """All worlds and seeds: prints a table for each world and objective, and writes the JSON."""
    if os.path.exists(arguments.out):
        raise SystemExit(f"{arguments.out} exists already: name a folder that does not.")
    os.makedirs(arguments.out)
    results = {"arguments": {k: v for k, v in vars(arguments).items()
                             if k not in ("fader", "out", "results", "config")}, "worlds": {}}
    tables = []
    for name in worlds:
        seeds = []
        for seed in arguments.seeds:
            print(f"{name}, seed {seed}", flush=True)
            world = make_world(name, seed)
            values, users, facts = trial(
                world, arguments, config(name), os.path.join(arguments.out, f"{name}-{seed}"), seed)
            seeds.append({"values": values, "users": users, "facts": facts})
        found = {objective: summary(seeds, objective) for objective in seeds[0]["values"]}
        results["worlds"][name] = {
            "objectives": found, "facts": [seed["facts"] for seed in seeds]}
        for objective, result in found.items():
            tables.append((f"{name}: expected {objective} a list, {len(seeds)} seeds", result))
        path = arguments.results or os.path.join(arguments.out, "results.json")
        with open(path, "w") as file:
            json.dump(results, file, indent=1)
    for title, result in tables:
        print_table(title, result)
    print(f"\nwritten: {path}")
