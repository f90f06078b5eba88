"""Fits the weights of a claim's confidence (crates/coding/src/confidence.rs) to judged claims.

    annalist read --no-store --format jsonl ARTICLES.jsonl > claims.jsonl
    python training/confidence.py --claims claims.jsonl --judged eval/gold/judged_*.tsv --out data/models/confidence.tsv

ARTICLES.jsonl holds the judged articles, each with its name as `id`. A judged claim counts where the program still
prints one of that kind and type from the same words on; two verdicts on one claim count half each. A table that
is left out here measures what the weights are worth (`annalist eval confidence`).
"""

import argparse
import csv
import json
import sys

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, log_loss
from sklearn.model_selection import GroupKFold

MARKS = ("type_and_parties", "type_and_parties_one", "type_and_parties_two")


def standing(parties):
    if any(p["id"] for p in parties):
        return "known"
    if any(p["sectors"] for p in parties):
        return "of a sector"
    return "words alone" if parties else "none"


def signs(claim):
    """The same names as `signs` in confidence.rs."""
    kind = claim["kind"]
    found = ["always", kind]
    if kind in ("event", "tie"):
        found.append(f"{kind} {claim['type']}")
    if kind == "statement" and claim["quote"]["direct"]:
        found.append("statement direct")
    if kind in ("event", "tie", "statement"):
        found.append("actor " + standing(claim["actor"]))
    if kind in ("event", "tie"):
        found.append("recipient " + standing(claim["recipient"]))
        if any(e["low"] is not None or e["high"] is not None for e in claim["effects"]):
            found.append("effect counted")
        if claim["status"] != "occurred":
            found.append("not occurred")
    if any(p["lat"] is not None for p in claim["places"]):
        found.append("place known")
    if claim["time"] and claim["time"]["from"]:
        found.append("time known")
    if claim["asserter"]:
        found.append("sourced")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", required=True)
    parser.add_argument("--judged", nargs="+", required=True)
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    printed = {}
    for line in open(args.claims, encoding="utf-8"):
        claim = json.loads(line)
        key = (claim["source_id"], claim["evidence"]["span"][0], claim["kind"], claim["type"] or "-")
        printed.setdefault(key, claim)
    rows, marks, weights, groups = [], [], [], []
    for path in args.judged:
        for row in csv.DictReader(open(path, encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
            claim = printed.get((row["article"], int(row["start"]), row["kind"], row["type"]))
            given = [int(row[m]) for m in MARKS if row.get(m)]
            if claim is None or not given:
                continue
            for mark in given:
                rows.append(signs(claim))
                marks.append(mark)
                weights.append(1 / len(given))
                groups.append(row["article"])
    names = sorted({name for row in rows for name in row})
    x = np.array([[name in row for name in names] for row in rows], float)
    y, w = np.array(marks), np.array(weights)
    print(f"{w.sum():.0f} claims, {(y * w).sum() / w.sum():.3f} of them right", file=sys.stderr)
    # A type is told by few claims: its weight is drawn to nothing ten times as hard as that of its kind.
    scale = np.array([0.3 if name.startswith(("event ", "tie ")) else 1.0 for name in names])
    best = None
    for c in (0.05, 0.1, 0.2, 0.4, 0.8, 1.6):
        guess = np.zeros(len(y))
        for fit, held in GroupKFold(8).split(x, y, groups):
            model = LogisticRegression(C=c, fit_intercept=False, max_iter=2000)
            model.fit(x[fit] * scale, y[fit], sample_weight=w[fit])
            guess[held] = model.predict_proba(x[held] * scale)[:, 1]
        loss = log_loss(y, guess, sample_weight=w)
        brier = brier_score_loss(y, guess, sample_weight=w)
        print(f"C {c}: cross-validated log loss {loss:.4f}, Brier {brier:.4f}", file=sys.stderr)
        if best is None or loss < best[0]:
            best = (loss, c)
    model = LogisticRegression(C=best[1], fit_intercept=False, max_iter=2000).fit(x * scale, y, sample_weight=w)
    with open(args.out, "w", encoding="utf-8") as out:
        out.write("# What speaks for and against a claim, as log odds (training/confidence.py; fitted to eval/gold/judged_*.tsv).\n")
        for name, weight in zip(names, model.coef_[0] * scale):
            out.write(f"{name}\t{weight:.3f}\n")


if __name__ == "__main__":
    main()
