# Two commands after a clone: `make demo` and `make test`. Both need cargo (the stable toolchain named in
# Cargo.toml), a C compiler for a few dependencies, and Node.js with npm for the pages; `make setup` names what is missing.

.PHONY: demo test lint deny measure train worked screens setup

setup:
	@command -v cargo >/dev/null || { echo "annalist needs the Rust toolchain: install rustup, then 'rustup toolchain install stable'"; exit 1; }
	@command -v cc >/dev/null || { echo "annalist needs a C compiler: 'apt-get install gcc' or the like"; exit 1; }

# The pages of `annalist serve`, which the binary carries. Without npm everything else works, and the server says what it lacks.
PAGES := crates/web/ui
pages := $(PAGES)/dist/index.html
$(pages): $(shell find $(PAGES)/src $(PAGES)/public -type f) $(PAGES)/index.html $(PAGES)/package-lock.json $(PAGES)/vite.config.ts
	@if ! command -v npm >/dev/null; then \
	  echo "no pages for 'annalist serve': they need Node.js 20.19 or later with npm (nodejs.org, or 'apt-get install nodejs npm' where it is as new)" >&2; \
	elif ! (cd $(PAGES) && npm ci --silent --no-fund --no-audit); then \
	  rm -rf $(PAGES)/node_modules; echo "no pages for 'annalist serve': npm could not fetch what they are built from; 'npm ci' in $(PAGES) says why" >&2; \
	else cd $(PAGES) && npm run --silent build && touch dist/index.html ../build.rs; fi

demo: setup $(pages)
	cargo build --quiet --package cli
	./target/debug/annalist read data/samples/*.txt data/samples/*.html data/samples/*.xml data/samples/*.jsonl --format table --lake target/demo-lake
	@echo
	@echo "These were the bundled sample reports (invented outlets; see data/samples/README.md), now kept in target/demo-lake."
	@echo "A question of that lake: how many dead does each side give for October 2025?"
	@echo "  annalist query \"SELECT … FROM events WHERE … GROUP BY …\" --lake target/demo-lake"
	@./target/debug/annalist query "SELECT coalesce(asserter['id'], 'own voice') AS says, status, attitude, count(*) AS claims, min(killed_low) AS least, max(killed_low) AS most FROM events WHERE killed_low IS NOT NULL AND coalesce(to_day, published_day) >= '2025-10-01' GROUP BY 1, 2, 3 ORDER BY claims DESC, says LIMIT 12" --lake target/demo-lake
	@echo
	@echo "More to ask (docs/lake.md), with --lake target/demo-lake:"
	@echo "  ./target/debug/annalist claims --about TTP --from 2025-10-01"
	@echo "  ./target/debug/annalist incidents --type ASSAULT --standing corroborated,disputed"
	@echo "  ./target/debug/annalist ties --format csv"
	@echo "  ./target/debug/annalist search '\"48-hour ceasefire\"'"
	@echo "  ./target/debug/annalist show clm_…"
	@echo "To look instead of typing: ./target/debug/annalist serve --lake target/demo-lake"
	@echo "To read your own (kept in your data folder, or --lake DIR; --no-store prints only):"
	@echo "  ./target/debug/annalist read FILE FOLDER or https://… --published 2025-10-19"

lint: setup $(pages)
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --quiet -- -D warnings

# Licences and sources of what we depend on. `make test` holds licences and sources against the same deny.toml by a test of
# its own, since building cargo-deny takes longer than all tests; advisories need a database from the network and are left out.
deny: setup
	@command -v cargo-deny >/dev/null || cargo install --locked --quiet cargo-deny
	cargo deny --log-level error check bans licenses sources

# Documentation examples first, so that the run closes on tests that ran.
test: lint
	@if [ -d $(PAGES)/node_modules ]; then cd $(PAGES) && npm test --silent; else echo "tests of the pages are skipped: no npm" >&2; fi
	cargo check --package cli --no-default-features --tests --quiet
	cargo test --workspace --quiet --doc
	cargo test --workspace --quiet --lib --bins --tests

# The long acceptance: every evaluation, benchmarks, fuzzing. Results go to eval/results and docs/measured.md.
measure: setup
	./scripts/measure.sh

# Trains the text model again; needs Python 3.11 and the data described in training/README.md.
train:
	./training/train.sh


# Every screen in a headless Chromium, with the sample reports: faults of script, layout, contrast, keyboard.
screens: setup $(pages)
	./scripts/screens.sh

# Writes docs/worked.md and its figures.
worked: setup
	cargo build --quiet --package cli
	./scripts/worked.sh
