"""LambdaMART and logistic regression beside Fader's policy, by the labels of shown items.

    pip install lightgbm numpy scipy
    fader evaluate --checkpoint RUN --labels-out labels.jsonl.gz
    python labels_lightgbm.py labels.jsonl.gz

Both are fitted to the rows whose split is "train" and judged on those that were held out, by the
measures of the report's section on labels: NDCG@k, MAP over all shown items, mean label of the
chosen half, and the same with a label in slot t weighted by 1 / p_t. The policy, the logged order
and the random order are computed anew from the file, so they check the report too. Intervals are
95 % percentile bootstrap intervals over users; all methods share the draws.
"""

import argparse
import gzip
import json

import lightgbm
import numpy as np
from scipy import optimize, sparse

FLOOR = 0.1


def read(path):
    """The head, and the rows of each split, session by session."""
    opened = gzip.open(path, "rt") if path.endswith(".gz") else open(path)
    with opened as lines:
        head = json.loads(next(lines))
        splits = {"train": [], "held_out": []}
        last = None
        for line in lines:
            row = json.loads(line)
            here = (row["split"], row["session"], row["user"])
            if here != last:
                splits[row["split"]].append([])
                last = here
            splits[row["split"]][-1].append(row)
    return head, splits


def with_labels(sessions, kind):
    return [rows for rows in sessions if rows[0]["labels"][kind] is not None]


def labels_of(rows, kind):
    return np.array([row["labels"][kind] for row in rows])


def trees_matrix(head, sessions, bag_rows):
    """Numbers, categories as such, and small bags as flags: what trees can use."""
    lines = []
    for rows in sessions:
        for row in rows:
            line = row["numbers"] + row["categories"]
            for bag, field in zip(row["bags"], head["bags"]):
                if field["rows"] <= bag_rows:
                    flags = [0.0] * field["rows"]
                    for member in bag:
                        flags[member] = 1.0
                    line = line + flags
            lines.append(line)
    first = len(head["numbers"])
    return np.array(lines, dtype=float), list(range(first, first + len(head["categories"])))


def sparse_matrix(head, sessions, slots=20):
    """Numbers, one column per category and member, one per slot, and a constant."""
    data, columns, offsets = [], [], [0]
    numbers = len(head["numbers"])
    for rows in sessions:
        for row in rows:
            columns += range(numbers)
            data += row["numbers"]
            start = numbers
            for category, field in zip(row["categories"], head["categories"]):
                columns.append(start + category)
                data.append(1.0)
                start += field["rows"]
            for bag, field in zip(row["bags"], head["bags"]):
                columns += [start + member for member in bag]
                data += [1.0 / len(bag)] * len(bag)
                start += field["rows"]
            if slots:
                columns.append(start + min(row["slot"], slots) - 1)
                data.append(1.0)
            columns.append(start + slots)
            data.append(1.0)
            offsets.append(len(columns))
            width = start + slots + 1
    return sparse.csr_matrix((data, columns, offsets), shape=(len(offsets) - 1, width))


def held_users(sessions):
    """Whether each session's user is one of the fifth that settings are chosen by."""
    users = sorted({rows[0]["user"] for rows in sessions})
    held = set(users[::5])
    return np.array([rows[0]["user"] in held for rows in sessions])


def fit_logistic(matrix, labels, penalty):
    def loss(weights):
        margin = matrix @ weights
        value = np.mean(np.logaddexp(0, margin) - labels * margin)
        gradient = matrix.T @ (1 / (1 + np.exp(-margin)) - labels) / len(labels)
        shrunk = np.append(weights[:-1], 0)
        return value + penalty / 2 * shrunk @ shrunk, gradient + penalty * shrunk

    return optimize.minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B").x


def logistic(head, train, held, kind, validation):
    rows = np.repeat(validation, [len(r) for r in train])
    matrix = sparse_matrix(head, train)
    labels = np.concatenate([labels_of(r, kind) for r in train])

    def loss(weights):
        margin = matrix[rows] @ weights
        return np.mean(np.logaddexp(0, margin) - labels[rows] * margin)

    penalty = 1e-2
    if rows.any() and not rows.all():
        penalty = min(
            [1e-1, 1e-2, 1e-3, 1e-4, 1e-5],
            key=lambda p: loss(fit_logistic(matrix[~rows], labels[~rows], p)),
        )
    weights = fit_logistic(matrix, labels, penalty)
    # At an equal place: the slots' weights are left out.
    width = matrix.shape[1]
    weights[width - 21 : width - 1] = 0
    return sparse_matrix(head, held) @ weights, f"penalty {penalty:g}"


def lambdamart(head, train, held, kind, validation, depth, bag_rows, seed):
    matrix, categories = trees_matrix(head, train, bag_rows)
    labels = np.concatenate([labels_of(r, kind) for r in train]).astype(int)
    rows = np.repeat(validation, [len(r) for r in train])
    sizes = np.array([len(r) for r in train])
    model = {
        "objective": "lambdarank", "metric": "ndcg", "eval_at": [depth], "learning_rate": 0.05,
        "num_leaves": 15, "min_data_in_leaf": 50, "feature_fraction": 0.8,
        "lambda_l2": 1.0, "seed": seed, "deterministic": True, "num_threads": 2, "verbose": -1,
    }
    rounds = 100
    if rows.any() and not rows.all():
        fitted = lightgbm.Dataset(
            matrix[~rows], labels[~rows], group=sizes[~validation],
            categorical_feature=categories, free_raw_data=False)
        checked = lightgbm.Dataset(
            matrix[rows], labels[rows], group=sizes[validation], reference=fitted,
            free_raw_data=False)
        stopped = lightgbm.train(
            model, fitted, 600, valid_sets=[checked],
            callbacks=[lightgbm.early_stopping(40, verbose=False)])
        rounds = max(1, stopped.best_iteration)
    whole = lightgbm.Dataset(matrix, labels, group=sizes, categorical_feature=categories)
    trees = lightgbm.train(model, whole, rounds)
    return trees.predict(trees_matrix(head, held, bag_rows)[0]), f"{rounds} trees"


def ndcg(gains, depth):
    discounts = 1 / np.log2(np.arange(2, depth + 2))
    best = np.sort(gains)[::-1][:depth]
    got = gains[:depth]
    return got @ discounts[: len(got)] / (best @ discounts[: len(best)])


def precision(labels):
    places = np.flatnonzero(labels) + 1
    return np.mean(np.arange(1, len(places) + 1) / places)


def grades(labels, gains, order, chosen, depth):
    """NDCG, MAP and corrected NDCG (not a number where labels agree), chosen and corrected."""
    differ = labels.min() != labels.max()
    if order is None:
        n, r = len(labels), labels.sum()
        ones = 1 / np.log2(np.arange(2, min(depth, n) + 2))
        # The expectation over all orders.
        first = [
            g.mean() * ones.sum() / (np.sort(g)[::-1][:depth] @ ones[: min(depth, n)])
            for g in (labels, gains)
        ] if differ else []
        ranks = np.arange(1, n + 1)
        ap = np.sum((1 + (ranks - 1) * (r - 1) / (n - 1)) / ranks) / n if differ else 0
        order_grades = [first[0], ap, first[1]] if differ else [np.nan] * 3
        return order_grades + [labels.mean(), gains.mean()]
    listed, weighted = labels[order], gains[order]
    order_grades = (
        [ndcg(listed, depth), precision(listed), ndcg(weighted, depth)] if differ else [np.nan] * 3
    )
    return order_grades + [labels[chosen].mean(), gains[chosen].mean()]


def by_score(scores):
    order = np.argsort(-scores, kind="stable")
    return order, order[: (len(order) + 1) // 2]


def slot_rates(sessions, kind):
    longest = max(len(rows) for rows in sessions)
    sums, counts = np.zeros(longest), np.zeros(longest)
    for rows in sessions:
        for row in rows:
            sums[row["slot"] - 1] += row["labels"][kind]
            counts[row["slot"] - 1] += 1
    if sums[0] == 0:
        return np.ones(longest)
    return np.maximum(FLOOR, sums / counts / (sums[0] / counts[0]))


def table(held, kind, methods, depth, draws, seed):
    rates = slot_rates(held, kind)
    users = [rows[0]["user"] for rows in held]
    names = sorted(set(users))
    place = np.array([names.index(user) for user in users])
    values = {name: [] for name, _ in methods}
    for number, rows in enumerate(held):
        labels = labels_of(rows, kind).astype(float)
        gains = labels / rates[[row["slot"] - 1 for row in rows]]
        for name, orders in methods:
            order, chosen = orders(number, rows)
            values[name].append(grades(labels, gains, order, chosen, depth))
    values = {name: np.array(v) for name, v in values.items()}
    random = np.random.default_rng(seed)
    times = random.multinomial(len(names), [1 / len(names)] * len(names), size=draws)

    def means(v):
        known = ~np.isnan(v)
        sums = np.zeros((len(names), v.shape[1]))
        counts = np.zeros_like(sums)
        np.add.at(sums, place, np.nan_to_num(v))
        np.add.at(counts, place, known)
        with np.errstate(invalid="ignore"):
            return np.nanmean(v, axis=0), (times @ sums) / (times @ counts)

    found = {name: means(v) for name, v in values.items()}
    titles = [f"NDCG@{depth}", "MAP", f"NDCG@{depth} corr.", "chosen", "chosen corr."]
    print(f"{'method':<14}" + "".join(f"{title:>14}" for title in titles)
          + f"   lead in NDCG@{depth}")
    policy = found["policy"]
    for name, (mean, drawn) in found.items():
        lead = policy[0][0] - mean[0]
        low, high = np.nanpercentile(policy[1][:, 0] - drawn[:, 0], [2.5, 97.5])
        text = "" if name == "policy" else f"   {lead:+.3f} ({low:+.3f} to {high:+.3f})"
        print(f"{name:<14}" + "".join(f"{value:>14.3f}" for value in mean) + text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", help="what fader evaluate --labels-out wrote")
    parser.add_argument("--draws", type=int, default=1000, help="of the bootstrap")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bag-rows", type=int, default=64, help="largest bag that trees see")
    arguments = parser.parse_args()
    head, splits = read(arguments.file)
    depth = head["depth"]
    for place, kind in enumerate(head["kinds"]):
        train, held = (with_labels(splits[name], place) for name in ("train", "held_out"))
        if not held:
            print(f"{kind}: no held-out session has it")
            continue
        print(f"{kind}: {len(train)} training and {len(held)} held-out sessions")

        def policy(_, rows):
            ranks = np.array([row["rank"][place] for row in rows])
            return np.argsort(ranks), np.array([bool(row["chosen"][place]) for row in rows])

        def logged(_, rows):
            return by_score(-np.array([row["slot"] for row in rows], dtype=float))

        methods = [
            ("policy", policy), ("logged order", logged),
            ("random order", lambda *_: (None, None)),
        ]
        bounds = np.cumsum([0] + [len(rows) for rows in held])
        if train:
            validation = held_users(train)
            fits = [
                ("logistic", logistic(head, train, held, place, validation)),
                (
                    "LambdaMART",
                    lambdamart(
                        head, train, held, place, validation, depth, arguments.bag_rows,
                        arguments.seed),
                ),
            ]
            for name, (scores, about) in fits:
                print(f"{name}: {about}")

                def scored(number, _, scores=scores):
                    return by_score(scores[bounds[number] : bounds[number + 1]])

                methods.append((name, scored))
        table(held, place, methods, depth, arguments.draws, arguments.seed)


if __name__ == "__main__":
    main()
