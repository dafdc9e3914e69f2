"""Seeded ways to spoil a request."""

import json
import random

ODD = [
    b"1e400", b"-1e400", b"9" * 400, b"1e-400", b"0." + b"1" * 3000, b"-0", b"null", b"true",
    b'""', b"[]", b"{}", b'"\\ud800"', b'"\\u0000"', b"NaN", b"18446744073709551616",
    b'"' + "\U0001f9d9\u202e\ufeff\u0301".encode() + b'"', b'"' + b"x" * 5000 + b'"', b"[[[[[]]]]]",
]
METHODS = [
    "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "get", "BREW", "X" * 300]
PATHS = [
    "/", "/v1/rerank", "/v1/model", "/v1/feedback", "/v1/steering", "/v1/samples", "/v1/report",
    "/v1/status", "/v1/config/reload", "/v1/model/load", "/metrics", "/openapi.json", "/console",
    "/console/console.js", "/v2", "/v2/models/fader", "/v2/models/fader/infer", "/healthz",
    "/v1/rerank/", "//v1//rerank", "/v1/../v1/rerank", "/%00", "/%zz", "/v1/rerank?x=%ff",
    "/console/../../etc/passwd", "/console/%2e%2e/%2e%2e/etc/passwd", "/" + "a" * 9000, "*",
    "http://other/v1/model", "/v2/models/" + "%F0%9F%98%80" * 20, "/v1/model#x", "/\x7f"]


def flipped(chance, body):
    body = bytearray(body)
    for _ in range(chance.randint(1, 8)):
        body[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
    return bytes(body)


def cut(chance, body):
    return body[: chance.randrange(len(body))]


def doubled(chance, body):
    start = chance.randrange(len(body))
    end = min(len(body), start + chance.randint(1, 400))
    return body[:end] + body[start:]


def removed(chance, body):
    start = chance.randrange(len(body))
    return body[:start] + body[start + chance.randint(1, 200) :]


def noise(chance, body):
    place = chance.randrange(len(body))
    return body[:place] + chance.randbytes(chance.randint(1, 30)) + body[place:]


def text_noise(chance, body):
    place = chance.randrange(len(body))
    # Any scalar but the surrogates, which UTF-8 has not.
    scalars = (chance.choice((chance.randrange(0xD800), chance.randrange(0xE000, 0x110000)))
               for _ in range(chance.randint(1, 20)))
    return body[:place] + "".join(map(chr, scalars)).encode() + body[place:]


def deep(chance, body):
    depth = chance.choice((10, 63, 64, 65, 1000, 100_000))
    kind = chance.choice((b"[", b'{"a":'))
    inner = kind * depth + (b"]" if kind == b"[" else b"}") * chance.choice((0, depth))
    return body[:-1] + b',"context":{"x":' + inner + b"}}"


def places(value, path=()):
    yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, path + (key,))
    elif isinstance(value, list):
        for index, inner in enumerate(value[:3]):
            yield from places(inner, path + (index,))


def odd_value(chance, body):
    """Something odd in the place of one value."""
    request = json.loads(body)
    path = chance.choice([path for path in places(request) if path])
    inner = request
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = "@odd@"
    return json.dumps(request).encode().replace(b'"@odd@"', chance.choice(ODD))


def repeated_key(chance, body):
    key = chance.choice((b"items", b"size", b"weights", b"user", b"request_id", b"x" * 40))
    return body[:-1] + b',"' + key + b'":' + chance.choice(ODD) + b"}"


def unchanged(_, body):
    return body


BODY = [
    flipped, cut, doubled, removed, noise, text_noise, deep, odd_value, odd_value, repeated_key,
    unchanged]


def header(chance: random.Random):
    name = chance.choice((
        "X-Request-Id", "Accept", "Content-Encoding", "Authorization", "Cookie", "Range", "Expect",
        "X-" + "a" * 200, "If-None-Match", "Accept-Encoding", "Origin", "Traceparent"))
    value = chance.choice((
        "", "x", "gzip", "identity", "100-continue", "Bearer " + "k" * 500, "bytes=0-1", "*",
        "a" * 4000, "\x80\xff", "; ; ;", "00-zz", '"', "text/html;q=x"))
    return f"{name}: {value}\r\n"


def request(chance: random.Random, body):
    """A random method, path and headers around a sound or no body, with a right length."""
    body = chance.choice((b"", body, cut(chance, body)))
    kind = chance.choice((
        "application/json", "application/json; charset=utf-8", "application/x+json", "text/html",
        "json", "", "multipart/form-data", "application/json" * 50))
    head = f"{chance.choice(METHODS)} {chance.choice(PATHS)} HTTP/1.1\r\nHost: trial\r\n"
    head += f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
    head += "".join(header(chance) for _ in range(chance.randint(0, 5)))
    return (head + "\r\n").encode("latin-1") + body
