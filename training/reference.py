"""The network of the `text` crate in numpy: the same numbers by another hand, for tests and for checking an export.

Reads `model.safetensors`; one sentence at a time.  Activations are brought to 8 bits row by row by their own
range, products are sums of integers, everything else is in 32-bit floats.
"""

import numpy as np
from safetensors.numpy import load_file

HEADS = 12


def erf(x):
    import torch

    return torch.erf(torch.from_numpy(x)).numpy()


def gelu(x):
    return 0.5 * x * (1 + erf(x / np.float32(np.sqrt(2))))


class Reference:
    def __init__(self, path):
        self.w = load_file(path)
        self.integers = {k: v.astype(np.float64) for k, v in self.w.items() if v.dtype == np.int8 and k != "words"}

    def dense(self, x, name):
        low, high = np.minimum(x.min(1), 0), np.maximum(x.max(1), 0)
        scale = np.maximum((high - low) / np.float32(255), np.finfo(np.float32).tiny)
        inverse = (1 / scale)[:, None]
        zero = np.clip(np.round(-low[:, None] * inverse), 0, 255)  # half to even
        q = np.round(np.clip(x * inverse + zero, 0, 255))
        sums = (q - zero).astype(np.float64) @ self.integers[f"{name}.weight"]
        return sums.astype(np.float32) * (scale[:, None] * self.w[f"{name}.scale"]) + self.w[f"{name}.bias"]

    def norm(self, x, name):
        x = x - x.mean(1, keepdims=True)
        x = x / np.sqrt((x * x).mean(1, keepdims=True) + np.float32(1e-12))
        return x * self.w[f"{name}.weight"] + self.w[f"{name}.bias"]

    def layer(self, x, name):
        length, width = x.shape
        qkv = self.dense(x, f"{name}.query_key_value").reshape(length, 3, HEADS, width // HEADS).transpose(1, 2, 0, 3)
        scores = qkv[0] @ qkv[1].transpose(0, 2, 1)
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        scores /= scores.sum(-1, keepdims=True)
        context = (scores @ qkv[2]).transpose(1, 0, 2).reshape(length, width)
        x = self.norm(self.dense(context, f"{name}.attention") + x, f"{name}.attention_norm")
        inner = gelu(self.dense(x, f"{name}.inner"))
        return self.norm(self.dense(inner, f"{name}.outer") + x, f"{name}.outer_norm")

    def states(self, item):
        """What the heads read of one encoded sentence (`train.encode`), a row a word with row 0 the root: for tags and
        names, and for trees."""
        w = self.w
        pieces, first, last = item["ids"], [0] + item["first"], [0] + item["last"]
        x = w["words"][pieces].astype(np.float32) * w["word_scales"][pieces][:, None]
        x = self.norm(x + w["shapes"][item["shapes"]] + w["positions"][: len(pieces)], "embedding_norm")
        mixed = np.zeros((2, *x.shape), np.float32)
        for i in range(w["mix"].shape[1]):
            x = self.layer(x, f"layer.{i}")
            mixed += w["mix"][:, i, None, None] * x
        return [np.concatenate([m[first], m[last]], 1) for m in mixed]

    def run(self, item):
        """Scores of one encoded sentence, one row a word with row 0 the root."""
        w = self.w
        tags, tree = self.states(item)
        names = self.dense(gelu(self.dense(tags, "names_hidden")), "names")
        tags = self.dense(gelu(self.dense(tags, "tags_hidden")), "tags")
        tree = gelu(self.dense(tree, "tree"))
        arc = w["arc.bias"].shape[0]
        label = tree.shape[1] // 2 - arc
        arc_dep, arc_head, rel_dep, rel_head = np.split(tree, np.cumsum([arc, arc, label]), axis=1)
        arcs = self.dense(arc_dep, "arc") @ arc_head.T
        return tags, names, arcs, rel_head, self.dense(rel_dep, "relation")
