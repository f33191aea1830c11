#!/usr/bin/env bash
# Loads one BACI-like file with sqlite3, DuckDB and tradeshare, side by side, and asks the three the same questions.
#
#   benches/peers.sh            5 million rows, three rounds
#   benches/peers.sh 50         50 million rows (ten years), one round
#   ROUNDS=5 benches/peers.sh   more rounds
#
# The peers go into benches/.peers and nowhere else: DuckDB as a Python package; the sqlite3 shell must be there.
# What is printed are medians of wall time, of CPU time (less noise on a busy machine), ratios, bytes a row, peak memory.
set -euo pipefail
cd "$(dirname "$0")/.."
millions=${1:-5}
rounds=${ROUNDS:-$([ "$millions" -gt 5 ] && echo 1 || echo 3)}
place=benches/.peers
mkdir -p "$place"
command -v sqlite3 > /dev/null || { echo "the sqlite3 shell is not installed"; exit 1; }
[ -x "$place/venv/bin/python" ] || python3 -m venv "$place/venv"
"$place/venv/bin/python" -c 'import duckdb' 2> /dev/null || "$place/venv/bin/pip" install --quiet duckdb
cargo build --release --locked
exec "$place/venv/bin/python" benches/peers.py "$place" target/release/tradeshare "$millions" "$rounds"
