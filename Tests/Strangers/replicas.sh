#!/bin/bash
# Trials of two replicas that share their users' histories in Redis, and of what happens when Redis or a replica is
# killed under load: replicas.sh [PROGRAM]. Needs redis-server and libhiredis; takes a minute. README.md says more.
. "$(dirname "$0")/lib.sh"
binary=$(realpath "${1:-$root/.build/release/fader}")
cd "$scratch" || exit 1
command -v redis-server >/dev/null || { report skipped 14 "two replicas" "redis-server is not installed"; finish; }

# A small model that reads histories, and first pages of visits to ask with.
small="--set data.simulate=4000 --set training.generator.steps=40 --set evaluator.ensemble=1 --set training.judge.share=0"
# shellcheck disable=SC2086
"$binary" train --config "$root/configs/visits.yaml" $small --out run --force >train.txt 2>&1 || { cat train.txt; exit 1; }
"$binary" simulate --config "$root/configs/visits.yaml" --sessions 50 --out sessions.jsonl >/dev/null 2>&1

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
ports=()
for number in 1 2 3; do ports+=("$(free_port)"); done
for number in 1 2; do
  printf 'version: 1\nserving:\n  log: {folder: log%s}\n  history: {lengths: {exposure: 50, click: 20}, redis: {port: %s}}\n' \
    "$number" "${ports[0]}" >"redis$number.yaml"
done
printf 'version: 1\nserving:\n  log: {folder: log3}\n  history: {lengths: {exposure: 50, click: 20}}\n' >alone.yaml

python3 "$root/Tests/Strangers/replicas.py" "$binary" "${ports[@]}"
faults=$((faults + $?))
finish
