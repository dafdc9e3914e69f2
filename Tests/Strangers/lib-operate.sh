# Helpers of operate.sh: a place to work in, verdicts, and services that are started and stopped.

work=$(mktemp -d)
pids=()
faults=0

clean_up() {
  for pid in "${pids[@]}"; do kill -KILL "$pid" 2>/dev/null; done
  rm -rf "$work"
}
trap clean_up EXIT

# verdict POINT DONE CAME CONDITION...: one line, a fault when the condition does not hold.
verdict() {
  local point=$1 done=$2 came=$3
  shift 3
  if "$@"; then
    printf 'ok    %s: %s: %s\n' "$point" "$done" "$came"
  else
    printf 'FAULT %s: %s: %s\n' "$point" "$done" "$came"
    faults=$((faults + 1))
  fi
}

# python CODE ARGS...: what a python program prints; a program that fails prints why, on one line.
python() {
  python3 -c "$@" 2>"$work/python.log" || tail -n 1 "$work/python.log"
}

# get PATH [KEY]: the body of an answer; ask PATH BODY [KEY]: the same of a POST.
get() { curl -s -k --max-time 20 ${2:+-H "Authorization: Bearer $2"} "$address$1"; }
ask() {
  curl -s -k --max-time 20 -H 'Content-Type: application/json' \
    ${3:+-H "Authorization: Bearer $3"} --data-binary "$2" "$address$1"
}
# code PATH BODY [KEY]: the status of a POST.
code() {
  curl -s -k --max-time 20 -o "$work/body" -w '%{http_code}' -H 'Content-Type: application/json' \
    ${3:+-H "Authorization: Bearer $3"} --data-binary "$2" "$address$1"
}

# field EXPRESSION: of the JSON document `a` on standard input, as Python sees it.
field() {
  python 'import json, sys
try: a = json.load(sys.stdin)
except ValueError: a = {}
try: print(eval(sys.argv[1]))
except Exception as fault: print("none:", repr(fault))' "$1"
}

# start NAME ARGUMENTS...: a service; its log is $log, its process $pid, its address $address.
start() {
  log="$work/$1.log"
  shift
  "$fader" serve --port 0 "$@" >"$log" 2>&1 &
  pid=$!
  pids+=("$pid")
  address=
  for _ in $(seq 300); do
    address=$(sed -n 's/^listening on //p' "$log" | tail -n 1)
    if [ -n "$address" ] && [ "$(curl -s -k -o /dev/null -w '%{http_code}' "$address/readyz")" = 200 ]
    then return 0; fi
    kill -0 "$pid" 2>/dev/null || return 1
    sleep .1
  done
  return 1
}

stop() {
  kill -TERM "$pid" 2>/dev/null
  wait "$pid"
}

# eventually COMMAND...: until it holds, 10 seconds at most.
eventually() {
  for _ in $(seq 100); do
    "$@" && return 0
    sleep .1
  done
  return 1
}

# words FILE: the last line that says something, short.
words() { grep -v '^$' "$1" 2>/dev/null | tail -n 1 | cut -c1-150; }
