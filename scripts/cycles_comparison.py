"""Fits the events that `cycles_speed` wrote with hawkeslib, tick and hawkes-rs, on one thread; prints seconds and likelihoods.

    cargo run --release -p analysis --example cycles_speed /tmp/cycles
    python3 -m venv /tmp/others && /tmp/others/bin/pip install hawkes-rs tick hawkeslib
    OMP_NUM_THREADS=1 /tmp/others/bin/python scripts/cycles_comparison.py /tmp/cycles

Each is installed by itself if one of them fails; what is not installed is said and left out. hawkes-rs has one decay for all
streams; tick takes the decay as given (1, the mean of the true ones); hawkeslib fits both. Log-likelihoods are those of the fitted
parameters under one formula, ours, so that they can be compared. Ours has a decay for each stream that is excited.
"""

import csv
import importlib.util
import sys
import time

import numpy as np


def read(path):
    with open(path) as lines:
        span = float(next(lines).lstrip("# "))
        events = {}
        for stream, at in csv.reader(lines):
            events.setdefault(int(stream), []).append(float(at))
    return [np.array(events[stream]) for stream in sorted(events)], span


def log_likelihood(events, span, baseline, branching, decay):
    """Of constant baselines and one decay; branching[i][j] is what j brings to i."""
    times = np.concatenate(events)
    streams = np.concatenate([np.full(len(own), i) for i, own in enumerate(events)])
    order = np.argsort(times, kind="stable")
    times, streams = times[order].tolist(), streams[order].tolist()
    n = len(events)
    left, last, total = np.zeros(n), 0.0, 0.0
    for at, stream in zip(times, streams):
        left *= np.exp(-decay * (at - last))
        total += np.log(baseline[stream] + decay * branching[stream] @ left)
        left[stream] += 1.0
        last = at
    brought = np.array([np.sum(-np.expm1(-decay * (span - own))) for own in events])
    return total - span * np.sum(baseline) - np.sum(branching @ brought)


def hawkes_rs(events, span):
    from hawkes import multivariate, univariate

    if len(events) == 1:
        start = time.perf_counter()
        fit = univariate.fit(events[0], horizon=span)
        seconds = time.perf_counter() - start
        p = fit.parameters
        return seconds, np.array([p.baseline]), np.array([[p.excitation]]), p.decay
    start = time.perf_counter()
    fit = multivariate.fit(events, horizon=span)
    seconds = time.perf_counter() - start
    return seconds, fit.parameters.baseline, fit.parameters.excitation, fit.parameters.decay


def tick(events, span):
    from tick.hawkes import HawkesExpKern

    learner = HawkesExpKern(1.0, gofit="least-squares", penalty="none")
    start = time.perf_counter()
    learner.fit(events)
    seconds = time.perf_counter() - start
    return seconds, learner.baseline, np.clip(learner.adjacency, 0.0, None), 1.0


def hawkeslib(events, span):
    from hawkeslib import MultivariateExpHawkesProcess, UnivariateExpHawkesProcess

    if len(events) == 1:
        process = UnivariateExpHawkesProcess()
        start = time.perf_counter()
        process.fit(events[0], T=span)
        seconds = time.perf_counter() - start
        mu, alpha, theta = process.get_params()
        return seconds, np.array([mu]), np.array([[alpha]]), theta
    times = np.concatenate(events)
    streams = np.concatenate([np.full(len(own), i) for i, own in enumerate(events)])
    order = np.argsort(times, kind="stable")
    process = MultivariateExpHawkesProcess()
    start = time.perf_counter()
    process.fit(times[order], streams[order], T=span)
    seconds = time.perf_counter() - start
    mu, alpha, theta = process.get_params()
    # There, alpha[i][j] is what i brings to j.
    return seconds, mu, np.asarray(alpha).T, theta


def main():
    for name in ["one", "five"]:
        events, span = read(f"{sys.argv[1]}/{name}.csv")
        print(f"{name}: {sum(map(len, events))} events in {span:.0f} days")
        for package, module, fit in [
            ("hawkes-rs", "hawkes", hawkes_rs),
            ("tick", "tick", tick),
            ("hawkeslib", "hawkeslib", hawkeslib),
        ]:
            if importlib.util.find_spec(module) is None:
                print(f"  {package}: not installed")
                continue
            try:
                seconds, baseline, branching, decay = fit(events, span)
            except Exception as error:  # what another's program cannot do is told, not mended
                print(f"  {package}: failed: {error}")
                continue
            value = log_likelihood(events, span, np.asarray(baseline), np.asarray(branching), decay)
            print(f"  {package}: {seconds:.3f} s, log-likelihood {value:.4f}", flush=True)


if __name__ == "__main__":
    main()
