"""Checks the gold trees against the articles: `python check.py --csv FOLDER [--conllu]`.

FOLDER holds the Wikinews CSV files (url,date,title,text), which are not part of the project.  Checked:
offsets slice to words without blanks, in order; sentences run from 1; one root, no cycle; names are
well-formed BIO.  `--conllu` prints the sentences as CoNLL-U, the name tag in MISC as `Name=B-PER`.
"""

import argparse
import csv
import itertools
import pathlib
import sys

COLUMNS = "article sentence start end upos head deprel name".split()
UPOS = set("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
NAMES = {"O"} | {f"{begin}-{kind}" for begin in "BI" for kind in ("PER", "ORG", "LOC")}


def articles(folder):
    """UTF-8 text of each article by the last part of its address."""
    csv.field_size_limit(sys.maxsize)
    texts = {}
    for path in sorted(pathlib.Path(folder).glob("*.csv")):
        with open(path, encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                texts.setdefault(row["url"].rsplit("/", 1)[1], row["text"].encode())
    return texts


def sentences(path):
    """The table's sentences, each a list of rows; the numbers are turned into int."""
    lines = pathlib.Path(path).read_text(encoding="utf-8").splitlines()
    if lines[0].split("\t") != COLUMNS:
        sys.exit(f"{path}: the header is not {COLUMNS}")
    for filled, group in itertools.groupby(lines[1:], key=bool):
        if filled:
            rows = [dict(zip(COLUMNS, line.split("\t"), strict=True)) for line in group]
            for row in rows:
                row.update({key: int(row[key]) for key in ("sentence", "start", "end", "head")})
            yield rows


def reaches_root(heads, word):
    for _ in heads:
        word = word and heads[word - 1]
    return word == 0


def problems(rows, text, number):
    """What is wrong with one sentence, in words; `form` is added to each row on the way."""
    if {(row["article"], row["sentence"]) for row in rows} != {(rows[0]["article"], number)}:
        yield "rows of several sentences, or a number out of order"
    heads = [row["head"] for row in rows]
    if heads.count(0) != 1:
        yield f"{heads.count(0)} roots"
    if not all(0 <= head <= len(rows) for head in heads):
        yield "a head outside the sentence"
    elif not all(reaches_root(heads, word) for word in range(1, len(rows) + 1)):
        yield "a cycle"
    end, before = 0, "O"
    for index, row in enumerate(rows, 1):
        row["form"] = text[row["start"]:row["end"]].decode(errors="replace")
        if len(row["form"].split()) != 1 or "\ufffd" in row["form"] or row["form"] != row["form"].strip() or row["start"] < end:
            yield f"word {index}: offsets {row['start']}..{row['end']} give {row['form']!r}"
        if (row["head"] == 0) != (row["deprel"] == "root"):
            yield f"word {index}: root and head do not agree"
        if row["upos"] not in UPOS or row["name"] not in NAMES:
            yield f"word {index}: unknown label {row['upos']} or {row['name']}"
        if row["name"][0] == "I" and before[2:] != row["name"][2:]:
            yield f"word {index}: {row['name']} after {before}"
        end, before = row["end"], row["name"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--csv", required=True, help="folder of the Wikinews CSV files")
    parser.add_argument("--table", default=pathlib.Path(__file__).with_name("wikinews_trees.tsv"))
    parser.add_argument("--conllu", action="store_true", help="print the sentences as CoNLL-U")
    args = parser.parse_args()
    texts, wrong, words, number = articles(args.csv), 0, 0, 0
    for number, rows in enumerate(sentences(args.table), 1):
        text = texts.get(rows[0]["article"], b"")
        for wrong, problem in enumerate(problems(rows, text, number), wrong + 1):
            print(f"sentence {number}: {problem}", file=sys.stderr)
        words += len(rows)
        if args.conllu:
            print(f"# sent_id = {rows[0]['article']}-{number}")
            print(f"# text = {' '.join(text[rows[0]['start']:rows[-1]['end']].decode(errors='replace').split())}")
            for index, row in enumerate(rows, 1):
                glued = index < len(rows) and row["end"] == rows[index]["start"]
                misc = ["Name=" + row["name"]] * (row["name"] != "O") + ["SpaceAfter=No"] * glued
                print(index, row["form"], "_", row["upos"], "_", "_", row["head"], row["deprel"], "_", "|".join(misc) or "_", sep="\t")
            print()
    print(f"{number} sentences, {words} words, {wrong} problems", file=sys.stderr)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
