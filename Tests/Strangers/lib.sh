# What the trials share: a server on a free port, and one line per trial. Source it from a script of
# this folder:
#   . "$(dirname "$0")/lib.sh"
#   start_server "$binary" --config file.yaml    # sets $port, $url and $server_log
#   trial 10 "GET /healthz" 200 "$(curl -s -o /dev/null -w '%{http_code}' "$url/healthz")"
#   finish
set -u
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
scratch=$(mktemp -d)
faults=0
server=
server_log=

# Serves the quickstart's checkpoint with the program $1 and the arguments behind it, and waits
# until it is ready. One server at a time.
start_server() {
  local binary=$1
  shift
  stop_server
  server_log=$scratch/server-$RANDOM.log
  "$binary" serve --checkpoint "$root/checkpoints/quickstart" --port 0 "$@" >"$server_log" 2>&1 &
  server=$!
  for _ in $(seq 600); do
    url=$(sed -n 's/^listening on \(http.*\)$/\1/p' "$server_log" | tail -n 1)
    port=${url##*:}
    if [ -n "$url" ] && curl -skf -o /dev/null "$url/readyz"; then return 0; fi
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
  done
  report FAULT start "fader serve $*" "not ready; its log follows"
  cat "$server_log"
  return 1
}

# As an operator stops it; waits until it has ended.
stop_server() {
  [ -n "$server" ] || return 0
  kill "$server" 2>/dev/null
  wait "$server" 2>/dev/null
  server=
}

# report ok|FAULT|skipped POINT WHAT CAME
report() {
  [ "$1" = FAULT ] && faults=$((faults + 1))
  printf '%s %s: %s: %s\n' "$@"
}

# trial POINT WHAT EXPECTED CAME: equal texts are ok.
trial() {
  if [ "$3" = "$4" ]; then report ok "$1" "$2" "$4"; else report FAULT "$1" "$2" "$4, expected $3"; fi
}

# part COMMAND...: a script that prints its own lines; its fault is one here.
part() { "$@" || faults=$((faults + 1)); }

finish() {
  stop_server
  [ "$faults" -eq 0 ] || exit 1
  exit 0
}

trap 'stop_server; rm -rf "$scratch"' EXIT
