"""Corpora for the text model: one list of sentences, each with the layers its corpus has.

A sentence is a dict: `words` (list of str), and any of `upos`, `feats`, `lemma`, `head`, `rel`
(Universal Dependencies, one value a word; `head` 0 = root) and `ner` (BIO over PER, ORG, LOC, or
None for a word whose label is not to be learned from).  A layer that a corpus lacks is absent and
its loss is masked.  Nothing of these corpora is copied into the project.
"""

import json
import pathlib
import re
import unicodedata

UNLABELLED = None


def conllu(path):
    """Sentences of a CoNLL-U file; multi-word ranges and empty nodes are left out."""
    sentence, comments = [], {}
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("#"):
            if " = " in line:
                key, value = line[1:].split(" = ", 1)
                comments[key.strip()] = value
        elif not line:
            if sentence:
                yield comments, sentence
            sentence, comments = [], {}
        else:
            columns = line.split("\t")
            if columns[0].isdigit():
                sentence.append(columns)
    if sentence:
        yield comments, sentence


def ewt(path):
    for comments, rows in conllu(path):
        yield {
            "id": comments.get("sent_id"),
            "words": [r[1] for r in rows],
            "lemma": [r[2] for r in rows],
            "upos": [r[3] for r in rows],
            "feats": [r[5] for r in rows],
            "head": [int(r[6]) for r in rows],
            "rel": [r[7] for r in rows],
        }


def iob2(path):
    """UNER's files: word and BIO tag; `OTH` and stray labels are no name of our three kinds."""
    words, tags, ident = [], [], None
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("#"):
            if line.startswith("# sent_id"):
                ident = line.split(" = ", 1)[1]
        elif not line:
            if words:
                yield {"id": ident, "words": words, "ner": clean(tags)}
            words, tags, ident = [], [], None
        else:
            columns = line.split("\t")
            words.append(columns[1])
            tags.append(columns[2] if re.fullmatch(r"[BI]-(PER|ORG|LOC)", columns[2]) else "O")
    if words:
        yield {"id": ident, "words": words, "ner": clean(tags)}


def clean(tags):
    """Makes a BIO row well-formed: an I without its B becomes a B."""
    out, before = [], "O"
    for tag in tags:
        if tag is not None and tag.startswith("I-") and (before is None or before[2:] != tag[2:]):
            tag = "B-" + tag[2:]
        out.append(tag)
        before = tag
    return out


KINDS = {
    # CrossNER politics
    "politician": "PER", "person": "PER", "organisation": "ORG", "politicalparty": "ORG",
    "country": "LOC", "location": "LOC",
    # WNUT17
    "corporation": "ORG", "group": "ORG",
    # re3d
    "Person": "PER", "Organisation": "ORG", "Location": "LOC",
}


def columns(path):
    """Two-column files (word, tag), blank line between sentences."""
    words, tags = [], []
    for line in open(path, encoding="utf-8"):
        parts = line.rstrip("\n").split("\t")
        if len(parts) < 2 or not parts[0].strip():
            if words:
                yield {"words": words, "ner": clean(tags)}
            words, tags = [], []
            continue
        kind = KINDS.get(parts[1][2:])
        words.append(parts[0])
        tags.append(parts[1][:2] + kind if kind else "O")
    if words:
        yield {"words": words, "ner": clean(tags)}


TOKEN = re.compile(r"\w+(?:[.]\w)*[.]?(?<=[A-Z][.])|\w+|[^\w\s]")


def re3d(folder):
    """Defence documents; mentions that are descriptions rather than names are masked, not learned."""
    for documents in sorted(pathlib.Path(folder).glob("*/documents.json")):
        if documents.parent.name.startswith("BBC"):
            continue  # its terms do not allow training
        mentions = {}
        for line in open(documents.with_name("entities.json"), encoding="utf-8"):
            entity = json.loads(line)
            mentions.setdefault(entity["documentId"], []).append(entity)
        for line in open(documents, encoding="utf-8"):
            document = json.loads(line)
            text = document["text"]
            labels = {}
            for entity in mentions.get(document["_id"], []):
                if entity["type"] in KINDS:
                    labels.setdefault(entity["begin"], entity)
            for begin, end in sentence_bounds(text):
                words, tags = [], []
                open_until, kind = -1, None
                for match in TOKEN.finditer(text, begin, end):
                    here = labels.get(match.start())
                    if here is not None and match.start() >= open_until:
                        surface = text[here["begin"]:here["end"]]
                        named = re.sub(r"^(the|The|a|an)\s+", "", surface)
                        open_until = here["end"]
                        is_name = all(w[0].isupper() for w in re.findall(r"\w{3,}", named) if w not in ("and", "the", "for")) and named[:1].isupper()
                        kind = KINDS[here["type"]] if is_name else UNLABELLED
                        first = True
                    if match.start() < open_until:
                        if kind is UNLABELLED:
                            tags.append(UNLABELLED)
                        elif first and match.group().lower() in ("the", "a", "an"):
                            tags.append("O")
                        else:
                            tags.append(("B-" if first else "I-") + kind)
                            first = False
                    else:
                        tags.append("O")
                    words.append(match.group())
                if 3 <= len(words) <= 80:
                    yield {"words": words, "ner": clean(tags)}


def sentence_bounds(text):
    begin = 0
    for match in re.finditer(r"(?<=[a-z0-9\"”)][.!?])\s+(?=[A-Z\"“])|\n+", text):
        yield begin, match.start()
        begin = match.end()
    yield begin, len(text)


def training_set(shared):
    """Every sentence that may be trained on; EWT and its names joined by sentence id."""
    language = pathlib.Path(shared) / "language"
    names = {s["id"]: s for s in iob2(language / "uner_ewt/en_ewt-ud-train.earlier.iob2")}
    sentences = []
    for sentence in ewt(language / "ud_ewt/en_ewt-ud-train.rebuilt.conllu"):
        named = names.get(sentence["id"])
        if named and named["words"] == sentence["words"]:
            sentence["ner"] = named["ner"]
        sentences.append(sentence)
    extra = []
    for path in ("train", "dev", "test"):
        extra += columns(language / f"crossner_politics/politics/{path}.txt")
    extra += columns(language / "wnut17/wnut17train.conll")
    extra += re3d(language / "re3d")
    return sentences, extra


def development_set(shared):
    language = pathlib.Path(shared) / "language"
    names = {s["id"]: s for s in iob2(language / "uner_ewt/en_ewt-ud-dev.iob2")}
    sentences = list(ewt(language / "ud_ewt/en_ewt-ud-dev.conllu"))
    for sentence in sentences:
        named = names.get(sentence["id"])
        if named and named["words"] == sentence["words"]:
            sentence["ner"] = named["ner"]
    return sentences


# ---------------------------------------------------------------- what the model sees of a word

SHAPES = ["special", "lower", "title", "upper", "initial", "mixed", "digit", "alphanumeric", "other"]


def shape(word, is_first):
    """Token-shape class; the encoder's vocabulary is uncased.  Same rules as `text/src/shape.rs`."""
    letters = [c for c in word if c.isalpha()]
    if any(c.isdigit() for c in word):
        kind = "alphanumeric" if letters else "digit"
    elif not letters:
        kind = "other"
    elif all(not c.isupper() for c in letters):
        kind = "lower"
    elif all(not c.islower() for c in letters):
        kind = "initial" if len(letters) == 1 else "upper"
    elif letters[0].isupper() and all(not c.isupper() for c in letters[1:]):
        kind = "title"
    else:
        kind = "mixed"
    return SHAPES.index(kind) + (len(SHAPES) if is_first else 0)


def lemma_rule(word, lemma):
    """The lemma as an edit of the lower-cased word: how many characters to cut from its end, what to
    add, or the whole lemma where it is irregular; `^` keeps the word's own case."""
    keep = ""
    base = word
    if lemma != lemma.lower():
        keep = "^"
    else:
        base = word.lower()
    common = 0
    while common < min(len(base), len(lemma)) and base[common] == lemma[common]:
        common += 1
    cut = len(base) - common
    if common == 0 and lemma:
        return f"={lemma}"
    return f"{keep}{cut}{'+' if cut or lemma[common:] else ''}{lemma[common:]}"


def apply_lemma_rule(rule, word):
    if rule.startswith("="):
        return rule[1:]
    base = word.lower()
    if rule.startswith("^"):
        base, rule = word, rule[1:]
    match = re.fullmatch(r"(\d+)\+?(.*)", rule, re.S)
    cut = int(match.group(1))
    if cut >= len(base) and cut:
        return base
    return base[: len(base) - cut] + match.group(2)


def is_punctuation(char):
    point = ord(char)
    if 33 <= point <= 47 or 58 <= point <= 64 or 91 <= point <= 96 or 123 <= point <= 126:
        return True
    return unicodedata.category(char).startswith("P")


class WordPieces:
    """BERT's uncased word pieces of one word, as `text/src/pieces.rs` does it."""

    def __init__(self, vocabulary_path):
        self.ids = {w.rstrip("\n"): i for i, w in enumerate(open(vocabulary_path, encoding="utf-8"))}
        self.cache = {}

    def __call__(self, word):
        if word not in self.cache:
            self.cache[word] = self.split(word)
        return self.cache[word]

    def split(self, word):
        text = unicodedata.normalize("NFD", word.lower())
        chunks = [""]
        for char in text:
            category = unicodedata.category(char)
            if category == "Mn" or category.startswith("C"):
                continue
            if char.isspace():
                chunks.append("")
            elif is_punctuation(char) or 0x4E00 <= ord(char) <= 0x9FFF:
                chunks += [char, ""]
            else:
                chunks[-1] += char
        pieces = []
        for chunk in filter(None, chunks):
            pieces += self.greedy(chunk)
        return pieces or [self.ids["[UNK]"]]

    def greedy(self, chunk):
        if len(chunk) > 100:
            return [self.ids["[UNK]"]]
        out, start = [], 0
        while start < len(chunk):
            end = len(chunk)
            while end > start:
                piece = ("##" if start else "") + chunk[start:end]
                if piece in self.ids:
                    break
                end -= 1
            if end == start:
                return [self.ids["[UNK]"]]
            out.append(self.ids[piece])
            start = end
        return out
