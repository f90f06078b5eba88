"""Trains the text model: `python train.py --shared ../shared/data --encoder DIR --out DIR`.

One joint loss over all layers; a layer that a corpus lacks is masked.  A part of the sentences is
upper-cased, lower-cased or headline-cased each epoch, so that the heads do not lean on case alone.
Writes `model.pt` (weights, label lists) and `log.jsonl` (development scores by epoch).
"""

import argparse
import json
import pathlib
import random
import time
from collections import Counter

import torch
from torch.nn.functional import cross_entropy

import data
from model import TextModel

UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
NER = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"]
IGNORE = -100


def label_lists(sentences):
    feats, rules, rels = Counter(), Counter(), Counter()
    for s in sentences:
        feats.update(s["feats"])
        rels.update(s["rel"])
        rules.update(data.lemma_rule(w, l) for w, l in zip(s["words"], s["lemma"]))
    keep = lambda counter, least: [k for k, n in counter.most_common() if n >= least]
    return {"upos": UPOS, "feats": keep(feats, 3), "lemma": keep(rules, 3), "rel": keep(rels, 1), "ner": NER}


def cased(words, rng, augment):
    """The words in another casing, sometimes; lemma rules stay those of the original words."""
    if not augment:
        return words, False
    dice = rng.random()
    if dice < 0.06:
        return [w.upper() for w in words], True
    if dice < 0.12:
        return [w.lower() for w in words], True
    if dice < 0.15:
        return [w[:1].upper() + w[1:] for w in words], True
    return words, False


def encode(sentence, pieces, labels, rng=None):
    augment = rng is not None
    words, changed = cased(sentence["words"], rng, augment)
    ids, shapes, first, last = [101], [0], [], []
    for i, word in enumerate(words):
        part = pieces(word)
        first.append(len(ids))
        ids += part
        shapes += [data.shape(word, i == 0)] * len(part)
        last.append(len(ids) - 1)
    ids.append(102)
    shapes.append(0)
    if augment:  # word-piece dropout
        ids = [103 if 0 < i < len(ids) - 1 and rng.random() < 0.06 else p for i, p in enumerate(ids)]
    out = {"ids": ids, "shapes": shapes, "first": first, "last": last}
    look = lambda layer, values: [labels[layer].get(v, IGNORE) for v in values]
    count = len(words)
    none = [IGNORE] * count
    has_tree = "head" in sentence
    out["upos"] = look("upos", sentence["upos"]) if has_tree else none
    out["feats"] = look("feats", sentence["feats"]) if has_tree else none
    rules = has_tree and [data.lemma_rule(w, l) for w, l in zip(sentence["words"], sentence["lemma"])]
    out["lemma"] = look("lemma", rules) if has_tree else none
    if has_tree and changed:  # a rule that keeps the word's case cannot be told once case is gone
        out["lemma"] = [IGNORE if r.startswith("^") else l for r, l in zip(rules, out["lemma"])]
    out["head"] = sentence["head"] if has_tree else none
    out["rel"] = look("rel", sentence["rel"]) if has_tree else none
    out["ner"] = look("ner", sentence["ner"]) if "ner" in sentence else none
    return out


def collate(items):
    length = max(len(i["ids"]) for i in items)
    count = max(len(i["first"]) for i in items)
    pad = lambda key, size, value: torch.tensor([i[key] + [value] * (size - len(i[key])) for i in items])
    batch = {k: pad(k, length, 0) for k in ("ids", "shapes")}
    batch["mask"] = (torch.arange(length)[None] < torch.tensor([len(i["ids"]) for i in items])[:, None]).long()
    for key in ("first", "last"):
        batch[key] = pad(key, count, 0)
    for key in ("upos", "feats", "lemma", "head", "rel", "ner"):
        batch[key] = pad(key, count, IGNORE)
    batch["words"] = torch.tensor([len(i["first"]) for i in items])
    return batch


def batches(items, tokens, rng):
    order = sorted(range(len(items)), key=lambda i: (len(items[i]["ids"]) + rng.random() * 4))
    groups, group, longest = [], [], 0
    for i in order:
        longest = max(longest, len(items[i]["ids"]))
        if group and longest * (len(group) + 1) > tokens:
            groups.append(group)
            group, longest = [], len(items[i]["ids"])
        group.append(i)
    groups.append(group)
    rng.shuffle(groups)
    return [collate([items[i] for i in g]) for g in groups]


def masked_arcs(arcs, words):
    """Arc scores with padding heads and self-loops removed; column 0 is the root."""
    width = arcs.shape[1]
    heads = torch.arange(width + 1)[None, :]
    arcs = arcs.masked_fill((heads > words[:, None])[:, None, :], -1e9)
    self_loop = torch.arange(width)[:, None] + 1 == heads
    return arcs.masked_fill(self_loop[None], -1e9)


def loss_of(model, batch, weights):
    out = model(batch["ids"], batch["shapes"], batch["mask"], batch["first"], batch["last"])
    losses = {}
    for layer in ("upos", "feats", "lemma", "ner"):
        if (batch[layer] != IGNORE).any():
            losses[layer] = cross_entropy(out[layer].float().flatten(0, 1), batch[layer].flatten(), ignore_index=IGNORE)
    if (batch["head"] != IGNORE).any():
        arcs = masked_arcs(out["arcs"].float(), batch["words"])
        losses["arc"] = cross_entropy(arcs.flatten(0, 1), batch["head"].flatten(), ignore_index=IGNORE)
        heads = batch["head"].clamp(min=0)
        rel = model.relations_at(out["rel_dep"], out["rel_head"], heads)
        losses["rel"] = cross_entropy(rel.float().flatten(0, 1), batch["rel"].flatten(), ignore_index=IGNORE)
    return sum(weights[k] * v for k, v in losses.items())


def name_spans(tags):
    spans, start = set(), None
    for i, tag in enumerate(tags + ["O"]):
        if start is not None and not (tag.startswith("I-") and tag[2:] == tags[start][2:]):
            spans.add((start, i, tags[start][2:]))
            start = None
        if tag.startswith("B-") or (tag.startswith("I-") and start is None):
            start = i
    return spans


@torch.no_grad()
def evaluate(model, sentences, pieces, lists, labels):
    model.eval()
    right, total = Counter(), 0
    names = Counter()
    for begin in range(0, len(sentences), 32):
        group = sentences[begin:begin + 32]
        batch = collate([encode(s, pieces, labels) for s in group])
        out = model(batch["ids"], batch["shapes"], batch["mask"], batch["first"], batch["last"])
        heads = masked_arcs(out["arcs"], batch["words"]).argmax(-1)
        rels = model.relations_at(out["rel_dep"], out["rel_head"], heads).argmax(-1)
        for i, s in enumerate(group):
            n = len(s["words"])
            total += n
            pick = lambda layer: [lists[layer][k] for k in out[layer][i, :n].argmax(-1).tolist()]
            right["upos"] += sum(a == b for a, b in zip(pick("upos"), s["upos"]))
            right["feats"] += sum(a == b for a, b in zip(pick("feats"), s["feats"]))
            right["lemma"] += sum(data.apply_lemma_rule(r, w) == l for r, w, l in zip(pick("lemma"), s["words"], s["lemma"]))
            good = [a == b for a, b in zip(heads[i, :n].tolist(), s["head"])]
            right["uas"] += sum(good)
            right["las"] += sum(g and lists["rel"][k] == r for g, k, r in zip(good, rels[i, :n].tolist(), s["rel"]))
            if "ner" in s:
                found, gold = name_spans(pick("ner")), name_spans(s["ner"])
                names["tp"] += len(found & gold)
                names["found"] += len(found)
                names["gold"] += len(gold)
    scores = {k: round(v / total, 4) for k, v in right.items()}
    precision, recall = names["tp"] / max(1, names["found"]), names["tp"] / max(1, names["gold"])
    scores["ner"] = round(2 * precision * recall / max(1e-9, precision + recall), 4)
    return scores


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared", required=True)
    parser.add_argument("--encoder", required=True, help="folder of MiniLM-L6-H384 (config.json, model.safetensors, vocab.txt)")
    parser.add_argument("--out", required=True)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--resume", help="a model.pt to go on from, with a fresh schedule")
    parser.add_argument("--name-weight", type=float, default=0.6)
    parser.add_argument("--names-share", type=float, default=0.5, help="share of the names-only sentences seen each epoch")
    parser.add_argument("--stop-after", type=int, help="end after so many epochs of the schedule")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    rng = random.Random(args.seed)
    out = pathlib.Path(args.out)
    out.mkdir(parents=True, exist_ok=True)

    trees, names = data.training_set(args.shared)
    development = data.development_set(args.shared)
    lists = label_lists(trees)
    labels = {k: {v: i for i, v in enumerate(values)} for k, values in lists.items()}
    pieces = data.WordPieces(pathlib.Path(args.encoder) / "vocab.txt")
    print({k: len(v) for k, v in lists.items()}, len(trees), "trees", len(names), "with names only", flush=True)

    model = TextModel(args.encoder, {k: len(v) for k, v in lists.items()})
    if args.resume:
        model.load_state_dict(torch.load(args.resume)["weights"])
    # Word embeddings stay as pretrained: words that EWT lacks keep their place among those it has.
    model.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    encoder = [p for n, p in model.named_parameters() if n.startswith("encoder.") and p.requires_grad]
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    optimiser = torch.optim.AdamW([{"params": encoder, "lr": args.rate}, {"params": heads, "lr": args.head_rate}], weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    weights = {"upos": 0.5, "feats": 0.5, "lemma": 0.4, "ner": args.name_weight, "arc": 1.0, "rel": 1.0}

    def epoch_batches():
        # names-only sentences: a part of them each epoch, so that trees set the pace
        chosen = trees + rng.sample(names, int(len(names) * args.names_share))
        items = [encode(s, pieces, labels, rng) for s in chosen]
        return batches([i for i in items if len(i["ids"]) <= 180], 1500, rng)

    steps = None
    step, started = 0, time.time()
    for epoch in range(args.epochs):
        groups = epoch_batches()
        steps = steps or len(groups) * args.epochs
        model.train()
        running = 0.0
        for batch in groups:
            step += 1
            warm = min(1.0, step / (60 if args.resume else 300))
            scale = warm * max(0.02, 1 - step / steps)
            for group, base in zip(optimiser.param_groups, (args.rate, args.head_rate)):
                group["lr"] = base * scale
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = loss_of(model, batch, weights)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            running += loss.item()
            if step % 50 == 0:
                print(f"epoch {epoch} step {step}/{steps} loss {running / 50:.3f} {time.time() - started:.0f}s", flush=True)
                running = 0.0
        scores = evaluate(model, development, pieces, lists, labels) | {"epoch": epoch, "seconds": round(time.time() - started)}
        print(scores, flush=True)
        with open(out / "log.jsonl", "a") as log:
            log.write(json.dumps(scores) + "\n")
        torch.save({"weights": model.state_dict(), "lists": lists}, out / "model.pt.part")
        (out / "model.pt.part").rename(out / "model.pt")
        if args.stop_after and epoch + 1 >= args.stop_after:
            break


if __name__ == "__main__":
    main()
