"""Trains the judge of causal sentences (crates/coding/src/causes/judge.rs) on CausalNewsCorpus V2 train.

    python training/causes.py --corpus DIR [--annotate CMD] [--features FILE] --out data/models/causal.bin

DIR holds train_subtask1.csv. The features are computed by the program itself:
`cargo run -p pipeline --example causal_features`. The dev part is never read here.
"""

import argparse
import csv
import struct
import subprocess
import sys

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict

BUCKETS = 1 << 18


def rows(corpus):
    with open(f"{corpus}/train_subtask1.csv", encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield row["index"], row["label"], " ".join(row["text"].split())


def features(args):
    if args.features:
        return open(args.features, encoding="utf-8").read()
    command = ["cargo", "run", "-q", "-p", "pipeline", "--example", "causal_features"]
    text = "".join("\t".join(row) + "\n" for row in rows(args.corpus))
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout


def matrix(content):
    labels, indices, starts = [], [], [0]
    for line in content.splitlines():
        _, label, buckets = line.split("\t")
        labels.append(int(label))
        indices += [int(b) for b in buckets.split()]
        starts.append(len(indices))
    starts = np.array(starts)
    lengths = np.maximum(np.diff(starts), 1)
    values = np.repeat(1 / np.sqrt(lengths), np.diff(starts))
    return csr_matrix((values, indices, starts), shape=(len(labels), BUCKETS)), np.array(labels)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus")
    parser.add_argument("--features")
    parser.add_argument("--c", type=float, default=30)
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    x, y = matrix(features(args))
    model = LogisticRegression(C=args.c, max_iter=2000)
    folds = StratifiedKFold(5, shuffle=True, random_state=1)
    p = cross_val_predict(model, x, y, cv=folds, method="predict_proba")[:, 1]
    for threshold in (0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
        print(f"cross-validated F1 at {threshold}: {f1_score(y, p > threshold):.4f}", file=sys.stderr)
    model.fit(x, y)
    weights = model.coef_[0]
    # The clip costs nothing: a handful of weights lie beyond it.
    limit = np.quantile(np.abs(weights[weights != 0]), 0.9995)
    scale = limit / 127
    quantised = np.clip(np.round(weights / scale), -127, 127).astype(np.int8)
    with open(args.out, "wb") as file:
        file.write(struct.pack("<ff", model.intercept_[0], scale))
        file.write(quantised.tobytes())


if __name__ == "__main__":
    main()
