"""Lists of an exported ONNX graph, run by onnxruntime, beside those of ``fader rank``.

    pip install onnxruntime numpy ./Sources/Python
    fader export --checkpoint RUN --onnx model.onnx
    python data/peers/onnx_lists.py --fader fader --checkpoint RUN/checkpoints/best --onnx model.onnx --sessions FILE

Requests are those of a session file, each with weights of its own; the features are encoded by the
Python package, which reads the checkpoint's schema. Prints how many lists are equal place by place,
how many places differ, and the time of a run on one thread.
"""

import argparse
import gzip
import json
import subprocess
import time

import numpy as np
import onnxruntime

from fader.checkpoint.features import Schema
from fader.checkpoint.files import CheckpointFiles
from fader.checkpoint.history import read_history
from fader.checkpoint.sides import read_features


def sessions(path, count):
    opened = gzip.open(path, "rt") if path.endswith(".gz") else open(path)
    with opened as lines:
        for number, line in enumerate(lines):
            if number == count:
                return
            yield json.loads(line)


def encode(schema, session):
    """A request's inputs as the graph names them."""
    features = [(item["id"], read_features(item.get("features"), "")) for item in session["candidates"]]
    user = session["user"]
    encoded = schema.encode(
        features, (user["id"], read_features(user.get("features"), "")),
        read_features(session.get("context"), ""), read_history(session.get("history")),
    )
    feeds = {}

    def side(name, encoded, layout):
        feeds[f"{name}_numbers"] = encoded.numbers
        feeds[f"{name}_indices"] = encoded.indices
        for field, bag in zip(layout.section["bags"], encoded.bags):
            rows = 2 + (field["vocabulary"].get("buckets") or len(field["vocabulary"]["values"]))
            shares = np.zeros((len(bag), rows), np.float32)
            for row, values in enumerate(bag):
                for value in values:
                    shares[row, value] += 1 / len(values)
            feeds[f"{name}_bag_{field['name']}"] = shares

    side("item", encoded.item, schema.item)
    side("user", encoded.user, schema.user)
    side("context", encoded.context, schema.context)
    feeds["columns"] = np.stack(encoded.columns) if encoded.columns else np.zeros(
        (0, len(features)), np.float32
    )
    for (sequence, action), history in zip(schema.history.sequences, encoded.history):
        name = f"watched_{sequence['name']}"
        side(name, history.item, schema.item)
        side(f"{name}_action", history.action, action)
        feeds[f"{name}_ages"] = history.ages
    return feeds


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--fader", required=True, help="the program fader")
    parser.add_argument("--checkpoint", required=True, help="the folder that was exported")
    parser.add_argument("--onnx", required=True)
    parser.add_argument("--sessions", required=True)
    parser.add_argument("--requests", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    files = CheckpointFiles(options.checkpoint)
    schema = Schema(files.section("schema"))
    objectives = [entry["name"] for entry in files.section("objectives")]
    random = np.random.default_rng(options.seed)
    asked, feeds = [], []
    wanted = None
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = 1
    graph = onnxruntime.InferenceSession(options.onnx, settings, ["CPUExecutionProvider"])
    wanted = {entry.name for entry in graph.get_inputs()}
    for number, session in enumerate(sessions(options.sessions, options.requests)):
        w = random.dirichlet(np.ones(len(objectives))).astype(np.float32)
        size = min(10, len(session["candidates"]))
        asked.append({
            "request_id": f"q{number}", "user": session["user"], "context": session.get("context", {}),
            "items": session["candidates"], "history": session.get("history", []), "size": size,
            "weights": {name: float(x) for name, x in zip(objectives, w)},
        })
        own = encode(schema, session)
        count = len(session["candidates"])
        own["weights"] = w / w.sum()
        own["excluded"] = np.zeros((size, count), np.float32)
        own["noise"] = np.zeros((size, count), np.float32)
        feeds.append({name: value for name, value in own.items() if name in wanted})
    lines = "\n".join(json.dumps(body) for body in asked)
    ranked = subprocess.run(
        [options.fader, "rank", "--checkpoint", options.checkpoint], input=lines, text=True,
        capture_output=True, check=True,
    ).stdout.splitlines()
    equal = places = differing = 0
    seconds = []
    for answer, own in zip(ranked, feeds):
        expected = [item["index"] for item in json.loads(answer)["items"]]
        begin = time.perf_counter()
        found = graph.run(["order"], own)[0].tolist()
        seconds.append(time.perf_counter() - begin)
        equal += found == expected
        places += len(expected)
        differing += sum(a != b for a, b in zip(found, expected))
    print(f"{equal} of {len(feeds)} lists are equal; {differing} of {places} places differ")
    print(f"onnxruntime {onnxruntime.__version__}: median {1000 * float(np.median(seconds)):.3f} ms a list")


if __name__ == "__main__":
    main()
