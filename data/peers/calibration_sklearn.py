"""Calibration maps of a checkpoint beside those that scikit-learn fits to the same rows.

    pip install numpy scikit-learn
    fader calibrate --checkpoint RUN --sessions FILE --refit v1 --out FITTED
    python data/peers/calibration_sklearn.py --checkpoint FITTED --sessions FILE

FILE holds the sessions that ``fader calibrate`` was given. Platt maps are compared with scikit-learn's
sigmoid calibration, slope by slope. Isotonic maps are compared with ``IsotonicRegression`` block by
block where the checkpoint has ``prior_rows: 0``; with a prior the blocks differ on purpose, and only
the log losses are printed. The exit code is 1 where something differs by more than the tolerance.
"""

import argparse
import gzip
import json
import sys

import numpy as np
from sklearn.calibration import _SigmoidCalibration
from sklearn.isotonic import IsotonicRegression

LEAST = 1e-7


def log_odds(p):
    p = np.clip(p, LEAST, 1 - LEAST)
    return np.log(p / (1 - p))


def chance(x):
    return 1 / (1 + np.exp(-np.asarray(x)))


def rows(path, score):
    """Log-odds, labels and versions of the shown items."""
    side, name = score["version"].split(".", 1) if score.get("version") else ("", "")
    found = []
    opened = gzip.open(path, "rt") if path.endswith(".gz") else open(path)
    with opened as lines:
        for line in lines:
            session = json.loads(line)
            labels = session["feedback"][score["label"]]
            for place, index in enumerate(session["shown"]):
                features = session["candidates"][index]["features"]
                where = features if side == "item" else session["context"]
                if labels[place] is not None:
                    found.append((features[score["score"]], labels[place] > 0, where.get(name, "")))
    scores, labels, versions = zip(*found)
    numbers = np.array(scores, float)
    x = log_odds(numbers) if score.get("scale", "chance") == "chance" else numbers
    return x, np.array(labels, float), np.array(versions)


def mapped(map_, x):
    knots, slope = np.array(map_["knots"], float), map_["slope"]
    y = np.interp(x, knots[:, 0], knots[:, 1])
    y = np.where(x < knots[0, 0], knots[0, 1] + slope * (x - knots[0, 0]), y)
    return np.where(x > knots[-1, 0], knots[-1, 1] + slope * (x - knots[-1, 0]), y)


def loss(p, labels):
    p = np.clip(p, LEAST, 1 - LEAST)
    return float(-np.mean(labels * np.log(p) + (1 - labels) * np.log(1 - p)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--sessions", required=True)
    parser.add_argument("--tolerance", type=float, default=1e-3)
    options = parser.parse_args()
    with open(f"{options.checkpoint}/bundle.json") as file:
        schema = json.load(file)["sections"]["schema"]
    sound = True
    for entry in schema["calibration"]:
        score = entry["configuration"]
        x, labels, versions = rows(options.sessions, score)
        for version in entry["versions"]:
            own = versions == version["version"]
            if not own.any():
                continue
            ours = chance(mapped(version["map"], x[own]))
            head = f"{score['score']} {version['version']} {version['method']}: {own.sum()} rows"
            if version["method"] == "platt":
                theirs = _SigmoidCalibration().fit(x[own], labels[own])
                (_, intercept), slope = version["map"]["knots"][0], version["map"]["slope"]
                gap = max(abs(slope + theirs.a_), abs(intercept + theirs.b_))
                print(f"{head}; slope {slope:.6f} and {-theirs.a_:.6f}, "
                      f"intercept {intercept:.6f} and {-theirs.b_:.6f}, largest difference {gap:.1e}")
                sound &= gap <= options.tolerance
            elif version["method"] == "isotonic":
                theirs = IsotonicRegression(out_of_bounds="clip").fit(x[own], labels[own])
                print(f"{head}; log loss {loss(ours, labels[own]):.6f} and "
                      f"{loss(theirs.predict(x[own]), labels[own]):.6f}, as it came "
                      f"{loss(chance(x[own]), labels[own]):.6f}")
                if score.get("prior_rows") == 0:
                    blocks = np.unique(np.clip(theirs.y_thresholds_, LEAST, 1 - LEAST))
                    own_blocks = chance(np.array(version["map"]["knots"], float)[:, 1])
                    same = len(blocks) == len(own_blocks)
                    gap = float(np.max(np.abs(blocks - own_blocks))) if same else float("inf")
                    print(f"  {len(own_blocks)} and {len(blocks)} blocks, largest difference {gap:.1e}")
                    sound &= gap <= options.tolerance
    sys.exit(0 if sound else 1)


if __name__ == "__main__":
    main()
