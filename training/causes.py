"""Trains the tagger of causes (crates/text/src/network/causes.rs) on CausalNewsCorpus V2 train.

    python causes.py --shared ../../shared/data --encoder DIR --out ../crates/text/model [--program CMD] [--cv]

The encoder of `model.safetensors` stays as it is: `reference.py` runs it once over the corpus, in 8 bits as the program
does, and only the small head learns, some minutes on one core.  Words and sentences are the program's own
(`annalist inspect --stage annotated`).  `--cv` prints five-fold scores and writes nothing.  The dev part is never
read here.

Writes `causes.safetensors` and `causes.golden.json` (what PyTorch makes of sentences of our own, for the crate's tests).
"""

import argparse
import csv
import json
import os
import pathlib
import random
import re
import subprocess
import tempfile

import numpy as np
import torch
from safetensors.numpy import save_file
from torch import nn
from torch.nn import functional as F

import data
import train
from export import GOLDEN, quantised
from reference import Reference

LAYERS = ("upos", "feats", "lemma", "rel", "ner")
# Words that carry no meaning of their own in a signal of several.
LIGHT = {"AUX", "DET", "PUNCT", "ADV", "CCONJ", "PRON"}
SIZE = 32  # of a head of attention
OWN = [
    "The raids sparked protests in the capital , where police fired tear gas .",
    "Trade fell because the crossing had been closed after the shelling .",
    "The minister arrived in Doha on Sunday .",
]


class Tagger(nn.Module):
    """States of words (768) to: the sentence's logit, each word's logit as cause, effect, signal (the first two only
    teach the layer), and scores of ends."""

    def __init__(self, width=128, inner=256, pointer=64, drop_in=0.3, drop=0.2):
        super().__init__()
        self.input, self.input_norm = nn.Linear(768, width), nn.LayerNorm(width, eps=1e-12)
        self.query_key_value, self.attention = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.attention_norm, self.outer_norm = nn.LayerNorm(width, eps=1e-12), nn.LayerNorm(width, eps=1e-12)
        self.inner, self.outer = nn.Linear(width, inner), nn.Linear(inner, width)
        self.share, self.sentence = nn.Linear(width, 1), nn.Linear(3 * width, 1)
        self.tags = nn.Linear(width, 3)
        self.asks, self.offers, self.own = nn.Linear(width, 4 * pointer), nn.Linear(width, 4 * pointer), nn.Linear(width, 4)
        self.pointer, self.drop_in, self.drop = pointer, drop_in, drop

    def forward(self, x, mask):
        drop = lambda h: F.dropout(h, self.drop, self.training)
        h = drop(self.input_norm(F.gelu(self.input(F.dropout(x, self.drop_in, self.training)))))
        batch, rows, width = h.shape
        q, k, v = self.query_key_value(h).view(batch, rows, 3, width // SIZE, SIZE).permute(2, 0, 3, 1, 4)
        looked = F.scaled_dot_product_attention(q, k, v, attn_mask=mask[:, None, None, :])
        h = self.attention_norm(h + drop(self.attention(looked.transpose(1, 2).reshape(batch, rows, width))))
        h = self.outer_norm(h + drop(self.outer(F.gelu(self.inner(h)))))
        shares = self.share(h).squeeze(-1).masked_fill(~mask, -1e4).softmax(-1)
        most = h.masked_fill(~mask[..., None], -1e4).max(1).values
        sentence = self.sentence(drop(torch.cat([h[:, 0], (h * shares[..., None]).sum(1), most], -1))).squeeze(-1)
        h = drop(h)
        ends = lambda layer: layer(h).view(batch, rows, 4, self.pointer)
        return sentence, self.tags(h), (ends(self.asks), ends(self.offers), self.own(h))

    def ends(self, parts, sentence, signal, mask):
        """Scores of every word as each end, for signals (row 0: none) of sentences of a batch."""
        asks, offers, own = parts
        scores = torch.einsum("rfd,rwfd->rfw", asks[sentence, signal], offers[sentence]) / self.pointer**0.5
        allowed = mask[sentence].clone()
        allowed[:, 0] = False
        return (scores + own[sentence].transpose(1, 2)).masked_fill(~allowed[:, None, :], -1e4)


# ---- the corpus


def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def untokenised(text):
    """As `coding::causes::score::untokenised`."""
    text = text.strip()
    for old, new in ((" ,", ","), (" .", "."), (" ;", ";"), (" :", ":"), (" ?", "?"), (" !", "!"), ("( ", "("), (" )", ")"),
                     (" 's", "'s"), (" ’s", "’s"), (" n't", "n't"), (" n’t", "n’t"), ("`` ", '"'), (" ''", '"'),
                     ("“ ", "“"), (" ”", "”"), (" %", "%"), ("$ ", "$")):
        text = text.replace(old, new)
    return text


def signs(text):
    return re.sub(r"[\s\ufeff\u200b-\u200f\u2060\u00ad\x00-\x1f\x7f-\x9f]", "", text)


def annotated(texts, program):
    """The program's sentences of each text, words with their tags; None where it reads otherwise."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "corpus.jsonl"
        path.write_text("".join(json.dumps({"id": str(i), "text": t}) + "\n" for i, t in enumerate(texts)))
        # An item in another language is skipped, which the program tells by its exit code.
        out = subprocess.run([*program, "inspect", "--stage", "annotated", str(path)], capture_output=True, text=True).stdout
    groups = []
    for line in out.splitlines():
        if line.startswith("# sent_id"):
            if line.endswith("-1"):
                groups.append([])
            groups[-1].append([])
        elif line[:1].isdigit():
            fields = line.split("\t")
            groups[-1][-1].append((fields[1], fields[3]))
    by_signs = {signs("".join(w for part in group for w, _ in part)): group for group in groups}
    return [by_signs.get(signs(t)) for t in texts]


def marked(text):
    """Ranges of cause, effect and signals in a sentence marked with tags, counted in signs."""
    at, opened, found = 0, {}, {"ARG0": [], "ARG1": [], "SIG": []}
    for part in re.split(r"(</?(?:ARG0|ARG1|SIG\d*)>)", text):
        tag = re.fullmatch(r"<(/?)(ARG0|ARG1|SIG)(\d*)>", part)
        if not tag:
            at += len(signs(part))
        elif tag[1]:
            found[tag[2]].append((opened[tag[2] + tag[3]], at))
        else:
            opened[tag[2] + tag[3]] = at
    return found


def relations(texts, words, offset):
    """Marked relations that lie in one sentence, as rows of it (row 0 being the root): ends and signal."""
    places, at = [], offset
    for word, _ in words:
        places.append((at, at + len(signs(word))))
        at += len(signs(word))
    out = []
    for text in texts:
        found = marked(text)
        inside = lambda name: [i + 1 for i, (a, b) in enumerate(places) for c, d in found[name] if a < d and b > c]
        cause, effect, signal = inside("ARG0"), inside("ARG1"), sorted(inside("SIG"))
        if cause and effect:
            weighty = [i for i in signal if words[i - 1][1] not in LIGHT]
            out.append((cause[0], cause[-1], effect[0], effect[-1], (weighty or signal or [0])[0]))
    return out


def corpus(folder, program, states):
    """Sentences of the train part: item, states of their words, the item's label, relations."""
    items = rows(folder / "train_subtask1.csv")
    pairs = {}
    for row in rows(folder / "train_subtask2.csv"):
        pairs.setdefault(f"{row['doc_id']}_{row['sent_id']}", []).append(row["text_w_pairs"])
    out = []
    for number, (item, parts) in enumerate(zip(items, annotated([untokenised(r["text"]) for r in items], program))):
        offset = 0
        for words in parts or []:
            found = relations(pairs.get(item["index"], []), words, offset)
            offset += sum(len(signs(w)) for w, _ in words)
            # A part of a causal item that holds no relation teaches nothing about its label.
            weight = float(item["label"] == "0" or len(parts) == 1 or bool(found))
            out.append({"item": number, "x": states([w for w, _ in words]), "label": int(item["label"]),
                        "weight": weight, "relations": found})
    return out


# ---- training


def collate(sentences):
    rows = max(len(s["x"]) for s in sentences)
    x = torch.zeros(len(sentences), rows, 768)
    mask = torch.zeros(len(sentences), rows, dtype=torch.bool)
    tags = torch.zeros(len(sentences), rows, 3)
    where, signal, ends = [], [], []
    for i, s in enumerate(sentences):
        x[i, : len(s["x"])], mask[i, : len(s["x"])] = s["x"].float(), True
        for a, b, c, d, word in s["relations"]:
            tags[i, a : b + 1, 0] = tags[i, c : d + 1, 1] = 1
            if word:
                tags[i, word, 2] = 1
            where.append(i)
            signal.append(word)
            ends.append((a, b, c, d))
    label = torch.tensor([[s["label"], s["weight"]] for s in sentences])
    return x, mask, tags, label, torch.tensor(where), torch.tensor(signal), torch.tensor(ends)


def fit(sentences, epochs, rate, seed, batch=32):
    torch.manual_seed(seed)
    rng = random.Random(seed)
    tagger = Tagger()
    optimiser = torch.optim.AdamW(tagger.parameters(), lr=rate, weight_decay=0.01)
    step, steps = 0, epochs * -(-len(sentences) // batch)
    binary = F.binary_cross_entropy_with_logits
    for _ in range(epochs):
        tagger.train()
        order = sentences[:]
        rng.shuffle(order)
        near = [sorted(order[i : i + 8 * batch], key=lambda s: len(s["x"])) for i in range(0, len(order), 8 * batch)]
        batches = [part[i : i + batch] for part in near for i in range(0, len(part), batch)]
        rng.shuffle(batches)
        for part in batches:
            x, mask, tags, label, where, signal, ends = collate(part)
            sentence, words, parts = tagger(x, mask)
            loss = (binary(sentence, label[:, 0], reduction="none") * label[:, 1]).mean()
            real = mask.clone()
            real[:, 0] = False
            loss = loss + binary(words[real], tags[real])
            if len(where):
                scores = tagger.ends(parts, where, signal, mask)
                loss = loss + 0.5 * F.cross_entropy(scores.reshape(-1, scores.shape[-1]), ends.reshape(-1))
            step += 1
            optimiser.param_groups[0]["lr"] = rate * min(1, step / (0.1 * steps)) * max(0.0, 1 - step / steps)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(tagger.parameters(), 1.0)
            optimiser.step()
    return tagger.eval()


def sides(scores):
    """The best two rows of words that share none: ends of the cause and of the effect."""
    best, chosen = -np.inf, None
    first_a, last_a, first_b, last_b = torch.log_softmax(scores, -1).numpy()[:, 1:]
    row = lambda first, last, low, high: max(
        ((first[i] + last[j], i, j) for i in range(low, high) for j in range(i, high)), default=(-np.inf, 0, 0))
    for cut in range(1, len(first_a)):
        for swap in (False, True):
            left, right = ((first_b, last_b), (first_a, last_a)) if swap else ((first_a, last_a), (first_b, last_b))
            l, r = row(*left, 0, cut), row(*right, cut, len(first_a))
            if l[0] + r[0] > best:
                cause, effect = (r, l) if swap else (l, r)
                best, chosen = l[0] + r[0], (cause[1] + 1, cause[2] + 1, effect[1] + 1, effect[2] + 1)
    return chosen, best


def cross_validate(sentences, settings, used):
    numbers = sorted({s["item"] for s in sentences})
    random.Random(7).shuffle(numbers)
    said, truth, ends, signals = {}, {}, [0, 0, 0], [0, 0, 0]
    overlap = lambda a, b: max(0, min(a[1], b[1]) - max(a[0], b[0]) + 1) / (max(a[1], b[1]) - min(a[0], b[0]) + 1)
    for fold in range(used):
        held = set(numbers[fold::5])
        tagger = fit([s for s in sentences if s["item"] not in held], **settings)
        for s in sentences:
            if s["item"] not in held:
                continue
            with torch.no_grad():
                x, mask, *_ = collate([s])
                sentence, words, parts = tagger(x, mask)
                said[s["item"]] = max(said.get(s["item"], 0), sentence.sigmoid().item())
                truth[s["item"]] = s["label"]
                found = {i for i in range(1, len(s["x"])) if words[0, i, 2] > 0}
                gold = {r[4] for r in s["relations"] if r[4]}
                for i, n in enumerate((len(found & gold), len(found), len(gold))):
                    signals[i] += n
                for a, b, c, d, word in s["relations"]:
                    if word and len(s["x"]) < 80:
                        (e, f, g, h), _ = sides(tagger.ends(parts, torch.tensor([0]), torch.tensor([word]), mask)[0])
                        for x1, y1 in (((a, b), (e, f)), ((c, d), (g, h))):
                            ends[0] += x1 == y1
                            ends[1] += overlap(x1, y1) >= 0.5
                            ends[2] += 1
    for bar in (0.3, 0.35, 0.4, 0.45, 0.5):
        right = sum(said[i] > bar and truth[i] for i in said)
        print(f"sentence F1 at {bar}: {2 * right / (sum(p > bar for p in said.values()) + sum(truth.values())):.4f}")
    print(f"signals F1: {2 * signals[0] / (signals[1] + signals[2]):.3f}")
    print(f"sides of a given signal: exact {ends[0] / ends[2]:.3f}, half shared {ends[1] / ends[2]:.3f}", flush=True)


# ---- the weights


def weights(tagger):
    out = {}

    def dense(name, weight, bias):
        weight, bias = weight.detach().numpy(), bias.detach().numpy()
        out[f"{name}.weight"], out[f"{name}.scale"] = quantised(weight.T)
        out[f"{name}.bias"] = bias

    def row(name, layer, which=0):
        out[name] = torch.cat([layer.weight[which], layer.bias[which : which + 1]]).detach().numpy()

    dense("input", tagger.input.weight, tagger.input.bias)
    width = tagger.attention.weight.shape[0]
    # The query carries the scale.
    scale = torch.ones(3 * width, 1)
    scale[:width] = SIZE**-0.5
    dense("layer.query_key_value", tagger.query_key_value.weight * scale, tagger.query_key_value.bias * scale[:, 0])
    for name in ("attention", "inner", "outer"):
        layer = getattr(tagger, name)
        dense(f"layer.{name}", layer.weight, layer.bias)
    for name, norm in (("input_norm", tagger.input_norm), ("layer.attention_norm", tagger.attention_norm), ("layer.outer_norm", tagger.outer_norm)):
        out[f"{name}.weight"], out[f"{name}.bias"] = norm.weight.detach().numpy(), norm.bias.detach().numpy()
    row("share", tagger.share)
    row("sentence", tagger.sentence)
    row("signal", tagger.tags, 2)
    ends = (tagger.asks, tagger.offers, tagger.own)
    dense("ends", torch.cat([layer.weight for layer in ends]), torch.cat([layer.bias for layer in ends]))
    return {k: np.ascontiguousarray(v) for k, v in out.items()}


def golden(tagger, states):
    out = []
    for text in OWN + GOLDEN[:3]:
        words = text.split(" ")
        with torch.no_grad():
            x, mask, *_ = collate([{"x": states(words), "label": 0, "weight": 0.0, "relations": []}])
            sentence, tags, parts = tagger(x, mask)
            found = []
            for i in range(1, len(words) + 1):
                probability = tags[0, i, 2].sigmoid().item()
                if probability > 0.4:
                    (a, b, c, d), fit = sides(tagger.ends(parts, torch.tensor([0]), torch.tensor([i]), mask)[0])
                    found.append({"signal": i - 1, "probability": round(probability, 3), "cause": [a - 1, b],
                                  "effect": [c - 1, d], "fit": round(float(np.exp(fit)), 3)})
        out.append({"words": words, "probability": round(sentence.sigmoid().item(), 3), "relations": found})
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", required=True, help="folder of the evaluation data")
    parser.add_argument("--encoder", required=True, help="folder of the encoder (vocab.txt)")
    parser.add_argument("--out", required=True, help="folder of the text model")
    parser.add_argument("--program", default="cargo run -q -p cli --", help="how to call annalist")
    parser.add_argument("--cv", action="store_true", help="print cross-validated scores instead")
    parser.add_argument("--folds", type=int, default=5, help="how many of the five folds to use")
    parser.add_argument("--cache", help="file that keeps the encoder's states")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    torch.set_num_threads(1)
    out = pathlib.Path(args.out)
    pieces = data.WordPieces(pathlib.Path(args.encoder) / "vocab.txt")
    network = Reference(out / "model.safetensors")

    def states(words):
        item = train.encode({"words": words}, pieces, {k: {} for k in LAYERS})
        return torch.from_numpy(network.states(item)[0]).half()

    if args.cache and os.path.exists(args.cache):
        sentences = torch.load(args.cache)
    else:
        folder = pathlib.Path(args.shared) / "coding/causal_news/data/V2"
        sentences = corpus(folder, args.program.split(), states)
        if args.cache:
            torch.save(sentences, args.cache)
    settings = {"epochs": args.epochs, "rate": args.rate, "seed": args.seed}
    if args.cv:
        cross_validate(sentences, settings, args.folds)
        return
    tagger = fit(sentences, **settings)
    save_file(weights(tagger), out / "causes.safetensors")
    (out / "causes.golden.json").write_text(json.dumps(golden(tagger, states), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
