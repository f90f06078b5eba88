# Two commands after a clone: `make demo` and `make test`. Both need cargo (the stable toolchain named in
# Cargo.toml) and a C compiler for a few dependencies; `make setup` names what is missing.

.PHONY: demo test lint deny measure train setup

setup:
	@command -v cargo >/dev/null || { echo "annalist needs the Rust toolchain: install rustup, then 'rustup toolchain install stable'"; exit 1; }
	@command -v cc >/dev/null || { echo "annalist needs a C compiler: 'apt-get install gcc' or the like"; exit 1; }

demo: setup
	cargo build --quiet --package cli
	./target/debug/annalist read data/samples/*.txt data/samples/*.html data/samples/*.xml data/samples/*.jsonl --format table
	@echo
	@echo "These were the bundled sample reports (invented outlets; see data/samples/README.md)."
	@echo "To read your own:"
	@echo "  ./target/debug/annalist read FILE FOLDER or https://… --published 2025-10-19"
	@echo "  ./target/debug/annalist read --no-store --format jsonl --published 2025-10-19 FILE"

lint: setup
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --quiet -- -D warnings

# Licences and sources of what we depend on; advisories need a database from the network and are left out.
deny: setup
	@command -v cargo-deny >/dev/null || cargo install --locked --quiet cargo-deny
	cargo deny --log-level error check bans licenses sources

# Documentation examples first, so that the run closes on tests that ran.
test: lint deny
	cargo test --workspace --quiet --doc
	cargo test --workspace --quiet --lib --bins --tests

# The long acceptance: every evaluation, benchmarks, fuzzing. Results go to eval/results and docs/measured.md.
measure: setup
	./scripts/measure.sh

# Trains the text model again; needs Python 3.11 and the data described in training/README.md.
train:
	./training/train.sh

