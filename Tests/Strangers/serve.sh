#!/bin/bash
# Trials of `fader serve` over HTTP: serve.sh [PROGRAM]. README.md says more.
. "$(dirname "$0")/lib.sh"
binary=$(realpath "${1:-$root/.build/release/fader}")
here=$root/Tests/Strangers

cat >"$scratch/serve.yaml" <<YAML
version: 1
serving:
  model_name: feed
  log: {folder: $scratch/log}
  cors: {origins: ["https://shop.example"]}
  limits: {lists: 48, searched_lists: 100, size: 500, deadline_ms: 20000}
YAML
start_server "$binary" --config "$scratch/serve.yaml" || finish
part python3 "$here/wire.py" "$port" "$scratch/log"

if command -v ab >/dev/null; then
  for flags in "" "-k"; do
    # shellcheck disable=SC2086
    came=$(timeout 20 ab $flags -q -n 50 -c 2 "http://127.0.0.1:$port/healthz" 2>&1 \
      | sed -n 's/^\(Complete\|Failed\) requests: *//p' | tr '\n' ' ')
    trial 13 "ab $flags -n 50: complete and failed" "50 0 " "$came"
  done
else
  report skipped 13 "ab" "not installed"
fi

if command -v haproxy >/dev/null; then
  cat >"$scratch/haproxy.cfg" <<CFG
defaults
  mode http
  timeout connect 2s
  timeout client 5s
  timeout server 5s
backend fader
  option httpchk
  server one 127.0.0.1:$port check inter 200ms
frontend stats
  bind unix@$scratch/haproxy.sock
  default_backend fader
CFG
  haproxy -q -f "$scratch/haproxy.cfg" >/dev/null 2>&1 &
  proxy=$!
  came=none
  for _ in $(seq 30); do
    sleep 0.2
    came=$(curl -s -o /dev/null -w '%{http_code}' --unix-socket "$scratch/haproxy.sock" http://fader/healthz)
    [ "$came" = 200 ] && break
  done
  # A second look, after some checks: a server that fails them is taken out.
  sleep 1.5
  came=$(curl -s -o /dev/null -w '%{http_code}' --unix-socket "$scratch/haproxy.sock" http://fader/healthz)
  trial 13 "HAProxy with option httpchk, GET /healthz" 200 "$came"
  kill "$proxy"
  wait "$proxy" 2>/dev/null
else
  report skipped 13 "HAProxy's check" "not installed"
fi

# The trials of clients.py with every environment.
clients() {
  for environment in ${FADER_CLIENTS_VENV:-}; do
    part "$environment/bin/python" "$here/clients.py" "$1"
  done
  [ -n "${FADER_CLIENTS_VENV:-}" ] \
    || report skipped 13 "real clients of $1" "FADER_CLIENTS_VENV names no environment"
}
clients "$url"

echo "some-key" >"$scratch/keys"
printf 'version: 1\nserving: {keys: {file: %s}}\n' "$scratch/keys" >"$scratch/keys.yaml"
start_server "$binary" --config "$scratch/keys.yaml" || finish
for path in /v2/health/live /v2/health/ready /healthz; do
  trial 12 "GET $path without a key" 200 "$(curl -s -o /dev/null -w '%{http_code}' "$url$path")"
done
trial 12 "GET /v2/models/fader without a key" '401 {"error"' \
  "$(curl -s -w '%{http_code}' "$url/v2/models/fader" | sed 's/\({"error"\).*}\(401\)$/\2 \1/')"

if command -v openssl >/dev/null && curl -V | grep -q HTTP2; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost \
    -keyout "$scratch/key.pem" -out "$scratch/certificate.pem" 2>/dev/null
  printf 'version: 1\nserving: {tls: {certificate: %s, key: %s}}\n' \
    "$scratch/certificate.pem" "$scratch/key.pem" >"$scratch/tls.yaml"
  start_server "$binary" --config "$scratch/tls.yaml" || finish
  body='{"user":{"id":"u"},"items":[{"id":"a"},{"id":"b"}]}'
  for version in 2 1.1; do
    trial 13 "curl --http$version over TLS, POST /v1/rerank" "200 $version" \
      "$(curl -sk "--http$version" -o /dev/null -w '%{http_code} %{http_version}' \
        -H 'Content-Type: application/json' -d "$body" "$url/v1/rerank")"
  done
  trial 10 "curl --http2 with Expect: 100-continue" "HTTP/2 100" \
    "$(curl -sk --http2 -D - -o /dev/null -H 'Expect: 100-continue' \
      -H 'Content-Type: application/json' -d "$body" "$url/v1/rerank" | tr -d '\r' \
      | sed -n '1s/ *$//p')"
  clients "$url"
else
  report skipped 13 "HTTP/2" "openssl is missing, or curl is without HTTP/2"
fi

finish
