#!/usr/bin/env bash
# The long acceptance: every evaluation with per-item results, the lake under load and kills, benchmarks, fuzzing. Needs ../shared/data for most suites.
set -euo pipefail
cd "$(dirname "$0")/.."
# A figure below its floor is the run's verdict, but stops nothing.
below=0
cargo build --release --package cli
{
  echo "# $(git rev-parse --short HEAD), $(nproc) cores, $(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2 | xargs), $(date -u +%F)"
  ./target/release/annalist eval --items eval/results
} | tee eval/results/summary.txt || below=$?
# The whole run: the sample reports twenty times over.
corpus=$(mktemp -d)
trap 'rm -rf "$corpus"' EXIT
for i in $(seq 20); do cp -r data/samples "$corpus/$i"; done
for threads in 1 2; do
  echo "whole run, $threads thread(s):"
  /usr/bin/time -f '%e s, %M KiB at most' ./target/release/annalist read --no-store --format jsonl --threads "$threads" "$corpus" >/dev/null
done
# Keeping: two hundred kills, and ten million made-up claims on two cores.
ANNALIST_KILLS=200 cargo test --release --package cli --test lake -- --nocapture killed
cargo build --release --package cli --package lake --example many_claims
./target/release/examples/many_claims "$corpus/lake" "${CLAIMS:-10000000}"
./scripts/many_documents.sh "$corpus/many"
# The server over a million made-up claims, with fifty readers at once and while reports come in.
if command -v wrk >/dev/null; then ./scripts/load.sh "$corpus/load"; else echo "wrk is not installed: the server under load is not measured" >&2; fi
# Every screen, looked at by a script.
ANNALIST=$PWD/target/release/annalist ./scripts/screens.sh
# Data sets of others: rows a second; a million made-up happenings weighed.
cargo build --release --package pipeline --example import_rows --package analysis --example million_events
for shape in ged gdelt; do ./target/release/examples/import_rows "$shape" 600000 2; done
./target/release/examples/million_events 1000000 2
# Whether intervals of change points hold what is true.
ANNALIST_ROUNDS=20000 cargo test --release --package analysis --lib -- --nocapture intervals_hold_what_is_true
# Cycles: whether intervals hold what is true and zeros stay zero; events a second. Forecasts: the stored samples scored again.
ANNALIST_ROUNDS=200 cargo test --release --package analysis --test cycles -- --nocapture intervals_hold
cargo run --release --package analysis --example cycles_speed
# Levers that were really pulled: what they did, and the what-ifs made before them scored after.
cargo run --release --package analysis --example whatif_real -- ../shared/data/tables
./target/release/annalist forecast score
cargo bench --package text --package ingest --package analysis
if cargo fuzz --version >/dev/null 2>&1; then
  for target in html feed warc; do
    mkdir -p "fuzz/corpus/$target"
    RUSTC_BOOTSTRAP=1 cargo fuzz run "$target" "fuzz/corpus/$target" "fuzz/seeds/$target" -- \
      -max_total_time="${FUZZ_SECONDS:-600}" -timeout=10 -rss_limit_mb=2048
  done
else
  echo "cargo-fuzz is not installed: 'cargo install cargo-fuzz' to run the fuzz targets" >&2
fi
exit "$below"
