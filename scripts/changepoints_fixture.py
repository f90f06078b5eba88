"""Makes crates/analysis/tests/fixtures/changepoints.json: series of our own making and the change points that ruptures finds.

    python3 -m venv venv && venv/bin/pip install ruptures==1.1.10 numpy
    venv/bin/python scripts/changepoints_fixture.py > crates/analysis/tests/fixtures/changepoints.json

Some minutes, since Pelt is slow. A case: series, cost, penalty, min_size, jump, and `changes`: the positions at which a
segment other than the first starts; none where ruptures says that the series is too short.
"""

import json
import sys

import numpy as np
import ruptures as rpt
from ruptures.base import BaseCost
from ruptures.exceptions import BadSegmentationParameters

SEED = 20260101


class CostPoisson(BaseCost):
    """The negative log-likelihood of counts without the logarithms of factorials."""

    model = "poisson"
    min_size = 1

    def fit(self, signal):
        self.signal = signal.reshape(-1, 1)
        self.upto = np.concatenate([[0.0], np.cumsum(signal)])
        return self

    def error(self, start, end):
        total = self.upto[end] - self.upto[start]
        return total - total * np.log(total / (end - start)) if total > 0 else 0.0


def changes(series, cost, penalty, min_size, jump):
    how = {"custom_cost": CostPoisson()} if cost == "poisson" else {"model": "l2"}
    search = rpt.Pelt(min_size=min_size, jump=jump, **how).fit(np.array(series, dtype=float))
    try:
        return search.predict(penalty)[:-1]
    except BadSegmentationParameters:
        return []


def steps(rng, n, levels, shortest):
    """A level for each of n points, changing now and then."""
    out = []
    while len(out) < n:
        out += [rng.choice(levels)] * int(rng.integers(shortest, max(shortest + 1, n // 3 + 2)))
    return np.array(out[:n], dtype=float)


def length(rng, i):
    """Mostly short, as Pelt takes a square of the points; every tenth some hundreds."""
    return int(rng.integers(300, 900)) if i % 10 == 9 else int(rng.integers(1, 200))


def counts(rng):
    """Counts: many zeros, steps, bursts, slopes, constants, large ones."""
    for i in range(100):
        n = length(rng, i)
        match i % 5:
            case 0:
                yield "many zeros", rng.poisson(steps(rng, n, [0, 0.05, 0.2, 0.5, 2], 5))
            case 1:
                yield "steps", rng.poisson(steps(rng, n, [0.5, 1, 3, 8, 20, 60], 8))
            case 2:
                level = steps(rng, n, [0.5, 2, 6, 15], 10)
                yield "overdispersed", rng.poisson(rng.gamma(0.8, level / 0.8))
            case 3:
                yield "slope", rng.poisson(np.linspace(0, rng.integers(1, 30), n))
            case 4:
                few = rng.random(n) < 0.03
                yield "bursts", rng.poisson(np.where(few, rng.integers(20, 200), 1.0))
    for n in [1, 2, 3, 7, 50, 211]:
        yield "all zero", np.zeros(n, dtype=int)
        yield "constant", np.full(n, 4)
    yield "large", rng.poisson(steps(rng, 150, [1e6, 1.2e6, 5e8], 20))
    yield "two thousand", rng.poisson(np.repeat([2, 5, 1, 9, 3, 12, 2, 0.3, 4, 1], 200))


def numbers(rng):
    """Any numbers: steps in noise, slopes, waves, constants, huge and tiny ones, steps without noise."""
    for i in range(90):
        n = length(rng, i)
        match i % 6:
            case 0:
                yield "steps", np.round(rng.normal(steps(rng, n, [-3, 0, 1, 2, 5], 6)), 3)
            case 1:
                yield "slope", np.round(np.linspace(0, 5, n) + rng.normal(0, 0.5, n), 3)
            case 2:
                yield "wave", np.round(3 * np.sin(np.arange(n) / 9) + rng.normal(0, 0.7, n), 3)
            case 3:
                yield "heavy tails", np.round(steps(rng, n, [0, 4], 10) + rng.standard_t(2, n), 3)
            case 4:
                yield "walk", np.round(np.cumsum(rng.normal(0, 1, n)), 3)
            case 5:
                yield "noise", np.round(rng.normal(0, 1, n), 3)
    for n in [1, 2, 5, 64, 150]:
        yield "constant", np.full(n, 0.1)
        yield "step without noise", np.repeat([1.5, -2.25], [n, n + 3])
        yield "straight line", np.arange(n, dtype=float)
    yield "huge", np.round(rng.normal(steps(rng, 200, [1e9, 1e9 + 20, -1e9], 20)), 3)
    yield "far from zero", np.round(1e7 + rng.normal(steps(rng, 200, [0, 3, 6], 20)), 3)
    yield "tiny", 1e-6 * np.round(rng.normal(steps(rng, 150, [0, 2, 5], 20)), 3)
    yield "two thousand", np.round(rng.normal(np.repeat([0, 2, -1, 4, 1, 6, 2, 0, 3, 1], 200)), 2)


def settings(rng, i):
    # One jump in eight is over 1; ruptures would by itself take 5.
    return int(rng.choice([1, 2, 2, 3, 5, 10])), int(rng.choice([2, 5, 7])) if i % 8 == 7 else 1


def cases():
    rng = np.random.default_rng(SEED)
    for i, (name, series) in enumerate(counts(rng)):
        min_size, jump = settings(rng, i)
        n = len(series)
        penalties = {"poisson": max(np.log(n), 0.5) * rng.choice([0.3, 1, 1, 2, 5])}
        if i % 3 == 0:
            penalties["l2"] = max(2 * np.var(series) * np.log(n), 0.5) * rng.choice([0.1, 0.3, 1])
        for cost, penalty in penalties.items():
            yield name, cost, round(float(penalty), 3), min_size, jump, [int(x) for x in series]
    for i, (name, series) in enumerate(numbers(rng)):
        min_size, jump = settings(rng, i)
        spread = np.var(np.diff(series)) / 2 if len(series) > 2 else 1.0
        penalty = max(2 * spread * np.log(len(series)), 1e-12) * rng.choice([0.3, 1, 1, 3])
        yield name, "l2", float(f"{penalty:.4g}"), min_size, jump, [float(x) for x in series]


made = []
for name, cost, penalty, min_size, jump, series in cases():
    made.append({
        "name": name,
        "cost": cost,
        "penalty": penalty,
        "min_size": min_size,
        "jump": jump,
        "changes": changes(series, cost, penalty, min_size, jump),
        "series": series,
    })
    print(len(made), name, len(series), len(made[-1]["changes"]), file=sys.stderr)
head = {"ruptures": rpt.__version__, "numpy": np.__version__, "seed": SEED}
lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in made)
print(json.dumps(head)[:-1] + ', "cases": [\n' + lines + "\n]}")
