"""Fader on the synthetic slates of the Open Bandit Pipeline: worlds that ZOZO's researchers wrote.

    pip install "numpy<2" scipy scikit-learn pandas lightgbm tqdm pyyaml mypy_extensions
    pip install --no-deps "obp==0.4.1"
    python obp_slates.py --fader PATH --out FOLDER

The law of clicks is obp's own, with its own constants: SyntheticSlateBanditDataset with
logistic_reward_function, in which each action has a base value that depends on the user's five
numbers, and what stands in the other places changes it. The worlds:

cascade_additive   every action above adds its own amount to an action's log-odds, by a random
                   symmetric matrix of standard deviation 5: good company and bad company
cascade_decay      the log-odds of the actions above are subtracted, the nearest most: an action
                   shines below a dull one
standard_additive, standard_decay
                   the same with all other places, not only those above
(obp's "independent" is left out: in 0.4.1 every action of it is clicked with chance 1/2.)

Clicks then go through obp's click model: pbm, where place k is looked at with chance 1/k; cascade,
where a click at a place lowers all further chances; or none.

A request offers 20 of 30 actions. Everybody sees the action's number as a category, a noisy
upstream score of the base value, a flag, and the user's five numbers. The truth of a list is its
expected number of clicks: obp's reward function, then all 2^5 patterns of clicks of the click model
(obp's own ground truth takes means in place of patterns, which is not quite the same). The best
attainable list comes from local search on the truth: single places are exchanged as long as that
helps, from the best of all lists compared and from random ones; a lower bound, but a close one.
"""

import os
import sys
import types
import warnings

import numpy as np

import world_trial as trial

warnings.filterwarnings("ignore")


class Hollow(types.ModuleType):
    """A module whose every name is an empty class."""

    __path__ = []

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})


def import_obp():
    """Imports obp's datasets; without torch, which obp asks for and its datasets do not use."""
    names = ["torch", "torch.nn", "torch.optim", "torch.utils", "torch.utils.data"]
    try:
        import torch  # noqa: F401
        names = []
    except ImportError:
        for name in names:
            sys.modules[name] = Hollow(name)
            if "." in name:
                above, last = name.rsplit(".", 1)
                setattr(sys.modules[above], last, sys.modules[name])
    from obp import dataset
    for name in names:
        del sys.modules[name]
    return dataset


obp = import_obp()

WORLDS = ["cascade_additive", "cascade_decay", "standard_additive", "standard_decay"]
USER_NUMBERS = 5


class Slates:
    """A world of obp's synthetic slates."""

    objectives = {"click": "click"}

    def __init__(self, name, seed, arguments):
        self.name = name
        self.list_length, self.offered = arguments.places, arguments.candidates
        self.noise, self.temperature = arguments.noise, arguments.temperature
        self.seed = seed
        self.random = np.random.default_rng(seed)
        self.law = obp.SyntheticSlateBanditDataset(
            n_unique_action=arguments.actions, len_list=arguments.places,
            dim_context=USER_NUMBERS, reward_type="binary", reward_structure=name,
            click_model=None if arguments.click_model == "none" else arguments.click_model,
            eta=1.0, base_reward_function=obp.logistic_reward_function, random_state=seed)
        self.is_new = self.random.permutation(arguments.actions) < round(0.2 * arguments.actions)
        self.item_numbers, self.number_names = np.zeros((arguments.actions, 0)), []
        self.item_categories, self.category_name = np.arange(arguments.actions), "action"
        self.user_names = [f"x{k}" for k in range(USER_NUMBERS)]

    def base(self, users):
        """Log-odds of each action by itself, users x actions."""
        value = obp.logistic_reward_function(
            context=users, action_context=self.law.action_context, random_state=self.seed)
        return np.log(value / (1 - value))

    def chances(self, users, actions):
        """obp's chance of a click on each place once it is looked at, without the click model."""
        return np.array(self.law.reward_function(
            context=users, action_context=self.law.action_context, action=actions.reshape(-1),
            action_interaction_weight_matrix=self.law.action_interaction_weight_matrix,
            base_reward_function=obp.logistic_reward_function, reward_type="binary",
            reward_structure=self.name, len_list=self.list_length,
            random_state=self.seed), dtype=float)

    def expected(self, users, actions):
        """Expected clicks of lists of actions: the sum over all patterns of clicks."""
        looked = self.chances(users, actions) * self.law.exam_weight
        weights, factors = np.ones((len(actions), 1)), np.ones((len(actions), 1))
        clicks = np.zeros(len(actions))
        for place in range(self.list_length):
            click = factors * looked[:, [place]]
            clicks += (weights * click).sum(axis=1)
            if place + 1 < self.list_length:
                after = self.law.attractiveness[place + 1]
                weights = np.concatenate([weights * click, weights * (1 - click)], axis=1)
                factors = np.concatenate([factors * after, factors], axis=1)
        return clicks

    def visits(self, count, per_user, prefix):
        users = self.random.normal(size=(-(-count // per_user), USER_NUMBERS))
        base = self.base(users)
        found = []
        for number in range(count):
            user = number % len(users)
            candidates = self.random.permutation(len(self.is_new))[:self.offered]
            scores = trial.noisy_scores(base[user, candidates], self.noise, self.random)
            order = np.argsort(-scores)
            candidates, scores = candidates[order], scores[order]
            shown, propensity = trial.draw_list(
                scores, self.temperature, self.list_length, self.random)
            found.append(trial.Visit(
                f"{prefix}{user}", users[user], candidates, scores, shown, propensity))
        clicks = self.law.sample_reward_given_expected_reward(
            self.chances(*self.matrices(found, [visit.shown for visit in found])))
        for visit, row in zip(found, clicks):
            visit.feedback = {"click": row.astype(float)}
        return found

    def matrices(self, visits, lists):
        actions = np.array([visit.candidates[listed] for visit, listed in zip(visits, lists)])
        if any(len(set(row)) != self.list_length for row in actions):
            raise SystemExit("A list has an action twice.")
        return np.array([visit.user_numbers for visit in visits]), actions

    def products(self, visit):
        """Each user number for each action: with them a logistic regression is obp's base law."""
        one_hot = np.eye(len(self.is_new))[visit.candidates]
        return (one_hot[:, :, None] * visit.user_numbers).reshape(len(one_hot), -1)

    def truth(self, visits, lists, objective):
        return self.expected(*self.matrices(visits, lists))

    def best(self, visits, objective, starts):
        """Local search on the truth, from the best list of each request and from random ones."""
        values = np.array([self.truth(visits, lists, objective) for lists in starts])
        first = [starts[best][row] for row, best in enumerate(values.argmax(axis=0))]
        random = [
            [self.random.permutation(self.offered)[:self.list_length] for _ in visits]
            for _ in range(3)]
        found = [self.climb(visits, np.array(start)) for start in [first] + random]
        best = np.argmax([value for _, value in found], axis=0)
        return [found[winner][0][row] for row, winner in enumerate(best)]

    def climb(self, visits, lists):
        users = np.repeat([visit.user_numbers for visit in visits], self.offered, axis=0)
        candidates = np.array([visit.candidates for visit in visits])
        value = self.truth(visits, lists, "click")
        rows = np.arange(len(visits))
        while True:
            before = value.copy()
            for place in range(self.list_length):
                # Every candidate at this place; one that stands elsewhere changes places.
                tried = np.repeat(lists[:, None], self.offered, axis=1)
                for index in range(self.offered):
                    elsewhere = lists == index
                    tried[:, index][elsewhere] = lists[elsewhere.any(axis=1), place]
                    tried[:, index, place] = index
                actions = candidates[rows[:, None, None], tried]
                values = self.expected(users, actions.reshape(-1, self.list_length))
                values = values.reshape(len(visits), self.offered)
                best = values.argmax(axis=1)
                better = values[rows, best] > value + 1e-9
                lists[better] = tried[rows, best][better]
                value = np.maximum(value, values[rows, best])
            if np.all(value <= before + 1e-9):
                return lists, value


def main():
    parser = trial.parser("Judges Fader on the Open Bandit Pipeline's synthetic slates, by the "
                          "worlds' own truth, beside pointwise rankers trained on the same log.")
    parser.add_argument("--worlds", nargs="+", default=["cascade_additive", "cascade_decay"],
                        choices=WORLDS, help="obp's reward structures")
    parser.add_argument("--click-model", default="pbm", choices=["none", "pbm", "cascade"],
                        help="how readers look at the list")
    parser.add_argument("--actions", type=int, default=30, help="actions of the world, at most 127")
    parser.add_argument("--candidates", type=int, default=20,
                        help="actions offered to a request")
    parser.add_argument("--places", type=int, default=5, help="places of a list")
    arguments = parser.parse_args()
    here = os.path.dirname(os.path.abspath(__file__))

    def world(name, seed):
        return Slates(name, seed, arguments)

    def config(name):
        return arguments.config or os.path.join(here, "obp_slates.yaml")

    trial.run_trial(world, arguments.worlds, arguments, config)


if __name__ == "__main__":
    main()
