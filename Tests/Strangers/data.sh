#!/bin/bash
# Trials of what goes in: event logs, session files, configurations. data.sh [PROGRAM]. README.md says more.
. "$(dirname "$0")/lib.sh"
binary=$(realpath "${1:-$root/.build/release/fader}")
cd "$scratch" || exit 1

# A log of rankings with a click each, one ranking a minute: log COUNT [PYTHON that changes `events`].
log() {
  python3 - "$1" "${2:-}" <<'PY'
import json, sys
events = []
for i in range(int(sys.argv[1])):
    start = 1767607200000 + 60_000 * i
    items = [{"id": f"i{j}", "position": j + 1, "fields": {"price": 1.5 + (i * 7 + j * 3) % 11, "is_cold": (i + j) % 3 == 0,
              "shop": f"s{(i + j) % 4}"}} for j in range(5)]
    items += [{"id": f"n{j}", "fields": {"price": 2.5 + j, "is_cold": j % 2 == 0, "shop": f"s{j}"}} for j in range(4)]
    events.append({"event": "ranking", "id": f"r{i}", "timestamp": start, "user": f"u{i % 9}", "fields": {"device": "app"}, "items": items})
    events.append({"event": "interaction", "ranking": f"r{i}", "item": f"i{i % 5}", "type": "click", "timestamp": start + 4000})
exec(sys.argv[2])
print("\n".join(json.dumps(event) for event in events))
PY
}

# ingest FILE... : what came of it, as "STATUS SESSIONS JOINED".
ingest() {
  local status
  timeout 60 "$binary" ingest "$@" --out out.jsonl --json >report.json 2>errors.txt
  status=$?
  echo "$status $(wc -l <out.jsonl 2>/dev/null || echo 0) $(clicks out.jsonl)"
  rm -f out.jsonl
}

clicks() {
  python3 -c 'import json, sys
try: lines = open(sys.argv[1]).read().splitlines()
except OSError: lines = []
print(int(sum(sum(json.loads(line)["feedback"].get("click", [])) for line in lines)))' "$1"
}

# refused FILE WORD: exit code 65, the word in the message, and an existing output that stays.
refused() {
  echo kept >kept.jsonl
  timeout 60 "$binary" ingest "$1" --out kept.jsonl >/dev/null 2>errors.txt
  local status=$?
  grep -qi -- "$2" errors.txt && echo "$status names it, output $(cat kept.jsonl)" || echo "$status $(head -c 200 errors.txt)"
}

# --- 1: clocks
log 20 >plain.jsonl
trial 1 "20 rankings and clicks" "0 20 20" "$(ingest plain.jsonl)"
for ahead in 7200000 1577880000000; do
  for event in 10 11; do
    log 20 "events[$event]['timestamp'] += $ahead" >ahead.jsonl
    came=$(ingest ahead.jsonl)
    [ "$(cut -d' ' -f2 <<<"$came")" -ge 19 ] && came="the other 19 joined"
    trial 1 "event $event stamped $((ahead / 3600000)) hours ahead" "the other 19 joined" "$came"
  done
done
for unit in 1000 1000000; do
  log 20 "[event.update(timestamp=event['timestamp'] * $unit) for event in events]" >unit.jsonl
  ingest unit.jsonl >/dev/null
  timeout 60 "$binary" ingest unit.jsonl --out unit-sessions.jsonl >/dev/null 2>&1
  came=$(python3 -c 'import json; print(int(json.loads(open("unit-sessions.jsonl").readline())["time"]))')
  trial 1 "times in units of 1/$((unit * 1000)) s" 1767607200 "$came"
done

# --- 2: loss is not success
log 20 "events.sort(key=lambda event: event['event'], reverse=True)" >rankings-first.jsonl
trial 2 "all rankings before all clicks" "0 20 20" "$(ingest rankings-first.jsonl)"
log 20 "[event.update(ranking='gone') for event in events if event['event'] == 'interaction'][0]" >lost.jsonl
trial 2 "no click joins" "65 names it, output kept" "$(refused lost.jsonl 'interactions')"
iconv -t UTF-16 plain.jsonl >utf16.jsonl
python3 -c 'import bz2, lzma
data = open("plain.jsonl", "rb").read()
open("log.bz2", "wb").write(bz2.compress(data)); open("log.xz", "wb").write(lzma.compress(data))
open("log.zst", "wb").write(b"\x28\xb5\x2f\xfd" + data[:100])
lines = data.decode().splitlines()
open("array.json", "w").write("[" + ",".join(lines) + "]")
import json
open("indented.json", "w").write("\n".join(json.dumps(json.loads(line), indent=2) for line in lines))
open("cr.jsonl", "w", newline="").write("\r".join(lines))
open("empty.jsonl", "w")'
for pair in utf16.jsonl:UTF-16 log.bz2:bzip2 log.xz:xz log.zst:zstd array.json:array indented.json:indented cr.jsonl:CR empty.jsonl:empty; do
  trial 2 "${pair%%:*}" "65 names it, output kept" "$(refused "${pair%%:*}" "${pair##*:}")"
done

# --- 3: Metarank's documented log
log 20 "[item.pop('position', None) for event in events if event['event'] == 'ranking' for item in event['items']]" >metarank.jsonl
trial 3 "items without positions, in their order" "0 20 20" "$(ingest metarank.jsonl)"
log 20 "
for event in events:
    event['timestamp'] = str(event['timestamp']); event['tenant'] = 'default'
    if 'fields' in event: event['fields'] = [{'name': n, 'value': v} for n, v in event['fields'].items()]
    for item in event.get('items', []):
        item.pop('position', None); item['fields'] = [{'name': n, 'value': v} for n, v in item['fields'].items()]
events.insert(0, {'event': 'item', 'id': 'm1', 'item': 'i1', 'timestamp': '1767600000000', 'tenant': 'default',
                  'fields': [{'name': 'tags', 'value': ['a', 'b']}]})" >pairs.jsonl
trial 3 "quoted times, tenants, pairs of name and value, lists" "0 20 20" "$(ingest pairs.jsonl)"

# --- 4: 64-bit numbers
log 20 "
for i, event in enumerate(events):
    for j, item in enumerate(event.get('items', [])): item['fields']['brand'] = 9007199254740993 + (i + j) % 4" >brands.jsonl
timeout 60 "$binary" ingest brands.jsonl --out brands-sessions.jsonl >/dev/null 2>&1
came=$(grep -oE '"brand":"?[0-9]+' brands-sessions.jsonl | sort -u | wc -l)
trial 4 "four brands from 2^53 on" 4 "$came"

# --- 5: gzip, pipes, outputs
gzip -c plain.jsonl >whole.gz
{ cat whole.gz; head -c 512 /dev/zero; cat whole.gz; } >padded.gz
came=$(ingest padded.gz)
trial 5 "zeros between two gzip members" "0 20" "$(cut -d' ' -f1,2 <<<"$came")"
{ cat whole.gz; echo plain; } >behind.gz
trial 5 "plain text behind a gzip member" "65 names it, output kept" "$(refused behind.gz gzip)"
{ cat whole.gz; head -c 200 whole.gz; } >cut.gz
trial 5 "a cut second gzip member" "65 names it, output kept" "$(refused cut.gz gzip)"
trial 5 "a log from a pipe" "0 20 20" "$(ingest <(cat plain.jsonl))"
mkfifo fifo
# The shell that opens the pipe waits for a reader too, so the time limit is around it.
timeout 60 sh -c 'cat plain.jsonl >fifo' &
trial 5 "a log from a named pipe" "0 20 20" "$(ingest fifo)"
timeout 60 "$binary" ingest plain.jsonl --out sessions.jsonl >/dev/null 2>&1
timeout 20 "$binary" inspect <(cat sessions.jsonl) >/dev/null 2>errors.txt
trial 5 "inspect of a pipe ends" "yes" "$([ $? -ne 124 ] && echo yes || echo no)"
printf 'version: 1\nobjectives: [{name: click, predicted: click}]\n' >config.yaml
timeout 20 "$binary" train --config config.yaml --sessions <(cat sessions.jsonl) --out run >/dev/null 2>errors.txt
came=$?
trial 5 "train from a pipe says to write a file" "yes" "$([ $came -ne 124 ] && [ $came -lt 128 ] && grep -q 'file' errors.txt && echo yes || echo "no: $came")"
timeout 60 "$binary" ingest plain.jsonl --out /dev/null >/dev/null 2>&1
trial 5 "--out /dev/null stays a device" "yes" "$([ -c /dev/null ] && echo yes || echo no)"
echo old >target.jsonl && ln -s target.jsonl link.jsonl
timeout 60 "$binary" ingest plain.jsonl --out link.jsonl >/dev/null 2>&1
trial 5 "--out through a symbolic link" "link, 20" "$([ -L link.jsonl ] && echo link), $(wc -l <target.jsonl)"
timeout 20 "$binary" ingest plain.jsonl --out "" >/dev/null 2>&1
trial 5 '--out ""' 64 $?
timeout 60 "$binary" simulate --config "$root/configs/feed-small.yaml" --sessions 5 --out z --events ./z >/dev/null 2>&1
trial 5 "simulate with one file for both" 64 $?

# --- 6: names that match nothing
named() {
  printf 'version: 1\ndata: {sessions: [sessions.jsonl], split: {user: {train: 0.6, validation: 0.2}}}\nobjectives:\n  - {name: click, predicted: click}\n  - %s\n' "$1" >named.yaml
  timeout 60 "$binary" train --config named.yaml --check >/dev/null 2>errors.txt
  local status=$?
  grep -q -- "$2" errors.txt && echo "$status, names $2" || echo "$status, $(head -c 200 errors.txt)"
}
trial 6 "a flag that no item has" "78, names is_cold" "$(named '{name: cold, share: is_colt}' is_cold)"
trial 6 "a share of a number" "78, names price" "$(named '{name: cold, share: price}' price)"
trial 6 "an order by a text" "78, names shop" "$(named '{name: order, order: shop}' shop)"
printf 'version: 1\nserving:\n  list_rules: [{group: shopp, at_most: 1}]\n' >served.yaml
timeout 20 "$binary" serve --checkpoint "$root/checkpoints/quickstart" --port 0 --config served.yaml >/dev/null 2>errors.txt
came=$?
trial 6 "a list rule over shopp" "78, names shop" "$came, $(grep -ow shop errors.txt | head -1 | sed 's/^/names /')"

# --- 7: all candidates shown, odd feedback
log 40 "[event.update(items=event['items'][:5]) for event in events if event['event'] == 'ranking']" >shown.jsonl
timeout 60 "$binary" ingest shown.jsonl --out shown-sessions.jsonl >/dev/null 2>&1
printf 'version: 1\ndata: {sessions: [shown-sessions.jsonl], split: {user: {train: 0.6, validation: 0.2}}}\nobjectives: [{name: click, predicted: click}]\n' >shown.yaml
timeout 60 "$binary" train --config shown.yaml --check >check.txt 2>&1
trial 7 "a log in which all candidates were shown" "said" "$(grep -qi 'order' check.txt && grep -qi 'all.*candidates\|candidates.*all' check.txt && echo said || head -c 300 check.txt)"

# --- 9: figures that do not exist
timeout 60 "$binary" evaluate --checkpoint "$root/checkpoints/quickstart" --require 'better_percentge.mean>=0.5' >/dev/null 2>errors.txt
came=$?
trial 9 "--require of a misspelt figure, before the evaluation" "64, names better_percentage" "$came, $(grep -o 'better_percentage' errors.txt | head -1 | sed 's/^/names /')"
finish
