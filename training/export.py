"""Writes a trained checkpoint as 8-bit weights for the `text` crate.

    python export.py --checkpoint RUN/model.pt --encoder DIR --out ../crates/text/model [--check --shared ../shared/data]

Dense layers hold symmetric signed weights, one scale an output channel.  Activations are brought to 8 bits row
by row when the network runs (`reference.py`, `text/src/network`), so that nothing depends on neighbours.
Word embeddings: one scale a row.

Writes `model.safetensors`, `labels.json`, `vocab.txt` and `golden.json` (pieces, shapes, lemma rules and scores of a
few sentences as `reference.py` computes them, which the crate's tests compare with its own); `--check` prints the
scores of this file in `reference.py` beside those of the checkpoint in PyTorch on EWT dev, and the share of equal labels.
"""

import argparse
import json
import pathlib
import shutil

import numpy as np
import torch
from safetensors.numpy import save_file

from reference import HEADS, Reference

LIMIT = 127
KINDS = ("upos", "feats", "lemma")


def quantised(weight):
    """Per-column signed 8-bit weights of a [in, out] matrix; of several clipping points the one with
    the least squared error a column."""
    top = np.abs(weight).max(0) + 1e-12
    best, best_error = None, np.full(weight.shape[1], np.inf)
    for ratio in np.linspace(0.6, 1.0, 21):
        scale = top * ratio / LIMIT
        q = np.clip(np.round(weight / scale), -LIMIT, LIMIT)
        error = ((q * scale - weight) ** 2).sum(0)
        if best is None:
            best, best_scale = q, scale
        better = error < best_error
        best = np.where(better, q, best)
        best_scale = np.where(better, scale, best_scale)
        best_error = np.minimum(best_error, error)
    return best.astype(np.int8), best_scale.astype(np.float32)


def quantised_rows(table):
    scale = (np.abs(table).max(1) + 1e-12) / 127
    return np.round(table / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def build(weights):
    """The weights of a checkpoint under the names that `text/src/network` reads."""
    w = {k: v.float().numpy() for k, v in weights.items()}
    out = {}

    def dense(name, weight, bias):
        out[f"{name}.weight"], out[f"{name}.scale"] = quantised(weight)
        out[f"{name}.bias"] = bias

    def norm(name, source):
        out[f"{name}.weight"], out[f"{name}.bias"] = w[f"{source}.weight"], w[f"{source}.bias"]

    def layer(name, source):
        part = lambda what, kind: w[f"{source}.{what}.{kind}"]
        # query, key and value in one product; the query carries 1/sqrt(size)
        parts = [part(f"attention.self.{what}", "weight").T for what in ("query", "key", "value")]
        biases = [part(f"attention.self.{what}", "bias") for what in ("query", "key", "value")]
        size = np.float32(np.sqrt(parts[0].shape[1] // HEADS))
        parts[0], biases[0] = parts[0] / size, biases[0] / size
        dense(f"{name}.query_key_value", np.concatenate(parts, 1), np.concatenate(biases))
        for ours, theirs in (("attention", "attention.output.dense"), ("inner", "intermediate.dense"), ("outer", "output.dense")):
            dense(f"{name}.{ours}", part(theirs, "weight").T, part(theirs, "bias"))
        norm(f"{name}.attention_norm", f"{source}.attention.output.LayerNorm")
        norm(f"{name}.outer_norm", f"{source}.output.LayerNorm")

    encoder = "encoder.embeddings."
    out["words"], out["word_scales"] = quantised_rows(w[encoder + "word_embeddings.weight"])
    out["shapes"] = w["shape.weight"]
    out["positions"] = w[encoder + "position_embeddings.weight"] + w[encoder + "token_type_embeddings.weight"][0]
    norm("embedding_norm", "encoder.embeddings.LayerNorm")
    for i in range(w["mix"].shape[1]):
        layer(f"layer.{i}", f"encoder.encoder.layer.{i}")
    mix = np.exp(w["mix"] - w["mix"].max(1, keepdims=True))
    out["mix"] = mix / mix.sum(1, keepdims=True)

    dense("tags_hidden", w["tags_hidden.weight"].T, w["tags_hidden.bias"])
    dense("names_hidden", w["names_hidden.weight"].T, w["names_hidden.bias"])
    dense("tags", np.concatenate([w[f"{k}.weight"] for k in KINDS]).T, np.concatenate([w[f"{k}.bias"] for k in KINDS]))
    dense("names", w["ner.weight"].T, w["ner.bias"])
    dense("tree", w["tree.weight"].T, w["tree.bias"])
    arc = w["arc_weight"].shape[1]
    dense("arc", w["arc_weight"][:arc], w["arc_weight"][arc])
    # [relation, dependent, head] -> [dependent, relation * head]; the last row is the dependent's bias
    label = w["rel_weight"].shape[1] - 1
    relation = w["rel_weight"].transpose(1, 0, 2).reshape(label + 1, -1)
    dense("relation", relation[:label], relation[label])
    return {k: np.ascontiguousarray(v if v.dtype == np.int8 else v.astype(np.float32)) for k, v in out.items()}


def decode(out, lists):
    """Labels of one sentence from the network's scores; each word's best head, without a tree search."""
    tags, ner, arcs, rel_head, rel_left = out
    bounds = np.cumsum([0] + [len(lists[k]) for k in KINDS])
    best = {k: tags[1:, bounds[i]:bounds[i + 1]].argmax(-1) for i, k in enumerate(KINDS)}
    best["ner"] = ner[1:].argmax(-1)
    arcs = arcs[1:].copy()
    words = len(arcs)
    arcs[np.arange(words), np.arange(words) + 1] = -1e9
    best["head"] = arcs.argmax(-1)
    left = rel_left[1:].reshape(words, len(lists["rel"]), -1)
    head = rel_head[best["head"]]
    best["rel"] = ((left[:, :, :-1] * head[:, None]).sum(-1) + left[:, :, -1]).argmax(-1)
    return best


GOLDEN = [
    "Officials in Kabul said on Monday that seven people had been killed in an air strike near the border .",
    "Pakistan 's foreign minister , Ishaq Dar , denied that jets of the F-16 type had bombed camps of the TTP .",
    "UN CONCERNED AT CLASHES ALONG DURAND LINE",
    "he did n't say who fired first , or why .",
    "“ We will respond , ” warned Gen. Asim Munir in Rawalpindi – Türkiye and Qatar mediated .",
    "The ceasefire took effect at 18:00 on 19 October 2025 ; 1,200 trucks waited at Torkham ( Nangarhar ) .",
    "🔥 وزیراعظم نے کہا۔ Ka\u200bbul naïve café ² İstanbul ǅ 北京 μ̈ ½ ⅷ e-mail A&B",
]
GOLDEN_WORDS = ["unbelievableness", "a" * 101, "###", "--", "$", "…", "’s", "\u00ad", "\u0301", "X-Ray", "iPhone", "3rd", "A", "É", "ß", "STRASSE", "ﬁne", "Σοφός", "I'ma", "123abc", "۱۲۳", "٣", "Ⅷ", "ªº", "ॐ", "😀", "½"]


def golden(path, lists, encoder):
    """What the crate's tests hold it to; sentences and words of our own."""
    import data
    import train

    pieces = data.WordPieces(pathlib.Path(encoder) / "vocab.txt")
    network = Reference(path)
    rows = []
    for text in GOLDEN:
        words = text.split(" ")
        item = train.encode({"words": words}, pieces, {k: {} for k in lists})
        out = network.run(item)
        best = decode(out, lists)
        rows.append({
            "words": words, "pieces": item["ids"], "shapes": item["shapes"],
            "upos": [lists["upos"][i] for i in best["upos"]],
            "head_scores": [[round(float(x), 2) for x in row] for row in out[2][1:]],
            "names": [[round(float(x), 2) for x in row] for row in out[1][1:]],
        })
    words = [{"word": w, "pieces": pieces(w), "shape": data.shape(w, False)} for w in GOLDEN_WORDS]
    pairs = [("countries", "0"), ("Countries", "3+y"), ("were", "=be"), ("Kabul", "^0"), ("cafés", "1+"), ("a", "1+"), ("İstanbul", "0"), ("dogs", "4+"), ("dogs", "5+x")]
    pairs += [(w, r) for w in ("Said", "Türkiye’s", "x") for r in lists["lemma"][:40]]
    lemmas = [{"word": w, "rule": r, "lemma": data.apply_lemma_rule(r, w)} for w, r in pairs]
    return {"sentences": rows, "words": words, "lemmas": lemmas}


def check(path, checkpoint, args):
    """Scores on EWT dev of the file in `reference.py` and of the checkpoint in PyTorch."""
    import data
    import train
    from model import TextModel

    lists = checkpoint["lists"]
    labels = {k: {v: i for i, v in enumerate(values)} for k, values in lists.items()}
    pieces = data.WordPieces(pathlib.Path(args.encoder) / "vocab.txt")
    sentences = data.development_set(args.shared)[: args.limit]
    model = TextModel(args.encoder, {k: len(v) for k, v in lists.items()})
    model.load_state_dict(checkpoint["weights"])
    model.eval()
    network = Reference(path)
    scores = {"pytorch": {}, "8 bits": {}}
    totals, equal = {"words": 0}, {}
    names = {"pytorch": [0, 0, 0], "8 bits": [0, 0, 0]}
    for sentence in sentences:
        item = train.encode(sentence, pieces, labels)
        if len(item["ids"]) > 512:
            continue
        both = {"8 bits": decode(network.run(item), lists)}
        with torch.no_grad():
            batch = train.collate([item])
            out = model(batch["ids"], batch["shapes"], batch["mask"], batch["first"], batch["last"])
            heads = train.masked_arcs(out["arcs"], batch["words"]).argmax(-1)
            rels = model.relations_at(out["rel_dep"], out["rel_head"], heads).argmax(-1)
        both["pytorch"] = {k: out[k][0].argmax(-1).numpy() for k in ("upos", "feats", "lemma", "ner")}
        both["pytorch"] |= {"head": heads[0].numpy(), "rel": rels[0].numpy()}
        totals["words"] += len(sentence["words"])
        for layer in both["8 bits"]:
            equal[layer] = equal.get(layer, 0) + int((both["8 bits"][layer] == both["pytorch"][layer]).sum())
        for which, best in both.items():
            row = scores[which]
            add = lambda key, n: row.__setitem__(key, row.get(key, 0) + int(n))
            for layer in ("upos", "feats"):
                add(layer, (best[layer] == np.array(item[layer])).sum())
            lemmas = [data.apply_lemma_rule(lists["lemma"][r], word) for r, word in zip(best["lemma"], sentence["words"])]
            add("lemma", sum(a == b for a, b in zip(lemmas, sentence["lemma"])))
            right = best["head"] == np.array(sentence["head"])
            add("uas", right.sum())
            coarse = lambda label: label.split(":")[0]
            add("las", sum(ok and coarse(lists["rel"][r]) == coarse(g) for ok, r, g in zip(right, best["rel"], sentence["rel"])))
            add("las_full", sum(ok and lists["rel"][r] == g for ok, r, g in zip(right, best["rel"], sentence["rel"])))
            if "ner" in sentence:
                found = train.name_spans([lists["ner"][t] for t in best["ner"]])
                gold = train.name_spans(sentence["ner"])
                for i, n in enumerate((len(found & gold), len(found), len(gold))):
                    names[which][i] += n
    for which in scores:
        row = {k: round(v / totals["words"], 4) for k, v in scores[which].items()}
        right, found, gold = names[which]
        row["ner"] = round(2 * right / max(1, found + gold), 4)
        print(which, row)
    print("equal labels", {k: round(v / totals["words"], 4) for k, v in equal.items()})


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--encoder", required=True, help="folder of the encoder (vocab.txt)")
    parser.add_argument("--out", required=True)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--shared", help="folder of the evaluation data, for --check")
    parser.add_argument("--limit", type=int, default=None, help="sentences to check")
    args = parser.parse_args()
    torch.set_num_threads(1)
    checkpoint = torch.load(args.checkpoint, map_location="cpu", weights_only=True)
    out = pathlib.Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    save_file(build(checkpoint["weights"]), out / "model.safetensors")
    (out / "labels.json").write_text(json.dumps(checkpoint["lists"], ensure_ascii=False, indent=0))
    shutil.copyfile(pathlib.Path(args.encoder) / "vocab.txt", out / "vocab.txt")
    golden_rows = golden(str(out / "model.safetensors"), checkpoint["lists"], args.encoder)
    (out / "golden.json").write_text(json.dumps(golden_rows, ensure_ascii=False))
    print({p.name: p.stat().st_size for p in out.iterdir()})
    if args.check:
        check(str(out / "model.safetensors"), checkpoint, args)


if __name__ == "__main__":
    main()
