#!/usr/bin/env bash
# Writes docs/worked.md and its figures: what a reader learns from UCDP GED Pakistan 1989-2014 and from the bundled sample
# reports, and what these cannot say. GED is read from ../shared/data; without it that part is left as it is.
set -euo pipefail
cd "$(dirname "$0")/.."
annalist=${ANNALIST:-$PWD/target/debug/annalist}
ged=../shared/data/tables/ucdp_ged_pakistan_to_2014
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p docs/worked

# A command as a reader would type it, and the lines of its answer that fit a filter.
ask() { # lake, sed script, arguments …
  local lake=$1 filter=$2
  shift 2
  printf '```\n$ annalist'
  for word in "$@"; do [[ $word == *' '* ]] && printf ' "%s"' "$word" || printf ' %s' "$word"; done
  printf '\n'
  "$annalist" "$@" --lake "$lake" 2>/dev/null | sed -nE "$filter" | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}'
  printf '```\n'
}

# A question that is not answered, and why.
refuse() { # lake, arguments …
  local lake=$1
  shift
  printf '```\n$ annalist'
  printf ' %s' "$@"
  printf '\n'
  { "$annalist" "$@" --lake "$lake" 2>&1 || true; } | head -n 6
  printf '```\n'
}

# The same answer as a figure.
draw() { # lake, name, what it shows, arguments …
  local lake=$1 name=$2 shows=$3
  shift 3
  "$annalist" "$@" --lake "$lake" --format svg --out "docs/worked/$name.svg" 2>/dev/null
  printf '![%s](worked/%s.svg)\n' "$shows" "$name"
}

reports=$work/reports
for file in data/samples/20*; do
  outlet=$(basename "$file" | sed -E 's/^[0-9-]{11}(frontier-wire|indus-ledger|kabul-lantern|northgate-herald|yamuna-courier|ridge-line-monitor|gulf-meridian|golden-horn-gazette|lakeside-review|torkham-trade-letter).*/\1/; s/-/ /g; s/\b./\u&/g')
  "$annalist" read "$file" --publisher "$outlet" --lake "$reports" >/dev/null 2>&1
done
"$annalist" read data/samples/*.jsonl data/samples/*.xml --lake "$reports" >/dev/null 2>&1

if [ -d "$ged" ]; then
  "$annalist" import ged "$ged"/*.csv --lake "$work/ged" >/dev/null 2>&1
  {
    printf "## A data set: UCDP GED, Pakistan 1989 to 2014\n\n"
    sed -n '/^<!-- ged -->$/,/^<!-- end -->$/p' scripts/worked.in.md | sed '1d;$d' | while IFS= read -r line; do
      case $line in
        '@'*) eval "${line#@}" ;;
        *) printf '%s\n' "$line" ;;
      esac
    done
  } > "$work/ged.md"
else
  echo "scripts/worked.sh: $ged is not here: the part about GED stays as it is" >&2
  sed -n '/^## A data set/,/^## Reports/p' docs/worked.md | sed '$d' > "$work/ged.md"
fi
{
  sed -n '1,/^<!-- ged -->$/p' scripts/worked.in.md | sed '$d'
  cat "$work/ged.md"
  sed -n '/^<!-- reports -->$/,$p' scripts/worked.in.md | sed '1d' | while IFS= read -r line; do
    case $line in
      '@'*) eval "${line#@}" ;;
      *) printf '%s\n' "$line" ;;
    esac
  done
} > "$work/worked.md"
mv "$work/worked.md" docs/worked.md
echo "docs/worked.md and $(ls docs/worked | wc -l) figures are written" >&2
