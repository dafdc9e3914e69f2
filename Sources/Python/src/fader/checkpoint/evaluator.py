"""Section and tensors ``evaluator``: predicted feedback of a whole list, and with it its utilities.

The section holds ``configuration``, ``heads`` (``{"feedback", "kind": "binary" | "number", "unit"}``, and
``"slot_law": "examination"`` where places are chances to be looked at), ``slots`` (N), ``members`` and ``hash``. A member K sees the first N places of a list; its outputs
``[N, E]`` are, per place and head, a logit or a number in units:

``slots + single + share_relations * relations + share_channels * head`` with pointwise terms
(``terms``), or the head alone. The ensemble's prediction is the mean of probabilities and numbers.

====================  ======================  ==================================================
tensor                shape                   channel: what it says of the list; of each place
====================  ======================  ==================================================
(none)                                        ``sum``: the sum of encoded items [H]
``slot.*``            ``[H, s]``              ``items``: relu, side by side [N s], 0 past the end
``attention.*``       ``projection [H, 3C]``, ``attention``: queries, keys and values of ``heads`` heads
                      ``output [C, O]``       side by side; relu of the output; mean [O]; rows [O]
``recurrent.*``       see ``layers``          ``recurrent``: last state [r]; states [r]
``pairwise.weight``   ``[H, p]``              ``pairwise``: inner products of all pairs [N N]; [N]
``placed.*``          ``query, key [H, A]``,  ``placed``: additive attention over the items above
                      ``value [H, V]``        and nothing; mean [V]; rows [V]; only where named
``norm.gain, .bias``  ``[1, all summaries]``  layer normalisation (1e-5) of the summaries in this order
``trunk.K.*``                                 linear layers with relu over it: the summary [T]
``head.0.*``          ``[..., hidden]``       over the place's item, the items above and below it
                                              (zeros without), rows of attention, recurrent and
                                              pairwise, four numbers for each categorical, the one-hot
                                              place, and the summary; relu
``head.1.*``          ``[hidden, E]``         with ``head_hidden: 0`` there is ``head.0`` alone, [T, N E]
====================  ======================  ==================================================

The four numbers are the share of places above with the same known value (divided by N - 1), 1 /
distance to the last of them, whether it is right above, whether the value below is the same.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fader.checkpoint.features import EncodedRequest
from fader.checkpoint.generator import Evaluators
from fader.checkpoint.history import context
from fader.checkpoint.layers import Tensors, relu, sigmoid
from fader.checkpoint.models import inputs
from fader.checkpoint.objectives import Objectives, value
from fader.checkpoint.sides import MISSING_ROW
from fader.checkpoint.terms import CHANNELS, Member, SequentialTerms, encode

Array = NDArray[np.float32]
F = np.float32


def utilities(
    evaluators: Evaluators, objectives: Objectives, request: EncodedRequest, items: Sequence[int]
) -> Array:
    """U of a list in the objectives' own units, without pessimism: [W]."""
    predictions = predict(evaluators, request.selecting(items))
    found = []
    for objective in objectives.all:
        head = evaluators.head(objective.feedback)
        if objective.rule is not None:
            found.append(value(objective.rule, items, request.columns[objective.column]))
        elif head is None:
            found.append(0.0)
        elif objective.any:
            found.append(float(1 - np.prod(1 - np.clip(predictions[:, head], F(0), F(1)))))
        elif (onward := evaluators.head(objective.next)) is not None:
            reached = np.cumprod(np.clip(predictions[:-1, onward], F(0), F(1)), dtype=F)
            found.append(float(predictions[0, head] + (reached * predictions[1:, head]).sum(dtype=F)))
        else:
            found.append(float(predictions[:, head].sum(dtype=F)))
    return np.array(found, F)


def predict(evaluators: Evaluators, listed: EncodedRequest) -> Array:
    """Expected feedback of a list, its items being all candidates in their order: ``[n, E]``."""
    length = min(listed.candidates, evaluators.slots)
    listed = listed.selecting(range(length))
    results = []
    for tensors in evaluators.members:
        raw = _outputs(evaluators, tensors, listed)
        for h, head in enumerate(evaluators.heads):
            binary = head["kind"] == "binary"
            raw[:, h] = sigmoid(raw[:, h]) if binary else raw[:, h] * F(head["unit"])
        results.append(raw)
    return np.mean(results, 0, dtype=F)


def _outputs(evaluators: Evaluators, tensors: Tensors, listed: EncodedRequest) -> Array:
    """Raw outputs of one member, ``[n, E]``."""
    if not evaluators.pointwise:
        return _head(evaluators, tensors, listed)
    heads, schema = len(evaluators.heads), evaluators.schema
    member = Member(tensors, evaluators.configuration, schema, listed, heads)
    places = list(range(listed.candidates))
    columns = []
    corrections = None
    if member.share[CHANNELS] > 0:
        corrections = _head(evaluators, tensors, listed)
    for head in range(heads):
        terms = evaluators.sequential([member], head, listed)
        column = np.array([terms.appeal(places[:t])[t] for t in places], F)
        if terms.relations is not None:
            for t in places[:-1]:
                column[t] += terms.relations.back[t, t + 1]
        if corrections is not None:
            column = column + corrections[:, head] * member.share[CHANNELS]
        columns.append(np.array([terms.joined(t, column[t]) for t in places], F))
    return np.stack(columns, 1)


def _head(evaluators: Evaluators, own: Tensors, listed: EncodedRequest) -> Array:
    """Channels, trunk and head of one member, ``[n, E]``."""
    c, slots, schema = evaluators.configuration, evaluators.slots, evaluators.schema
    items, shared = inputs(own, schema.item, schema.user, schema.context, listed)
    # With pointwise terms the history has one of its own.
    remembered = None
    if not evaluators.pointwise:
        remembered = context(own, schema.history, items, listed.history)
    if remembered is not None:
        items = np.concatenate([items, remembered], 1)
    rows = encode(own, c, items, shared)  # [n, H]
    length = len(rows)
    chosen = c.get("channels") or ["sum", "items", "attention", "recurrent", "pairwise"]
    summaries: list[Array] = []
    around: list[Array] = []
    if "sum" in chosen:
        summaries.append(rows.sum(0, dtype=F))
    if "items" in chosen:
        summaries.append(_padded(relu(own.linear("slot", rows)), slots).reshape(-1))
    if "attention" in chosen:
        mixed = relu(own.linear("attention.output", _attention(own, rows, c.get("heads", 4))))
        summaries.append(mixed.mean(0, dtype=F))
        around.append(mixed)
    if "recurrent" in chosen:
        states: list[Array] = [np.zeros((1, own["recurrent.recurrent.weight"].shape[0]), F)]
        for t in range(length):
            states.append(own.recurrent("recurrent", rows[t : t + 1], states[-1]))
        summaries.append(states[-1][0])
        around.append(np.concatenate(states[1:]))
    if "pairwise" in chosen:
        z = _padded(own.linear("pairwise", rows), slots)
        products = z @ z.T
        summaries.append(products.reshape(-1))
        around.append(products[:length])
    if "placed" in chosen:
        seen = _above(own, rows)
        summaries.append(seen.mean(0, dtype=F))
        around.append(seen)
    x = np.concatenate(summaries)
    centred = x - x.mean(dtype=F)
    x = centred * (F(1) / np.sqrt(np.square(centred).mean(dtype=F) + F(1e-5)))
    summary = x[None, :] * own["norm.gain"] + own["norm.bias"]
    for layer in range(len(c["trunk"])):
        summary = relu(own.linear(f"trunk.{layer}", summary))
    if c.get("head_hidden", 96) == 0:
        return own.linear("head.0", summary).reshape(slots, -1)[:length]
    nothing = np.zeros((1, rows.shape[1]), F)
    parts = [rows, np.concatenate([nothing, rows[:-1]]), np.concatenate([rows[1:], nothing]), *around]
    parts += [_repetitions(listed.item.indices, slots), np.eye(slots, dtype=F)[:length]]
    parts.append(np.repeat(summary, length, 0))
    return own.linear("head.1", relu(own.linear("head.0", np.concatenate(parts, 1))))


def _padded(x: Array, slots: int) -> Array:
    """Rows of zeros behind the list's: ``[N, _]``."""
    return np.concatenate([x, np.zeros((slots - len(x), x.shape[1]), F)])


def _above(own: Tensors, rows: Array) -> Array:
    """What the items above are to each place, by additive attention over them and nothing: [n, V]."""
    query, key = own.linear("placed.query", rows), own.linear("placed.key", rows)
    value = relu(own.linear("placed.value", rows))
    seen = []
    for t in range(len(rows)):
        keys = np.concatenate([key[:t], own["placed.nothing_key"]])
        values = np.concatenate([value[:t], own["placed.nothing_value"]])
        scores = np.tanh(query[t] + keys) @ own["placed.score"][0]
        weights = np.exp(scores - scores.max())
        seen.append((weights / weights.sum(dtype=F)) @ values)
    return np.stack(seen)


def _attention(own: Tensors, rows: Array, heads: int) -> Array:
    """Scaled dot-product attention among the list's places: ``[n, C]``."""
    parts = np.split(own.linear("attention.projection", rows), 3, axis=1)
    mixed = []
    for q, k, v in zip(*(np.split(part, heads, axis=1) for part in parts)):
        scores = (q @ k.T) * (F(1) / np.sqrt(F(q.shape[1])))
        weights = np.exp(scores - scores.max(1, keepdims=True))
        mixed.append((weights / weights.sum(1, keepdims=True, dtype=F)) @ v)
    return np.concatenate(mixed, 1)


def _repetitions(categories: NDArray[np.int64], slots: int) -> Array:
    """How each place repeats what is around it: ``[n, 4 fields]``."""
    length, fields = categories.shape
    result = np.zeros((length, 4 * fields), F)
    for field in range(fields):
        own = categories[:, field]
        for t in range(length):
            if own[t] <= MISSING_ROW:
                continue
            above = np.flatnonzero(own[:t] == own[t])
            base = 4 * field
            result[t, base] = F(len(above)) / F(max(1, slots - 1))
            if len(above):
                result[t, base + 1] = F(1) / F(t - above[-1])
                result[t, base + 2] = F(t - above[-1] == 1)
            if t + 1 < length and own[t + 1] == own[t]:
                result[t, base + 3] = 1
    return result
