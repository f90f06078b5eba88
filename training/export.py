"""Writes a trained checkpoint as an 8-bit ONNX model for the `text` crate.

    python export.py --checkpoint RUN/model.pt --encoder DIR --out ../crates/text/model [--check --shared ../shared/data]

The graph is built by hand, one sentence at a time, without batch or padding: inputs `pieces`,
`shapes`, `positions` (one entry a word piece) and `first`, `last` (one entry a word, entry 0 being the
root, both 0).  Outputs, one row a word with row 0 the root: `tags` (upos, feats, lemma logits side by
side), `ner`, `arcs` (dependent by head), and the two halves of the relation scorer, `rel_left` and
`rel_head`, so that relations are scored for the decoded heads alone.

Dense layers hold symmetric signed weights, one scale an output channel, within [-63, 63]: processors
without VNNI add two products in 16 bits and saturate beyond that.  Activations are quantised by the
range of their own sentence, so that nothing depends on neighbours.  Word embeddings: one scale a row.

Writes `model.onnx`, `labels.json`, `vocab.txt` and `golden.json` (pieces, shapes, lemma rules and labels of a
few sentences as this side sees them, which the crate's tests compare with its own); `--check` prints the scores of this file in onnxruntime beside
those of the checkpoint in PyTorch on EWT dev, and the share of equal labels.
"""

import argparse
import json
import pathlib
import shutil

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

HEADS = 12
LIMIT = 63


def quantised(weight):
    """Per-column signed 7-bit weights of a [in, out] matrix; of several clipping points the one with
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


class Graph:
    """Collects nodes and initialisers under fresh names."""

    def __init__(self):
        self.nodes, self.constants, self.count = [], [], 0

    def constant(self, array, name=None):
        name = name or f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.array(array, order="C"), name))
        return name

    def op(self, kind, *inputs, outputs=1, name=None, **attributes):
        self.count += 1
        names = [name] if name else [f"v{self.count}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **attributes))
        return names[0] if outputs == 1 else names

    def quantise(self, x):
        """Activations in 8 bits, to be shared by the layers that read them."""
        return self.op("DynamicQuantizeLinear", x, outputs=3)

    def dense(self, quantised_input, weight, bias, name=None):
        """x @ weight + bias, weight [in, out] in 8 bits."""
        x, scale, zero = quantised_input
        q, q_scale = quantised(weight)
        product = self.op("MatMulInteger", x, self.constant(q), zero, self.constant(np.zeros((), np.int8)))
        product = self.op("Cast", product, to=TensorProto.FLOAT)
        scaled = self.op("Mul", product, self.op("Mul", scale, self.constant(q_scale)))
        return self.op("Add", scaled, self.constant(bias.astype(np.float32)), name=name)

    def norm(self, x, weight, bias, epsilon=1e-12):
        return self.op("LayerNormalization", x, self.constant(weight), self.constant(bias), axis=-1, epsilon=epsilon)


def build(weights, lists):
    w = {k: v.float().numpy() for k, v in weights.items()}
    g = Graph()
    encoder = "encoder.embeddings."
    table = w[encoder + "word_embeddings.weight"]
    q, scale = quantised_rows(table)
    width = table.shape[1]
    scales = g.op("Gather", g.constant(scale, "word_scales"), "pieces", axis=0)
    rows = g.op("Gather", g.constant(q, "words"), "pieces", axis=0)
    x = g.op("Mul", g.op("Cast", rows, to=TensorProto.FLOAT), g.op("Unsqueeze", scales, g.constant(np.array([1]))))
    x = g.op("Add", x, g.op("Gather", g.constant(w["shape.weight"]), "shapes", axis=0))
    positions = w[encoder + "position_embeddings.weight"] + w[encoder + "token_type_embeddings.weight"][0]
    x = g.op("Add", x, g.op("Gather", g.constant(positions), "positions", axis=0))
    x = g.norm(x, w[encoder + "LayerNorm.weight"], w[encoder + "LayerNorm.bias"])

    size = width // HEADS
    split_shape = g.constant(np.array([-1, 3, HEADS, size]))
    join_shape = g.constant(np.array([-1, width]))
    flat_shape = g.constant(np.array([1, -1]))
    zero, one, two = (g.constant(np.array(i)) for i in range(3))
    layers = []
    for layer in range(w["mix"].shape[1]):
        name = f"encoder.encoder.layer.{layer}."
        part = lambda what, kind: w[f"{name}{what}.{kind}"]
        # query, key and value in one product; the query carries 1/sqrt(size)
        parts = [part(f"attention.self.{what}", "weight").T for what in ("query", "key", "value")]
        biases = [part(f"attention.self.{what}", "bias") for what in ("query", "key", "value")]
        parts[0], biases[0] = parts[0] / np.sqrt(size), biases[0] / np.sqrt(size)
        qkv = g.dense(g.quantise(x), np.concatenate(parts, 1), np.concatenate(biases))
        qkv = g.op("Reshape", qkv, split_shape)
        query = g.op("Transpose", g.op("Gather", qkv, zero, axis=1), perm=[1, 0, 2])
        key = g.op("Transpose", g.op("Gather", qkv, one, axis=1), perm=[1, 2, 0])
        value = g.op("Transpose", g.op("Gather", qkv, two, axis=1), perm=[1, 0, 2])
        attention = g.op("Softmax", g.op("MatMul", query, key), axis=-1)
        context = g.op("Transpose", g.op("MatMul", attention, value), perm=[1, 0, 2])
        context = g.op("Reshape", context, join_shape)
        out = g.dense(g.quantise(context), part("attention.output.dense", "weight").T, part("attention.output.dense", "bias"))
        x = g.norm(g.op("Add", out, x), part("attention.output.LayerNorm", "weight"), part("attention.output.LayerNorm", "bias"))
        inner = g.dense(g.quantise(x), part("intermediate.dense", "weight").T, part("intermediate.dense", "bias"))
        inner = g.op("Gelu", inner)
        out = g.dense(g.quantise(inner), part("output.dense", "weight").T, part("output.dense", "bias"))
        x = g.norm(g.op("Add", out, x), part("output.LayerNorm", "weight"), part("output.LayerNorm", "bias"))
        layers.append(g.op("Reshape", x, flat_shape))

    # the two mixtures of layers, one product; each then [L, width]
    mix = np.exp(w["mix"] - w["mix"].max(1, keepdims=True))
    mix = (mix / mix.sum(1, keepdims=True)).astype(np.float32)
    mixed = g.op("MatMul", g.constant(mix), g.op("Concat", *layers, axis=0))

    def words(which):
        states = g.op("Reshape", g.op("Gather", mixed, which, axis=0), join_shape)
        at = lambda position: g.op("Gather", states, position, axis=0)
        return g.op("Concat", at("first"), at("last"), axis=1)

    tags, tree = g.quantise(words(zero)), g.quantise(words(one))
    hidden = g.op("Gelu", g.dense(tags, w["tags_hidden.weight"].T, w["tags_hidden.bias"]))
    kinds = ("upos", "feats", "lemma")
    weight = np.concatenate([w[f"{k}.weight"] for k in kinds]).T
    bias = np.concatenate([w[f"{k}.bias"] for k in kinds])
    g.op("Add", g.op("MatMul", hidden, g.constant(weight)), g.constant(bias), name="tags")
    hidden = g.op("Gelu", g.dense(tags, w["names_hidden.weight"].T, w["names_hidden.bias"]))
    g.op("Add", g.op("MatMul", hidden, g.constant(w["ner.weight"].T)), g.constant(w["ner.bias"]), name="ner")

    arc = w["arc_weight"].shape[1]
    label = w["rel_weight"].shape[1] - 1
    bounds = np.cumsum([0, arc, arc, label, label])
    branch = lambda i: (w["tree.weight"][bounds[i]:bounds[i + 1]].T, w["tree.bias"][bounds[i]:bounds[i + 1]])
    arc_dep, arc_head, rel_dep = (g.op("Gelu", g.dense(tree, *branch(i))) for i in range(3))
    left = g.op("Add", g.op("MatMul", arc_dep, g.constant(w["arc_weight"][:arc])), g.constant(w["arc_weight"][arc]))
    g.op("MatMul", left, g.op("Transpose", arc_head, perm=[1, 0]), name="arcs")
    g.op("Gelu", g.dense(tree, *branch(3)), name="rel_head")
    # [relation, dependent, head] -> [dependent, relation * head]; the last row is the dependent's bias
    relation = w["rel_weight"].transpose(1, 0, 2).reshape(label + 1, -1)
    g.dense(g.quantise(rel_dep), relation[:label], relation[label], name="rel_left")

    integers = lambda name, axis: helper.make_tensor_value_info(name, TensorProto.INT32, [axis])
    floats = lambda name, size: helper.make_tensor_value_info(name, TensorProto.FLOAT, ["words", size])
    tag_count = sum(len(lists[k]) for k in kinds)
    graph = helper.make_graph(
        g.nodes, "text",
        [integers(n, "length") for n in ("pieces", "shapes", "positions")] + [integers(n, "words") for n in ("first", "last")],
        [floats("tags", tag_count), floats("ner", len(lists["ner"])), floats("arcs", "words"), floats("rel_head", label),
         floats("rel_left", len(lists["rel"]) * (label + 1))],
        g.constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
    onnx.checker.check_model(model, full_check=True)
    return model


def quantised_rows(table):
    scale = (np.abs(table).max(1) + 1e-12) / 127
    return np.round(table / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def feed(item):
    """One encoded sentence (`train.encode`) as inputs of the graph."""
    array = lambda values: np.array(values, np.int32)
    return {
        "pieces": array(item["ids"]), "shapes": array(item["shapes"]), "positions": array(range(len(item["ids"]))),
        "first": array([0] + item["first"]), "last": array([0] + item["last"]),
    }


def decode(out, lists):
    """Labels of one sentence from the graph's outputs; each word's best head, without a tree search."""
    tags, ner, arcs, rel_head, rel_left = out
    bounds = np.cumsum([0] + [len(lists[k]) for k in ("upos", "feats", "lemma")])
    best = {k: tags[1:, bounds[i]:bounds[i + 1]].argmax(-1) for i, k in enumerate(("upos", "feats", "lemma"))}
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
    import onnxruntime

    import data
    import train

    pieces = data.WordPieces(pathlib.Path(encoder) / "vocab.txt")
    session = onnxruntime.InferenceSession(path)
    rows = []
    for text in GOLDEN:
        words = text.split(" ")
        item = train.encode({"words": words}, pieces, {k: {} for k in lists})
        out = session.run(None, feed(item))
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
    """Scores on EWT dev of the file in onnxruntime and of the checkpoint in PyTorch."""
    import onnxruntime

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
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(path, options)
    scores = {"pytorch": {}, "onnx": {}}
    totals, equal = {"words": 0}, {}
    names = {"pytorch": [0, 0, 0], "onnx": [0, 0, 0]}
    for sentence in sentences:
        item = train.encode(sentence, pieces, labels)
        if len(item["ids"]) > 512:
            continue
        both = {"onnx": decode(session.run(None, feed(item)), lists)}
        with torch.no_grad():
            batch = train.collate([item])
            out = model(batch["ids"], batch["shapes"], batch["mask"], batch["first"], batch["last"])
            heads = train.masked_arcs(out["arcs"], batch["words"]).argmax(-1)
            rels = model.relations_at(out["rel_dep"], out["rel_head"], heads).argmax(-1)
        both["pytorch"] = {k: out[k][0].argmax(-1).numpy() for k in ("upos", "feats", "lemma", "ner")}
        both["pytorch"] |= {"head": heads[0].numpy(), "rel": rels[0].numpy()}
        totals["words"] += len(sentence["words"])
        for layer in both["onnx"]:
            equal[layer] = equal.get(layer, 0) + int((both["onnx"][layer] == both["pytorch"][layer]).sum())
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
    onnx.save(build(checkpoint["weights"], checkpoint["lists"]), out / "model.onnx")
    (out / "labels.json").write_text(json.dumps(checkpoint["lists"], ensure_ascii=False, indent=0))
    shutil.copyfile(pathlib.Path(args.encoder) / "vocab.txt", out / "vocab.txt")
    golden_rows = golden(str(out / "model.onnx"), checkpoint["lists"], args.encoder)
    (out / "golden.json").write_text(json.dumps(golden_rows, ensure_ascii=False))
    print({p.name: p.stat().st_size for p in out.iterdir()})
    if args.check:
        check(str(out / "model.onnx"), checkpoint, args)


if __name__ == "__main__":
    main()
