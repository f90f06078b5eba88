#!/usr/bin/env bash
# The server over a million made-up claims: how long until it answers, until each answer is there for the first time, and how
# long fifty readers at once wait while reports are read into the same lake.
# usage: load.sh DIR [CLAIMS]     needs wrk and curl
set -euo pipefail
cd "$(dirname "$0")/.."
dir=$1 claims=${2:-1000000} port=${PORT:-8459}
annalist=${ANNALIST:-$PWD/target/release/annalist}
command -v wrk >/dev/null || { echo "wrk is not installed: 'apt-get install wrk'" >&2; exit 2; }
mkdir -p "$dir"
if [ ! -d "$dir/lake" ]; then
  "${MANY_CLAIMS:-./target/release/examples/many_claims}" "$dir/lake" "$claims" >/dev/null
  # Weighed once; what stands is not weighed again.
  "$annalist" incidents --lake "$dir/lake" --limit 1 >/dev/null
fi
addresses=(/api/v1/lake "/api/v1/claims?limit=50" "/api/v1/incidents?limit=50" "/api/v1/incidents?sort=gravity&about=PAK"
  "/api/v1/search?q=somebody" "/api/v1/series?about=PAK" "/api/v1/changes?about=PAK,AFG" "/api/v1/timeline?about=TTP"
  "/api/v1/map?about=IND" "/api/v1/documents?limit=50")
begin() {
  "$annalist" serve --lake "$dir/lake" --port "$port" 2>"$dir/serve.log" &
  server=$!
}
begin
trap 'kill $server 2>/dev/null || true' EXIT
since() { echo "$(date +%s.%N) - $1" | bc; }
ask() { curl -s -o /dev/null -w '%{time_total} s  %{http_code}  '"$1\n" "http://127.0.0.1:$port$1"; }
began=$(date +%s.%N)
until curl -s -o /dev/null "http://127.0.0.1:$port/"; do sleep .05; done
echo "the page is there after $(since "$began") s"
echo "each answer for the first time:"
for address in "${addresses[@]}"; do ask "$address"; done
echo "all of them after $(since "$began") s; again:"
for address in "${addresses[@]}"; do ask "$address"; done
grep VmHWM "/proc/$server/status"
kill -INT $server
wait $server || true
began=$(date +%s.%N)
begin
until curl -s -o /dev/null "http://127.0.0.1:$port/"; do sleep .01; done
echo "served again: the page is there after $(since "$began") s"
for address in "${addresses[@]}"; do ask "$address"; done
echo "all of them after $(since "$began") s"
# Until what is not kept is ready, too.
curl -s -o /dev/null "http://127.0.0.1:$port/api/v1/incidents?limit=49"
# Readers who ask for the same again and again, without a pause.
cat >"$dir/ask.lua" <<LUA
local addresses = { $(printf '"%s", ' "${addresses[@]}") }
local at = 0
request = function() at = at % #addresses + 1; return wrk.format("GET", addresses[at]) end
LUA
# Readers who look at what they got for two seconds on average, and every third time ask for what nobody has asked before.
cat >"$dir/read.lua" <<LUA
local addresses = { $(printf '"%s", ' "${addresses[@]}") }
local parties = { "PAK", "AFG", "TTP", "IND", "IRN", "HAMAS", "UKR", "RUS", "SDN", "M23", "CHN", "USA" }
local threads = 0
setup = function(thread) threads = threads + 1; thread:set("seed", threads) end
init = function() math.randomseed(seed + os.time()) end
local fresh = function()
  local year, month, party = math.random(2015, 2024), math.random(1, 12), parties[math.random(#parties)]
  local days = string.format("from=%d-%02d-%02d&to=%d-%02d-28", year, month, math.random(1, 27), year, month)
  local kinds = { "/api/v1/claims?limit=50&about=" .. party .. "&" .. days,
    "/api/v1/incidents?limit=50&about=" .. party .. "&" .. days,
    "/api/v1/changes?about=" .. party .. "&" .. days, "/api/v1/series?about=" .. party .. "&" .. days }
  return kinds[math.random(#kinds)]
end
request = function()
  return wrk.format("GET", math.random(3) == 1 and fresh() or addresses[math.random(#addresses)])
end
delay = function() return math.random(500, 3500) end
LUA
for script in ask read; do
  cat >>"$dir/$script.lua" <<LUA
done = function(summary, latency)
  io.write(string.format("p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, at most %.1f ms; %d answers, %d errors\n",
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000, latency.max / 1000,
    summary.requests, summary.errors.status + summary.errors.timeout + summary.errors.read + summary.errors.connect))
end
LUA
done
readers() { wrk -t 2 -c 50 -d "$2" --timeout 60s -s "$dir/$1.lua" "http://127.0.0.1:$port" | tail -1; }
echo "fifty readers without a pause, nothing else going on:"
readers ask 20s
echo "fifty readers who think, nothing else going on:"
readers read 40s
towns=(Quetta Zhob Turbat Khuzdar Bannu Peshawar Kohat Swat Khost Kabul Kandahar Herat Ghazni Jalalabad Kunduz Zaranj Karachi)
for i in $(seq "${REPORTS:-20000}"); do
  echo "{\"id\":\"load-$RANDOM-$i\",\"text\":\"Gunmen attacked a police post in ${towns[i % 17]} on 2024-$(printf %02d $((i % 12 + 1)))-$(printf %02d $((i % 28 + 1))), killing $((i % 30 + 2)) people, police said. Report $RANDOM $i.\",\"publisher\":\"Wire $((i % 17))\",\"published\":\"2024-12-28\"}"
done >"$dir/more.jsonl"
"$annalist" read "$dir/more.jsonl" --format jsonl --lake "$dir/lake" >/dev/null 2>"$dir/read.log" &
reader=$!
for how in ask read; do
  echo "the same ($how) while reports are read into the same lake:"
  readers $how "${SECONDS_LOADED:-60}s"
  kill -0 $reader 2>/dev/null && echo "  the reading was still going on at the end" || echo "  the reading ended before"
done
wait $reader || true
tail -1 "$dir/read.log"
