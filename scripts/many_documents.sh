#!/usr/bin/env bash
# Reads 100,000 made-up reports, is killed twice on the way, goes on where it stopped, and looks whether the lake is whole.
# usage: many_documents.sh DIR [N]
set -euo pipefail
cd "$(dirname "$0")/.."
dir=$1 n=${2:-100000}
annalist=${ANNALIST:-$PWD/target/release/annalist}
mkdir -p "$dir"
# The same reports each time: what is chosen hangs on the number of the report alone.
awk -v n="$n" 'BEGIN {
  split("Militants|Gunmen|Soldiers|Police|Rebels|Security forces|Border guards", who, "|")
  split("attacked|raided|shelled|ambushed|stormed|bombed", did, "|")
  split("a police post|a convoy|a border post|a market|a checkpoint|a military camp", what, "|")
  split("Kandahar|Quetta|Peshawar|Khost|Jalalabad|Chaman|Bannu|Gao|Mopti|Goma|Maiduguri", where, "|")
  split("the army said|police said|residents said|officials said|a spokesman said", says, "|")
  for (i = 0; i < n; i++) printf "{\"id\":\"made-%d\",\"text\":\"%s %s %s in %s, killing %d people, %s. Report %d.\",\"publisher\":\"Wire %d\",\"published\":\"2024-%02d-%02d\"}\n", i, who[i%7+1], did[int(i/7)%6+1], what[int(i/42)%6+1], where[int(i/252)%11+1], 2+i%39, says[i%5+1], i, i%17, i%12+1, int(i/12)%28+1
}' > "$dir/reports.jsonl"
rm -rf "$dir/lake"
ask() { "$annalist" query "$1" --lake "$dir/lake" --format csv 2>/dev/null | tail -1; }
for seconds in 60 90; do
  timeout --signal=KILL "$seconds" "$annalist" read "$dir/reports.jsonl" --format jsonl --lake "$dir/lake" >/dev/null 2>&1 || true
  echo "killed after $seconds s with $(ask 'SELECT count(*) FROM documents') documents kept"
done
/usr/bin/time -f '%e s to the end, %M KiB at most' "$annalist" read "$dir/reports.jsonl" --format jsonl --lake "$dir/lake" 2>&1 >/dev/null | tail -2
echo "documents: $(ask 'SELECT count(*) FROM documents'); claims, and how many ids they have: $(ask 'SELECT count(*), count(DISTINCT id) FROM claims')"
"$annalist" lake check --lake "$dir/lake"
