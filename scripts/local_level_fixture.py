"""Makes crates/analysis/tests/fixtures/local_level.json: local-level fits by the PyPI package statsmodels, to hold ours against.

    python -m venv venv && venv/bin/pip install statsmodels==0.15.0
    venv/bin/python scripts/local_level_fixture.py > crates/analysis/tests/fixtures/local_level.json

Three series: the Nile's yearly volume at Aswan 1871-1970 (from statsmodels' data sets, public domain); the same without
1891-1910 and 1931-1950 (Durbin and Koopman 2012, section 2.7); and a made series of 60 values with gaps and unequal
weights and a step in the middle. For each: variances of greatest likelihood, diffuse log-likelihood, smoothed level with
its variance, and t-statistics of irregulars and of steps.
"""

import json
import sys

import numpy as np
import scipy.optimize
import statsmodels
import statsmodels.api as sm


class LocalLevel(sm.tsa.statespace.MLEModel):
    """A local level whose irregular has the variance of weight one, divided by the weight."""

    def __init__(self, values, weights):
        super().__init__(values, k_states=1, k_posdef=1)
        self["design", 0, 0] = 1.0
        self["transition", 0, 0] = 1.0
        self["selection", 0, 0] = 1.0
        self.ssm["obs_cov"] = np.ones((1, 1, len(values)))
        self.weights = weights
        self.ssm.initialize_diffuse()

    def update(self, params, **kwargs):
        self.ssm["obs_cov"] = (params[0] / self.weights)[None, None, :]
        self["state_cov", 0, 0] = params[1]


def fitted(name, values, weights):
    model = LocalLevel(values, weights)
    spread = float(np.nanvar(values))
    minus = lambda logs: -model.loglike(np.exp(logs) * spread)
    starts = [(a, b) for a in (-3.0, -0.5) for b in (-5.0, -2.0, -0.5)]
    options = {"xatol": 1e-10, "fatol": 1e-13, "maxiter": 9000}
    found = [scipy.optimize.minimize(minus, s, method="Nelder-Mead", options=options) for s in starts]
    best = min(found, key=lambda f: f.fun)
    params = np.exp(best.x) * spread
    smoothed = model.smooth(params)
    if name == "nile":
        # Its own ready-made model, for the variances alone.
        ready = sm.tsa.UnobservedComponents(values, "llevel", use_exact_diffuse=True)
        own = ready.fit(disp=0, method="nm", maxiter=5000, xtol=1e-10, ftol=1e-13).params
        assert np.allclose(own, params, rtol=1e-3), (own, params)
    result = smoothed.smoother_results
    r = result.scaled_smoothed_estimator[0]
    n = result.scaled_smoothed_estimator_cov[0, 0]
    # At t it has what the values after t say against the level in t: a step from bin t to the next.
    steps = [r[t] / np.sqrt(n[t]) if n[t] > 0 else None for t in range(len(values))]
    assert np.allclose(result.smoothed_state_disturbance[0], params[1] * r)
    irregular = result.smoothed_measurement_disturbance[0]
    spreads = params[0] / weights - result.smoothed_measurement_disturbance_cov[0, 0]
    return {
        "name": name,
        "values": [None if np.isnan(v) else v for v in values],
        "weights": list(map(float, weights)),
        "irregular_variance": params[0],
        "level_variance": params[1],
        "log_likelihood": float(model.loglike(params)),
        "level": list(result.smoothed_state[0]),
        "level_variance_of_bins": list(result.smoothed_state_cov[0, 0]),
        "irregular_t": [None if np.isnan(v) else float(e / np.sqrt(s)) for v, e, s in zip(values, irregular, spreads)],
        "step_t": steps,
    }


nile = sm.datasets.nile.load_pandas().data["volume"].to_numpy(float)
gaps = nile.copy()
gaps[20:40] = np.nan
gaps[60:80] = np.nan
random = np.random.default_rng(20)
made = np.round(np.cumsum(random.normal(0, 0.15, 60)) + random.normal(0, 0.8, 60) + 2.0 * (np.arange(60) >= 33), 3)
weights = random.integers(1, 9, 60).astype(float)
made[[5, 6, 17, 31, 32, 50]] = np.nan
series = [fitted("nile", nile, np.ones(100)), fitted("nile_with_gaps", gaps, np.ones(100)), fitted("made", made, weights)]
rounded = lambda x: float(f"{x:.9g}") if isinstance(x, float) else x
for s in series:
    for key, value in s.items():
        s[key] = [rounded(v) for v in value] if isinstance(value, list) else rounded(value)
json.dump({"statsmodels": statsmodels.__version__, "series": series}, sys.stdout, indent=None)
print()
