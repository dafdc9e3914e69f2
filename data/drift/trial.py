"""What a retrained upstream model costs a re-ranker, and what calibration and ranks save of it.

    python data/drift/trial.py --fader .build/release/fader --work FOLDER --out data/results/calibration.json

A feed world (configs/calibration.yaml) writes a log in which ctr_score comes from one upstream model.
Three re-rankers are trained on it: one reads the score as it comes, one reads the calibrated score and its
rank, one reads the rank alone. Then the upstream model is trained anew with half of the negatives dropped,
for all items or for products only. All re-rankers are judged on the same later requests, by the world's
truth and by the labels of the logged lists, with the scores of the old model and with those of the new one.
``fader calibrate`` fits maps for the new version to the sessions between the two. Needs no packages.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
CONFIG = os.path.join(HERE, "..", "..", "configs", "calibration.yaml")
CALIBRATION = (
    "    - {score: ctr_score, label: click, method: isotonic, version: item.ctr_version, slices: [kind]}"
)

#: Name to changes of the configuration's text.
MODELS = {
    "raw": [("  calibration:\n" + CALIBRATION + "\n", "")],
    "calibrated and rank": [],
    "rank alone": [
        ("  calibration:\n" + CALIBRATION + "\n", ""),
        ("    share: [shop]\n", "    share: [shop]\n    rank: [ctr_score]\n"),
        ("      ctr_score: {logit: true}\n", ""),
        ("exclude: [priority, score]", "exclude: [priority, score, ctr_score]"),
    ],
}
# The version of the score is no input of any of them.
VERSION = ("exclude: [priority, score", "exclude: [priority, score, ctr_version")

WORLDS = {
    "none": [],
    "all items": ["data.feed.upstream.retrained_at={first}"],
    "products": ["data.feed.upstream.retrained_at={first}", "data.feed.upstream.kinds=[product]"],
}


class Trial:
    def __init__(self, options, seed):
        self.fader, self.options, self.seed = options.fader, options, seed
        self.folder = f"{options.work}/seed-{seed}"
        os.makedirs(self.folder, exist_ok=True)

    def run(self, *arguments, allowed=(0,)):
        done = subprocess.run([self.fader, *arguments], capture_output=True, text=True)
        if done.returncode not in allowed:
            sys.exit(f"fader {' '.join(arguments)} ended with {done.returncode}:\n{done.stderr}")
        return done.stdout

    def config(self, model):
        text = open(CONFIG).read()
        for old, new in MODELS[model] + ([VERSION] if model != "calibrated and rank" else []):
            assert old in text, old
            text = text.replace(old, new, 1)
        text = text.replace("seed: 1", f"seed: {self.seed}", 1)
        path = f"{self.folder}/{model.replace(' ', '-')}.yaml"
        with open(path, "w") as file:
            file.write(text)
        return path

    def train(self, model):
        out = f"{self.folder}/run-{model.replace(' ', '-')}"
        if not os.path.exists(f"{out}/done"):
            overrides = [f"training.seed={self.seed}", f"data.simulate={self.options.sessions}"]
            overrides += self.options.set
            sets = [part for one in overrides for part in ("--set", one)]
            self.run("train", "--config", self.config(model), "--out", out, "--force", *sets)
            open(f"{out}/done", "w").close()
        return out

    def logs(self):
        """Per world the sessions to fit maps to and those to judge on."""
        first, fit, judge = self.options.sessions, self.options.fit, self.options.judge
        found = {}
        for world, overrides in WORLDS.items():
            name = f"{self.folder}/log-{world.replace(' ', '-')}"
            if not os.path.exists(f"{name}-judge.jsonl"):
                sets = [part for one in overrides for part in ("--set", one.format(first=first))]
                self.run(
                    "simulate", "--config", self.config("calibrated and rank"), "--sessions",
                    str(first + fit + judge), "--out", f"{name}.jsonl", *sets,
                )
                lines = open(f"{name}.jsonl").readlines()
                for part, start, end in (("fit", first, first + fit), ("judge", first + fit, None)):
                    with open(f"{name}-{part}.jsonl", "w") as file:
                        file.writelines(lines[start:end])
                os.remove(f"{name}.jsonl")
            found[world] = (f"{name}-fit.jsonl", f"{name}-judge.jsonl")
        return found

    def evaluate(self, checkpoint, sessions):
        report = json.loads(
            self.run(
                "evaluate", "--checkpoint", checkpoint, "--sessions", sessions, "--json", "--boosted",
                "0", "--label-training", "0", "--requests", str(self.options.requests),
            )
        )
        probes = report["probes"]
        clicks = next(p for p in probes if p["weights"].get("click", 0) > 0.999)
        equal = min(probes, key=lambda p: sum((w - 1 / 3) ** 2 for w in p["weights"].values()))
        mixed = [p for p in probes if 0.05 < p["weights"].get("click", 0) < 0.95]
        promised = clicks["utilities"]["click"] / clicks["world"]["true_utilities"]["click"]
        return {
            "true_gain": statistics.mean(p["world"]["true_gain"] for p in probes),
            "mixed_true_gain": statistics.mean(p["world"]["true_gain"] for p in mixed),
            "true_clicks": clicks["world"]["true_utilities"]["click"],
            "promised_over_true_clicks": promised,
            "equal_true_clicks": equal["world"]["true_utilities"]["click"],
            "equal_cold": equal["world"]["true_utilities"]["cold_start"],
            "ndcg": report["labels"]["click"]["ndcg"],
        }

    def drift(self, checkpoint, sessions):
        report = json.loads(
            self.run(
                "drift", "--checkpoint", checkpoint, "--sessions", sessions, "--json", allowed=(0, 2)
            )
        )
        score = report["scores"]["ctr_score"]
        kinds = {}
        for version in score["versions"].values():
            for kind, labels in version["slices"].get("kind", {}).items():
                kinds[kind] = labels["pcoc"]
        return {
            "raw_pcoc": score["labels"]["raw_pcoc"], "pcoc": score["labels"]["pcoc"],
            "low": score["labels"]["low"], "high": score["labels"]["high"], "psi": score["psi"],
            "kinds": kinds, "alarms": len(report["alarms"]),
            "version_psi": {name: v["psi"] for name, v in score["versions"].items()},
        }

    def results(self):
        logs = self.logs()
        rows, drifts = {}, {}
        for model in MODELS:
            run = self.train(model)
            for world, (fit, judge) in logs.items():
                rows[f"{model} | {world}"] = self.evaluate(run, judge)
                if model != "calibrated and rank":
                    continue
                drifts[f"{world} | map of the old version"] = self.drift(run, judge)
                if world == "none":
                    continue
                rows[f"{model}, old map only | {world}"] = rows.pop(f"{model} | {world}")
                new = f"{self.folder}/with-{world.replace(' ', '-')}"
                self.run("calibrate", "--checkpoint", run, "--sessions", fit, "--out", new)
                rows[f"{model} | {world}"] = self.evaluate(new, judge)
                drifts[f"{world} | map of each version"] = self.drift(new, judge)
            print(f"seed {self.seed}: {model} is judged", file=sys.stderr)
        return {"rows": rows, "drifts": drifts}


def table(title, columns, seeds, kind):
    names = list(seeds[0][kind])
    lines = [f"| {title} | " + " | ".join(columns) + " |", "|---|" + "---:|" * len(columns)]
    for name in names:
        cells = []
        for column in columns:
            values = [seed[kind][name][column] for seed in seeds]
            spread = statistics.stdev(values) if len(values) > 1 else 0
            cells.append(f"{statistics.mean(values):.3f} ±{spread:.3f}")
        lines.append(f"| {name.replace(' | ', ': ')} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--fader", default=".build/release/fader")
    parser.add_argument("--work", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--sessions", type=int, default=12000, help="to train on")
    parser.add_argument("--fit", type=int, default=3000, help="of the new version, to fit maps to")
    parser.add_argument("--judge", type=int, default=1500, help="after those")
    parser.add_argument("--requests", type=int, default=800, help="judged by the truth, at most")
    parser.add_argument("--set", action="append", default=[], help="overrides of the training")
    options = parser.parse_args()
    seeds = []
    for seed in options.seeds:
        seeds.append({"seed": seed, **Trial(options, seed).results()})
        with open(options.out, "w") as file:
            json.dump({"seeds": seeds}, file, indent=1, sort_keys=True)
            file.write("\n")
    columns = ["true_gain", "true_clicks", "promised_over_true_clicks", "equal_true_clicks", "equal_cold", "ndcg"]
    print(table("reads: retrained", columns, seeds, "rows"))
    print()
    print(table("retrained: maps", ["raw_pcoc", "pcoc", "psi"], seeds, "drifts"))


if __name__ == "__main__":
    main()
