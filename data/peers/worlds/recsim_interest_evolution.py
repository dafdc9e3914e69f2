"""Fader in RecSim's interest evolution: worlds that Google's researchers wrote, not we.

    pip install "numpy<2" scipy scikit-learn lightgbm six gin-config absl-py "gym==0.23.1"
    pip install --no-deps recsim-no-tf
    python recsim_interest_evolution.py --fader PATH --out FOLDER

Users, videos, choices and the change of interests are RecSim's own classes with their own
constants. Two worlds are made of them:

stock    What RecSim's create_environment builds: a video has one of 20 topics, a user an interest
         in each, and one video of the list or none is chosen, in proportion to interest. Expected
         clicks do not depend on the order, and sorting by interest is the best that can be done: a
         control in which nobody can beat a good pointwise model. Expected quality of the chosen
         video (RecSim's own number; long sessions come from it) depends on what else is in the
         list, since attractive rubbish takes choices away: composition matters.
cascade  RecSim's IEvVideoSampler, IEvUserDistributionSampler and ExponentialCascadeChoiceModel:
         dense topics, videos of different length; a user reads from the top and stops at the first
         choice. Expected clicks do not depend on the order. Expected minutes watched do: a long
         video belongs above a short one that would be chosen as well.

Users come back, and after each visit their interests change as RecSim's update_state says. The
truth of a list is a closed form: the choice model's own probabilities times what a choice is worth.
The best attainable list is exact: sorting for clicks, Dinkelbach's iteration for quality in
proportion, a table over places for minutes in a cascade.
"""

import os
import warnings

import numpy as np

warnings.filterwarnings("ignore")

from recsim import choice_model  # noqa: E402
from recsim.environments import interest_evolution as recsim  # noqa: E402

import world_trial as trial  # noqa: E402

TOPICS = recsim.IEvVideo.NUM_FEATURES


class InterestEvolution:
    """A world of RecSim's users and videos."""

    def __init__(self, name, seed, arguments):
        self.name = name
        self.list_length = arguments.places
        self.offered = arguments.candidates
        self.noise, self.temperature = arguments.noise, arguments.temperature
        self.random = np.random.default_rng(seed)
        # RecSim draws choices and changes of interest from numpy's global generator.
        np.random.seed(seed)
        # Users have a seed of their own; otherwise the first of them would be like the first video.
        if name == "stock":
            videos = recsim.UtilityModelVideoSampler(seed=seed)
            self.users = recsim.UtilityModelUserSampler(
                user_ctor=recsim.IEvUserState, seed=seed + 1000)
            self.choices = choice_model.MultinomialProportionalChoiceModel
            self.number = "quality"
        else:
            videos = recsim.IEvVideoSampler(seed=seed)
            self.users = recsim.IEvUserDistributionSampler(
                user_ctor=recsim.IEvUserState, seed=seed + 1000)
            self.choices = choice_model.ExponentialCascadeChoiceModel
            self.number = "watch_time"
        self.objectives = {"click": "click", self.number: self.number}
        self.videos = [videos.sample_document() for _ in range(arguments.items)]
        self.topics = np.array([video.create_observation() for video in self.videos])
        self.worth = np.array([
            video.quality if name == "stock" else video.video_length for video in self.videos])
        self.is_new = self.random.random(len(self.videos)) < 0.15
        self.user_names = [f"interest{k}" for k in range(TOPICS)]
        self.item_categories, self.category_name = None, "topic"
        if name == "stock":
            self.item_numbers = np.zeros((len(self.videos), 0))
            self.number_names = []
            self.item_categories = self.topics.argmax(axis=1)
        else:
            self.item_numbers = np.column_stack([self.topics, self.worth])
            self.number_names = [f"topic{k}" for k in range(TOPICS)] + ["length"]
        self.model = recsim.IEvUserModel(
            self.list_length, choice_model_ctor=self.choices, seed=seed)

    def enter(self, state):
        """Lets RecSim's user model be this user."""
        self.model._user_state = state
        self.model.choice_model = self.choices(state.choice_features)

    def offer(self, state):
        """Videos for a request. The cascade refuses scores that are no probability: not offered."""
        drawn = self.random.choice(len(self.videos), 4 * self.offered, replace=False)
        if self.name == "cascade":
            limit = -np.log(state.choice_features["score_scaling"])
            drawn = drawn[self.topics[drawn] @ state.user_interests <= limit]
        return drawn[:self.offered]

    def visits(self, count, per_user, prefix):
        states = [self.users.sample_user() for _ in range(-(-count // per_user))]
        budgets = [state.time_budget for state in states]
        found = []
        # Everybody comes once, then everybody again.
        for number in range(count):
            user = number % len(states)
            state = states[user]
            # A visit is one list: the time for it is what the user came with.
            state.time_budget = budgets[user]
            self.enter(state)
            candidates = self.offer(state)
            scores = trial.noisy_scores(
                self.topics[candidates] @ state.user_interests, self.noise, self.random)
            order = np.argsort(-scores)
            candidates, scores = candidates[order], scores[order]
            shown, propensity = trial.draw_list(
                scores, self.temperature, self.list_length, self.random)
            visit = trial.Visit(
                f"{prefix}{user}", state.user_interests.copy(), candidates, scores, shown,
                propensity)
            listed = [self.videos[item] for item in candidates[shown]]
            responses = self.model.simulate_response(listed)
            clicks = np.array([float(response.clicked) for response in responses])
            numbers = [getattr(response, self.number) for response in responses]
            visit.feedback = {"click": clicks, self.number: clicks * np.array(numbers)}
            self.model.update_state(listed, responses)
            found.append(visit)
        return found

    def products(self, visit):
        """How much the user likes each topic of the video."""
        topics = self.topics[visit.candidates] * visit.user_numbers
        return topics.sum(axis=1, keepdims=True) if self.name == "stock" else topics

    def value(self, visit, items, objective):
        return np.ones(len(items)) if objective == "click" else self.worth[items]

    def truth(self, visits, lists, objective):
        """By the choice model's own probabilities."""
        state = self.users.sample_user()
        found = []
        for visit, listed in zip(visits, lists):
            items = visit.candidates[listed]
            if len(set(items)) != self.list_length:
                raise SystemExit(f"A list of {visit.user} is no list of {self.list_length} items.")
            state.user_interests = visit.user_numbers
            self.enter(state)
            choices = self.model.choice_model
            choices.score_documents(state, [self.videos[item].create_observation()
                                            for item in items])
            chances = choices.scores / (np.sum(choices.scores) + choices.score_no_click)
            found.append(chances @ self.value(visit, items, objective))
        return np.array(found)

    def best(self, visits, objective, starts):
        return [self.best_list(visit, objective) for visit in visits]

    def best_list(self, visit, objective):
        interest = self.topics[visit.candidates] @ visit.user_numbers
        value = self.value(visit, visit.candidates, objective)
        if objective == "click":
            return trial.top(interest, self.list_length)
        features = self.users.sample_user().choice_features
        if self.name == "stock":
            masses = interest - features["min_normalizer"]
            nothing = features["no_click_mass"] - features["min_normalizer"]
            ratio = 0.0
            while True:
                listed = trial.top(masses * (value - ratio), self.list_length)
                mass = masses[listed]
                new = mass @ value[listed] / (mass.sum() + nothing)
                if new <= ratio + 1e-12:
                    return listed
                ratio = new
        # Whatever the choice of videos, the longest belongs on top; so look at them by length and
        # take or leave each. table[i][m]: the best of videos i and later in m places.
        chances = (features["attention_prob"] * features["score_scaling"] * np.exp(interest))
        by_length = np.argsort(-value)
        count, places = len(by_length), self.list_length
        table = np.full((count + 1, places + 1), -np.inf)
        table[:, 0] = 0
        for i in reversed(range(count)):
            p, v = chances[by_length[i]], value[by_length[i]]
            table[i, 1:] = np.maximum(table[i + 1, 1:], p * v + (1 - p) * table[i + 1, :-1])
        listed, left = [], places
        for i in range(count):
            if left and table[i, left] > table[i + 1, left]:
                listed.append(by_length[i])
                left -= 1
        return np.array(listed)


def main():
    parser = trial.parser("Judges Fader in two worlds made of RecSim's interest evolution, by the "
                          "worlds' own truth, beside pointwise rankers trained on the same log.")
    parser.add_argument("--worlds", nargs="+", default=["stock", "cascade"],
                        choices=["stock", "cascade"], help="which worlds")
    parser.add_argument("--items", type=int, default=2000, help="videos of the world")
    parser.add_argument("--candidates", type=int, default=30, help="videos offered to a request")
    parser.add_argument("--places", type=int, default=8, help="places of a list")
    arguments = parser.parse_args()
    here = os.path.dirname(os.path.abspath(__file__))

    def world(name, seed):
        return InterestEvolution(name, seed, arguments)

    def config(name):
        return arguments.config or os.path.join(here, f"recsim_{name}.yaml")

    trial.run_trial(world, arguments.worlds, arguments, config)


if __name__ == "__main__":
    main()
