"""A list generator and a list evaluator that see a user's history, in PyTorch: what `fader-bench peers` times beside ours.

`fader-bench peers --file Sources/Commands/fader-bench/behaviours_torch.py --exposures 50 --clicks 20`

Shapes are those of `ReferenceShape` and `BehaviourConfiguration`: requests of M = 50 candidates with 96 numbers each and
64 numbers of the request, lists of N = 10, K lists in a training step, W = 4 weights. A history has two sequences
(shown and clicked items, 4 numbers for what was done); a behaviour becomes a key and a value of 32 numbers, and each
candidate looks at them by additive attention, with one learned key that stands for nothing.

Prints one JSON object: requests a second of a generator step, lists a second of an evaluator step, and milliseconds of
a request on one thread: `serve_ms` from the start, `serve_cached_ms` with the generated layers given, and
`serve_remembering_ms` with the encoded history given, too.
"""

import argparse
import json
import statistics
import time

import torch
from torch import nn
from torch.nn import functional as F

CANDIDATES, PLACES, WEIGHTS = 50, 10, 4
ITEM, REQUEST, ACTION, LOCAL = 96, 64, 4, 8
HIDDEN, ENCODED, STATE, ATTENTION, HYPER = 200, 128, 64, 128, 64
BEHAVIOUR = 32


class Sequence(nn.Module):
    """One sequence of behaviours: encoded, and looked at by candidates."""

    def __init__(self) -> None:
        super().__init__()
        self.item, self.action = nn.Linear(ITEM, BEHAVIOUR), nn.Linear(ACTION, BEHAVIOUR)
        self.item_part, self.action_part = nn.Linear(BEHAVIOUR, BEHAVIOUR), nn.Linear(BEHAVIOUR, BEHAVIOUR)
        self.value = nn.Linear(3 * BEHAVIOUR, BEHAVIOUR)
        self.key = nn.Linear(BEHAVIOUR, BEHAVIOUR, bias=False)
        self.query = nn.Linear(ITEM, BEHAVIOUR)
        self.score = nn.Parameter(0.3 * torch.randn(BEHAVIOUR))
        self.slope = nn.Parameter(torch.tensor(-1.0))
        self.nothing = nn.Parameter(0.1 * torch.randn(2, BEHAVIOUR))

    def encode(self, items, actions, ages):
        """[B, S, ...] -> keys and values [B, S + 1, 32] and what the ages count [B, 1, S + 1]."""
        item, action = F.relu(self.item(items)), F.relu(self.action(actions))
        both = torch.cat([item, action, self.item_part(item) * self.action_part(action)], -1)
        nothing = self.nothing[:, None, None].expand(2, len(items), 1, BEHAVIOUR)
        keys = torch.cat([self.key(item), nothing[0]], 1)
        values = torch.cat([F.relu(self.value(both)), nothing[1]], 1)
        return keys, values, F.pad(self.slope * ages, (0, 1))[:, None]

    def forward(self, candidates, encoded):
        """What the history says of each candidate: [B, M, 32]."""
        keys, values, ages = encoded
        together = torch.tanh(self.query(candidates)[:, :, None] + keys[:, None])
        return torch.bmm(F.softmax(together @ self.score + ages, -1), values)


class History(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.sequences = nn.ModuleList([Sequence(), Sequence()])

    def encode(self, history):
        return [own.encode(*behaviours) for own, behaviours in zip(self.sequences, history)]

    def forward(self, candidates, encoded):
        return torch.cat([own(candidates, e) for own, e in zip(self.sequences, encoded)], -1)


class Generator(nn.Module):
    """Encodes candidates as a set and points at one after the other; its last layers depend on the weights."""

    PARTS = [ATTENTION, ATTENTION, LOCAL * ATTENTION, STATE * ATTENTION, STATE * STATE, STATE]

    def __init__(self) -> None:
        super().__init__()
        self.history = History()
        self.encoder = nn.Sequential(
            nn.Linear(ITEM + REQUEST + 2 * BEHAVIOUR, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, ENCODED)
        )
        self.pool, self.key = nn.Linear(ENCODED, STATE), nn.Linear(ENCODED, ATTENTION, bias=False)
        self.cell = nn.GRUCell(ENCODED, STATE)
        self.first = nn.Parameter(torch.zeros(ENCODED))
        self.hyper = nn.Sequential(nn.Linear(WEIGHTS, HYPER), nn.ReLU(), nn.Linear(HYPER, sum(self.PARTS)))

    def layers(self, weights):
        return self.hyper(weights)

    def forward(self, items, request, shop, layers, lists: int, draws: bool, encoded):
        count = len(items)
        v, b, local_weights, query_weights, start, start_bias = torch.split(layers, self.PARTS, -1)
        shared = request[:, None].expand(-1, CANDIDATES, -1)
        e = self.encoder(torch.cat([items, shared, self.history(items, encoded)], -1))
        keys = (self.key(e) + b[:, None])[:, None]
        pooled = F.relu(self.pool(e.mean(1)))[:, None]
        state = torch.bmm(pooled, start.view(count, STATE, STATE)).squeeze(1) + start_bias
        state = state.repeat_interleave(lists, 0)
        local_weights = local_weights.view(count, 1, LOCAL, ATTENTION)
        query_weights = query_weights.view(count, STATE, ATTENTION)
        last = self.first.expand(count * lists, ENCODED)
        placed = torch.zeros(count, lists, CANDIDATES, dtype=torch.bool)
        local = torch.zeros(count, lists, CANDIDATES, LOCAL)
        picks, log_probability, entropy = [], 0.0, 0.0
        for _ in range(PLACES):
            state = self.cell(last, state)
            query = torch.bmm(state.view(count, lists, STATE), query_weights)[:, :, None]
            hidden = F.relu(keys + query + local @ local_weights)
            logits = (hidden @ v[:, None, :, None]).squeeze(-1).masked_fill(placed, -1e9)
            log = F.log_softmax(logits, -1)
            if draws:
                pick = torch.multinomial(log.exp().flatten(0, 1), 1).view(count, lists, 1)
            else:
                pick = log.argmax(-1, keepdim=True)
            log_probability = log_probability + log.gather(2, pick).squeeze(2)
            entropy = entropy - (log.exp() * log).sum(-1)
            placed = placed.scatter(2, pick, True)
            last = e.gather(1, pick.expand(-1, -1, ENCODED)).flatten(0, 1)
            same = shop[:, None] == shop.gather(1, pick.squeeze(2))[..., None]
            local = local + 0.1 * same[..., None]
            picks.append(pick)
        return torch.cat(picks, 2), log_probability, entropy


class Evaluator(nn.Module):
    """Five looks at a list of items that know what the history says of them; a logit for each place."""

    WIDTH = ITEM + REQUEST + 2 * BEHAVIOUR

    def __init__(self) -> None:
        super().__init__()
        self.history = History()
        self.item, self.wide = nn.Linear(self.WIDTH, 16), nn.Linear(self.WIDTH, 128)
        self.attention = nn.MultiheadAttention(128, 8, batch_first=True)
        self.attended = nn.Linear(128, 256)
        self.recurrent = nn.GRU(self.WIDTH, 64, batch_first=True)
        looks = self.WIDTH + 16 * PLACES + 256 + 64 + PLACES * PLACES
        self.trunk = nn.Sequential(nn.LayerNorm(looks), nn.Linear(looks, 512), nn.ReLU(), nn.Linear(512, 256),
                                   nn.ReLU(), nn.Linear(256, 128), nn.ReLU(), nn.Linear(128, PLACES))

    def inputs(self, items, request, history):
        """Candidates as the looks see them: [B, M, 224]."""
        shared = request[:, None].expand(-1, items.shape[1], -1)
        return torch.cat([items, shared, self.history(items, self.history.encode(history))], -1)

    def forward(self, x):
        wide = self.wide(x)
        seen = self.attention(wide, wide, wide, need_weights=False)[0]
        return self.trunk(torch.cat([
            x.sum(1), F.relu(self.item(x)).flatten(1), F.relu(self.attended(seen)).mean(1),
            self.recurrent(x)[0][:, -1], torch.bmm(x, x.transpose(1, 2)).flatten(1)], -1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in [("threads", 2), ("batch", 64), ("lists", 8), ("rounds", 15), ("exposures", 50), ("clicks", 20)]:
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--compile", action="store_true")
    options = parser.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(options.threads)
    batch, lists = options.batch, options.lists
    generator, evaluator = Generator(), Evaluator()
    of_generator = torch.optim.Adam(generator.parameters(), 1e-3)
    of_evaluator = torch.optim.Adam(evaluator.parameters(), 1e-3)
    write, judge = (torch.compile(generator), torch.compile(evaluator)) if options.compile else (generator, evaluator)

    items, request = torch.randn(batch, CANDIDATES, ITEM), torch.randn(batch, REQUEST)
    shop = torch.randint(0, 12, (batch, CANDIDATES))
    history = [
        (torch.randn(batch, n, ITEM), torch.randn(batch, n, ACTION), torch.rand(batch, n))
        for n in (options.exposures, options.clicks)
    ]
    clicked = torch.randint(0, 2, (batch, PLACES)).float()

    def generator_step() -> None:
        weights = torch.distributions.Dirichlet(torch.full((WEIGHTS,), 0.5)).sample((batch,))
        picks, log_probability, entropy = write(
            items, request, shop, generator.layers(weights), lists, True, generator.history.encode(history))
        with torch.no_grad():
            seen = evaluator.inputs(items, request, history)
            chosen = seen.gather(1, picks.flatten(1)[..., None].expand(-1, -1, seen.shape[-1]))
            chosen = chosen.view(batch * lists, PLACES, -1)
            reward = torch.sigmoid(judge(chosen)).sum(-1).view(batch, lists)
            torch.sigmoid(judge(seen[:, :PLACES].contiguous()))
            others = (reward.sum(1, keepdim=True) - reward) / (lists - 1)
        loss = -((reward - others) * log_probability).mean() - 0.01 * entropy.mean()
        of_generator.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(generator.parameters(), 1.0)
        of_generator.step()

    def evaluator_step() -> None:
        logits = judge(evaluator.inputs(items[:, :PLACES].contiguous(), request, history))
        of_evaluator.zero_grad()
        F.binary_cross_entropy_with_logits(logits, clicked).backward()
        of_evaluator.step()

    def median(work, rounds: int) -> float:
        times = []
        for _ in range(3):
            work()
        for _ in range(rounds):
            start = time.perf_counter()
            work()
            times.append(time.perf_counter() - start)
        return statistics.median(times)

    figures = {"torch": torch.__version__, "threads": options.threads, "compiled": options.compile}
    figures["generator_requests_per_s"] = batch / median(generator_step, options.rounds)
    figures["evaluator_lists_per_s"] = batch / median(evaluator_step, options.rounds)
    torch.set_num_threads(1)
    own = items[:1], request[:1], shop[:1]
    past = [tuple(part[:1] for part in sequence) for sequence in history]
    weights = torch.rand(1, WEIGHTS)
    with torch.no_grad():
        layers, kept = generator.layers(weights), generator.history.encode(past)
        rounds = 10 * options.rounds
        figures["serve_ms"] = 1e3 * median(
            lambda: write(*own, generator.layers(weights), 1, False, generator.history.encode(past)), rounds)
        figures["serve_cached_ms"] = 1e3 * median(
            lambda: write(*own, layers, 1, False, generator.history.encode(past)), rounds)
        figures["serve_remembering_ms"] = 1e3 * median(lambda: write(*own, layers, 1, False, kept), rounds)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
