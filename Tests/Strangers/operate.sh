#!/bin/bash
# What people who run Fader stumble over, tried against a binary:
#   Tests/Strangers/operate.sh [BINARY]
# One line per trial: `ok` or `FAULT`, the point, what was done, what came back. Exit code 1 after any
# fault. Needs bash, curl and Python's standard library; the trials of TLS need openssl too.
set -u
cd "$(dirname "$0")/../.." || exit 1
repository=$PWD
fader=$(realpath "${1:-.build/release/fader}")
. Tests/Strangers/lib-operate.sh
. Tests/Strangers/lib-operate-runs.sh
checkpoint=$repository/checkpoints/quickstart

# The same request without weights and without an id, on one line.
python 'import json, sys
request = json.load(open(sys.argv[1]))
del request["weights"], request["request_id"]
print(json.dumps(request))' data/feed/click.json >"$work/request.json"
request=$(cat "$work/request.json")

# --- 11 controllers
cat >"$work/controllers.yaml" <<'Y'
version: 1
serving:
  steering:
    default: usual
    presets:
      usual: {weights: {click: 0.9, cold_start: 0.05, shops: 0.05}}
      explore: {weights: {click: 0.5, cold_start: 0.5}}
    controllers:
      - {objective: cold_start, flag: is_cold, target: 0.9, minimum: 0.3, maximum: 0.45, every: 1}
      - {objective: shops, flag: is_cold, target: 0.9, minimum: 0.35, maximum: 0.4, every: 1}
  log: {folder: LOGS}
Y
sed -i "s|LOGS|$work/controlled|" "$work/controllers.yaml"
start controllers --checkpoint "$checkpoint" --config "$work/controllers.yaml"
came=$(ask /v1/rerank "$request" | field '{k: round(v, 3) for k, v in a["weights"].items()}')
verdict 11 "two controllers, at least .3 and .35" "$came" test "$(
  field 'a["cold_start"] >= .2999 and a["shops"] >= .3499 and abs(sum(a.values()) - 1) < .01' \
    <<<"${came//\'/\"}")" = True
came=$(ask /v1/rerank "${request%\}}, \"preset\": \"explore\"}" | field 'a["steering"]')
verdict 11 "a preset that names a controlled weight" "$came" grep -q "'asked': {'cold_start': 0.5}" <<<"$came"
came=$(get /v1/steering | field 'a["presets"]["explore"].get("controlled")')
verdict 11 "/v1/steering shows which of a preset's weights are controlled" "$came" test "$came" = "['cold_start']"
for _ in 1 2 3 4; do ask /v1/rerank "$request" >/dev/null; done
controlled='[[round(c["weight"], 4), c["share"]] for c in a["controllers"]]'
before=$(get /v1/steering | field "$controlled")
stop
start controllers2 --checkpoint "$checkpoint" --config "$work/controllers.yaml"
after=$(get /v1/steering | field "$controlled")
verdict 11 "controllers over a restart" "$before then $after" test "$before" = "$after"
stop

# --- 12 links, damage, keys, TLS, rank, /v1/model
mkdir -p "$work/mount/..2026_1" "$work/mount/..2026_2" "$work/none"
for n in 1 2; do
  printf 'version: 1\nserving: {steering: {default: p%s, presets: {p%s: {weights: {click: 1}}}}}\n' \
    $n $n >"$work/mount/..2026_$n/serving.yaml"
done
ln -s ..2026_1 "$work/mount/..data"
ln -s ..data/serving.yaml "$work/mount/serving.yaml"
start mount --checkpoint "$checkpoint" --config "$work/mount/serving.yaml"
ln -s ..2026_2 "$work/mount/..data_tmp"
mv -T "$work/mount/..data_tmp" "$work/mount/..data"
default_is() { [ "$(get /v1/steering | field 'a["default"]')" = "$1" ]; }
eventually default_is p2
verdict 12 "a ConfigMap's double link is turned" "$(get /v1/steering | field 'a["default"]')" default_is p2
stop

mkdir "$work/models"
cp -r "$checkpoint" "$work/models/sound"
cp -r "$checkpoint" "$work/models/damaged"
touch -d '2 hours ago' "$work/models/sound/bundle.json"
python 'import sys
with open(sys.argv[1], "r+b") as file:
    file.seek(-100, 2)
    file.write(b"damaged!")' "$work/models/damaged/model.safetensors"
start damaged --models "$work/models"
came=$(get /v1/status | field '[a["ready"], a["refused_checkpoint"]]')
verdict 12 "a damaged checkpoint, newer than a sound one" "$came" \
  test "$came" = "[True, {'name': 'damaged'}]"
verdict 12 "the log says which one serves" "$(grep -o 'an older checkpoint serves.*' "$log" | cut -c1-60)" \
  grep -q 'an older checkpoint serves' "$log"
stop

cp -r "$checkpoint" "$work/nan"
python "$break_model" "$work/nan"
"$fader" rank --checkpoint "$work/nan" <"$work/request.json" >"$work/nan.out" 2>"$work/nan.err"
verdict 12 "NaN in the generator" "exit $?, $(words "$work/nan.err")" grep -q 'finite' "$work/nan.err"

printf '# of clients\nsec#ret3\nother # a comment\n' >"$work/keys.txt"
printf 'admin1\n' >"$work/admin.txt"
printf 'version: 1\nserving: {keys: {file: %s}, administration_keys: {file: %s}}\n' \
  "$work/keys.txt" "$work/admin.txt" >"$work/keys.yaml"
start keys --checkpoint "$checkpoint" --config "$work/keys.yaml"
came="$(code /v1/rerank "$request" 'sec#ret3') $(code /v1/rerank "$request" sec) $(code /v1/rerank "$request" other)"
verdict 12 "the key sec#ret3, sec, and one before a comment" "$came" test "$came" = "200 401 200"
came="$(code /v1/config/reload '' 'sec#ret3') $(code /v1/config/reload '' admin1) $(code /v1/rerank "$request" admin1)"
verdict 14 "a client's key reloads, an operator's reloads and ranks" "$came" test "$came" = "403 200 200"
stop

if command -v openssl >/dev/null; then
  for n in a b; do
    openssl req -x509 -newkey rsa:2048 -nodes -days 3 -subj /CN=localhost \
      -keyout "$work/$n.key" -out "$work/$n.pem" 2>/dev/null
  done
  tls() { printf 'version: 1\nserving: {tls: {certificate: %s, key: %s}}\n' "$1" "$2" >"$work/tls.yaml"; }
  echo nonsense >"$work/nonsense.pem"
  for pair in a.pem/b.key a.pem/none.key none.pem/a.key nonsense.pem/a.key a.pem/nonsense.pem; do
    tls "$work/${pair%/*}" "$work/${pair#*/}"
    timeout 20 "$fader" serve --port 0 --checkpoint "$checkpoint" --config "$work/tls.yaml" 2>"$work/tls.err" >&2
    status=$?
    verdict 12 "TLS with $pair" "exit $status, $(words "$work/tls.err")" \
      grep -q 'serving.tls' "$work/tls.err"
  done
  tls "$work/a.pem" "$work/a.key"
  start tls --checkpoint "$checkpoint" --config "$work/tls.yaml"
  verdict 12 "a certificate of 3 days" "$(grep -o 'serving.tls: .*' "$log" | cut -c1-50)" \
    grep -q 'certificate expires in' "$log"
  stop
fi

came=$(python "$rank_as_typed" "$fader" "$checkpoint" "$work/request.json")
verdict 12 "fader rank, a line with standard input left open" "$came" grep -q '^answered' <<<"$came"
draw="${request%\}}, \"strategy\": {\"kind\": \"sample\", \"lists\": 1}}"
for _ in 1 2 3 4 5 6; do echo "$draw"; done >"$work/draws.jsonl"
lists='import json, sys
print([[i["index"] for i in json.loads(line)["items"]] for line in sys.stdin])'
"$fader" rank --checkpoint "$checkpoint" <"$work/draws.jsonl" 2>/dev/null | python "$lists" >"$work/draws1"
"$fader" rank --checkpoint "$checkpoint" <"$work/draws.jsonl" 2>/dev/null | python "$lists" >"$work/draws2"
came=$(python 'import sys
print(len(set(map(tuple, eval(open(sys.argv[1]).read())))))' "$work/draws1")
verdict 12 "6 equal lines without an id" "$came different draws" test "$came" -gt 1
verdict 12 "the same file again" "equal draws" cmp -s "$work/draws1" "$work/draws2"
start model --checkpoint "$checkpoint"
came=$(get /v1/model | field 'a["list_length"]')
verdict 12 "/v1/model, list lengths" "$came" \
  test "$came" = "{'minimum': 1, 'maximum': 1000, 'trained_maximum': 10}"
stop

# --- 14 logs, signals, levels
logs=$work/logs
start logs --checkpoint "$checkpoint" --set "serving.log.folder=$logs" \
  --set serving.log.rotate_megabytes=0.02 --set serving.log.keep_megabytes=0.05
"$fader" serve --port 0 --checkpoint "$checkpoint" --set "serving.log.folder=$logs" 2>"$work/second.err" >&2 &
second=$!
pids+=("$second")
gone() { ! kill -0 "$second" 2>/dev/null; }
eventually gone
verdict 14 "a second service on the same log folder" "$(words "$work/second.err")" grep -q 'no other process' "$work/second.err"
kill -KILL "$second" 2>/dev/null
verdict 14 "what is kept is said at the start" "$(grep -o 'keep_megabytes=[0-9.]*' "$log")" grep -q 'keep_megabytes=' "$log"
for _ in $(seq 30); do ask /v1/rerank "$request" >/dev/null; done
deleted() { [ "$(get /v1/status | field 'a["log"]["deleted_files"]')" -gt 0 ] 2>/dev/null; }
eventually deleted
verdict 14 "log files that made room" \
  "$(get /metrics | grep 'fader_log_files_deleted_total{log="decisions"}')" deleted
verdict 14 "requests at the default level" "$(grep -c ' request' "$log") lines of requests" \
  test "$(grep -c 'request_id=' "$log")" = 0
interaction='{"ranking": "r1", "item": "i1", "type": "TYPE"}'
came="$(code /v1/feedback "${interaction/TYPE/click}") $(code /v1/feedback "${interaction/TYPE/zzz}")"
verdict 14 "feedback of a known and of an unknown kind" "$came $(field 'a["detail"]' <"$work/body" | cut -c1-80)" \
  test "$came" = "202 422"
rm -rf "$logs"
touch "$logs"
broken() { ask /v1/rerank "$request" >/dev/null; grep -q 'cannot be written' "$log"; }
eventually broken
verdict 14 "a log folder that has become a file" "$(grep -o 'error.*cannot be written' "$log" | head -n 1)" \
  grep -q 'error.*cannot be written' "$log"
stop
timeout 20 "$fader" serve --port 0 --checkpoint "$checkpoint" --set "serving.log.folder=$work/request.json/logs" \
  2>"$work/unwritable.err" >&2
status=$?
verdict 14 "a log folder that cannot be made" "exit $status, $(words "$work/unwritable.err")" test "$status" = 74
printf 'version: 1\nserving: {models: {folder: %s, poll_seconds: 0}, steering: {default: p1, presets: {p1: {weights: {click: 1}}, p2: {weights: {shops: 1}}}}}\n' \
  "$work/none" >"$work/hup.yaml"
start hup --checkpoint "$checkpoint" --config "$work/hup.yaml" --log-level debug
sed -i 's/default: p1/default: p2/' "$work/hup.yaml"
kill -HUP "$pid"
eventually default_is p2
verdict 14 "SIGHUP after a change" "$(get /v1/steering | field 'a["default"]')" default_is p2
ask /v1/rerank "$request" >/dev/null
verdict 14 "--log-level debug" "$(grep -c 'request_id=' "$log") lines of requests" grep -q 'request_id=' "$log"
stop

try_runs
if [ "$faults" -gt 0 ]; then
  echo "$faults faults"
  exit 1
fi
