"""MiniLM encoder with light heads: tags, features, lemma rule, dependency tree, names.

Input per sentence: word pieces with a token-shape id each, and for every word the positions of its
first and last piece.  Output per word: logits of UPOS, FEATS string, lemma rule, name tag; for every
(dependent, head) pair an arc score and logits of the relation, head 0 being the root (the [CLS] piece).
Biaffine attention after Dozat and Manning (2017).
"""

import torch
from torch import nn
from transformers import AutoModel


class TextModel(nn.Module):
    def __init__(self, encoder_path, sizes, arc=256, label=96, hidden=256, dropout=0.2, shapes=18):
        super().__init__()
        self.encoder = AutoModel.from_pretrained(encoder_path, add_pooling_layer=False, attn_implementation="eager")
        width = self.encoder.config.hidden_size
        self.shape = nn.Embedding(shapes, width)
        nn.init.normal_(self.shape.weight, std=0.02)
        layers = self.encoder.config.num_hidden_layers
        self.mix = nn.Parameter(torch.zeros(2, layers))  # one weighting for tags and names, one for trees
        self.dropout = nn.Dropout(dropout)
        self.tags_hidden = nn.Linear(2 * width, hidden)
        self.names_hidden = nn.Linear(2 * width, hidden)
        self.upos = nn.Linear(hidden, sizes["upos"])
        self.feats = nn.Linear(hidden, sizes["feats"])
        self.lemma = nn.Linear(hidden, sizes["lemma"])
        self.ner = nn.Linear(hidden, sizes["ner"])
        self.tree = nn.Linear(2 * width, 2 * (arc + label))
        self.arc, self.label = arc, label
        self.arc_weight = nn.Parameter(torch.zeros(arc + 1, arc))
        self.rel_weight = nn.Parameter(torch.zeros(sizes["rel"], label + 1, label + 1))
        nn.init.normal_(self.rel_weight, std=0.02)
        nn.init.normal_(self.arc_weight, std=0.02)

    def forward(self, pieces, shapes, mask, first, last):
        """pieces, shapes, mask: [B, L]; first, last: [B, W] piece positions (0 where padded)."""
        embedded = self.encoder.embeddings.word_embeddings(pieces) + self.shape(shapes)
        layers = self.encoder(inputs_embeds=embedded, attention_mask=mask, output_hidden_states=True).hidden_states[1:]
        stacked = torch.stack(layers, 0)
        weights = torch.softmax(self.mix, -1)
        tags = self.words(torch.einsum("l,lbpd->bpd", weights[0], stacked), first, last)
        tree_states = torch.einsum("l,lbpd->bpd", weights[1], stacked)
        tree = self.words(tree_states, first, last)
        root = torch.cat([tree_states[:, :1], tree_states[:, :1]], -1)
        tree = torch.cat([root, tree], 1)

        act = torch.nn.functional.gelu
        tags_hidden = self.dropout(act(self.tags_hidden(self.dropout(tags))))
        names_hidden = self.dropout(act(self.names_hidden(self.dropout(tags))))
        projected = self.dropout(act(self.tree(self.dropout(tree))))
        arc_dep, arc_head, rel_dep, rel_head = projected.split([self.arc, self.arc, self.label, self.label], -1)
        arc_dep, rel_dep = arc_dep[:, 1:], rel_dep[:, 1:]
        one = torch.ones_like(arc_dep[..., :1])
        arcs = torch.cat([arc_dep, one], -1) @ self.arc_weight @ arc_head.transpose(1, 2)
        rel_dep = torch.cat([rel_dep, one], -1)
        rel_head = torch.cat([rel_head, torch.ones_like(rel_head[..., :1])], -1)
        return {
            "upos": self.upos(tags_hidden), "feats": self.feats(tags_hidden), "lemma": self.lemma(tags_hidden),
            "ner": self.ner(names_hidden), "arcs": arcs, "rel_dep": rel_dep, "rel_head": rel_head,
        }

    def relations_at(self, rel_dep, rel_head, heads):
        """Relation logits of each word for one head each: [B, W, R]."""
        chosen = torch.gather(rel_head, 1, heads.unsqueeze(-1).expand(-1, -1, rel_head.shape[-1]))
        left = torch.einsum("bwi,rij->bwrj", rel_dep, self.rel_weight)
        return (left * chosen.unsqueeze(2)).sum(-1)

    @staticmethod
    def words(states, first, last):
        width = states.shape[-1]
        index = lambda at: torch.gather(states, 1, at.unsqueeze(-1).expand(-1, -1, width))
        return torch.cat([index(first), index(last)], -1)
