#!/usr/bin/env bash
# Looks at every screen of `annalist serve` in a headless Chromium, over the sample reports, and plays a reader who reads, amends
# and restores. Pictures go to target/screens. Needs Chromium ('apt-get install chromium', or CHROMIUM=/path).
# With PICTURES=1 the pictures of docs/pages.md are made anew instead.
set -euo pipefail
cd "$(dirname "$0")/.."
chromium=${CHROMIUM:-$(command -v chromium || true)}
[ -n "$chromium" ] || { echo "scripts/screens.sh: no Chromium: 'apt-get install chromium', or CHROMIUM=/path" >&2; exit 1; }
annalist=${ANNALIST:-$PWD/target/debug/annalist}
[ -x "$annalist" ] || cargo build --quiet --package cli
work=$(mktemp -d)
"$annalist" read data/samples/*.txt data/samples/*.html data/samples/*.xml data/samples/*.jsonl --lake "$work/lake" >/dev/null
port=${PORT:-8461}
"$annalist" serve --lake "$work/lake" --port "$port" 2>"$work/served" &
served=$!
# It writes what was asked for beside the lake before it ends.
trap 'kill "$served" 2>/dev/null; wait "$served" 2>/dev/null || true; rm -rf "$work"' EXIT
for _ in $(seq 100); do
  curl -fs "http://127.0.0.1:$port/api/v1/lake" >/dev/null && break
  sleep 0.2
done
mkdir -p target/screens
cd crates/web/ui
if [ -n "${PICTURES:-}" ]; then
  CHROMIUM=$chromium npm run --silent pictures -- "http://127.0.0.1:$port" ../../../docs/pages
  exit
fi
CHROMIUM=$chromium WRITES=1 npm run --silent screens -- "http://127.0.0.1:$port" ../../../target/screens
