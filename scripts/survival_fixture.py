"""Makes crates/analysis/tests/fixtures/survival.json: what the Python package lifelines (MIT) says of three sets of durations.

    python -m venv venv && venv/bin/pip install lifelines==0.30.3
    venv/bin/python scripts/survival_fixture.py > crates/analysis/tests/fixtures/survival.json

The sets: remission of leukaemia under 6-mercaptopurine and under placebo, weeks (Freireich et al. 1963, as in every
textbook), and durations that a small generator makes, with two kinds of end, censoring and late entry.
"""

import json
import math

import lifelines
import numpy
from lifelines import AalenJohansenFitter, KaplanMeierFitter, WeibullFitter
from lifelines.utils import median_survival_times

TREATED = [6, 6, 6, 7, 10, 13, 16, 22, 23] + [-t for t in (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def made(late):
    """Sixty durations without ties, from a linear congruential generator, so that any language can make them again."""
    state = 20251015

    def uniform():
        nonlocal state
        state = (1103515245 * state + 12345) % 2**31
        return (state + 0.5) / 2**31

    rows = []
    while len(rows) < 60:
        time = 30.0 * (-math.log(uniform())) ** (1 / 0.7)
        seen = 5.0 + 90.0 * uniform()
        kind = "a" if uniform() < 0.6 else "b"
        entry = 4.0 * uniform() if late and uniform() < 0.5 else None
        last = round(min(time, seen), 3)
        if last > 0 and (entry is None or entry < last):
            rows.append([None if entry is None else round(entry, 3), last, kind if time <= seen else None])
    return rows


def number(value):
    value = float(value)
    return value if math.isfinite(value) else None


def case(name, rows):
    times = numpy.array([t for _, t, _ in rows])
    ended = numpy.array([k is not None for _, _, k in rows])
    late = any(e is not None for e, _, _ in rows)
    entry = numpy.array([e or 0.0 for e, _, _ in rows]) if late else None
    curve = KaplanMeierFitter().fit(times, ended, entry=entry)
    bounds = curve.confidence_interval_
    steps = [
        [float(t), float(curve.survival_function_.loc[t].iloc[0]), number(bounds.loc[t].iloc[0]), number(bounds.loc[t].iloc[1])]
        for t in sorted(set(times[ended]))
    ]
    medians = median_survival_times(bounds)
    weibull = WeibullFitter().fit(times, ended, entry=entry)
    covariance = weibull.variance_matrix_
    found = {
        "name": name,
        "rows": rows,
        "survival": steps,
        "median": [number(curve.median_survival_time_), number(medians.iloc[0, 0]), number(medians.iloc[0, 1])],
        "weibull": {
            "shape": float(weibull.rho_),
            "scale": float(weibull.lambda_),
            "log_likelihood": float(weibull.log_likelihood_),
            "shape_error": math.sqrt(covariance.loc["rho_", "rho_"]),
            "scale_error": math.sqrt(covariance.loc["lambda_", "lambda_"]),
        },
        "incidence": {},
    }
    if not late and len(set(times)) == len(times):
        kinds = sorted({k for _, _, k in rows if k})
        codes = numpy.array([0 if k is None else kinds.index(k) + 1 for _, _, k in rows])
        for code, kind in enumerate(kinds, 1):
            fitted = AalenJohansenFitter().fit(times, codes, event_of_interest=code)
            share = fitted.cumulative_density_.iloc[:, 0]
            interval = fitted.confidence_interval_
            found["incidence"][kind] = [
                [float(t), float(share.loc[t]), number(interval.loc[t].iloc[0]), number(interval.loc[t].iloc[1])]
                for t in sorted(times[codes == code])
            ]
    return found


def textbook(times):
    return [[None, float(abs(t)), None if t < 0 else "relapse"] for t in times]


print(json.dumps({
    "made_by": f"scripts/survival_fixture.py, lifelines {lifelines.__version__}",
    "cases": [
        case("6-MP", textbook(TREATED)),
        case("placebo", textbook(PLACEBO)),
        case("two kinds of end", made(late=False)),
        case("late entry", made(late=True)),
    ],
}, indent=1))
