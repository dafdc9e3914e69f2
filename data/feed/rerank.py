#!/usr/bin/env python3
"""Rank one request under several weights, and report a click on the first list.

  fader serve --checkpoint checkpoints/quickstart --set serving.log.folder=logs
  python3 data/feed/rerank.py click=1 click=0.5,cold_start=0.5 shops=1,priority=1

Needs `requests`. The key, if the service asks for one, comes from FADER_KEY, its address from
FADER_URL.
"""

import json
import os
import sys
import time
from pathlib import Path

import requests

URL = os.environ.get("FADER_URL", "http://127.0.0.1:8080")


def call(session, path, body, tries=4):
    """The parsed answer; waits and asks again while the service is busy."""
    for attempt in range(1, tries + 1):
        answer = session.post(URL + path, json=body, timeout=10)
        if answer.status_code not in (429, 503) or attempt == tries:
            break
        time.sleep(float(answer.headers.get("Retry-After", attempt)))
    if answer.ok:
        return answer.json()
    try:
        problem = answer.json()
        where = f" at {problem['pointer']}" if problem.get("pointer") else ""
        raise SystemExit(f"{answer.status_code}{where}: {problem['detail']}")
    except (ValueError, KeyError):
        raise SystemExit(f"{answer.status_code}: {answer.text[:200]}") from None


def weights(text):
    """`click=0.7,shops=0.3` as numbers by objective."""
    try:
        return {name: float(value) for name, value in (p.split("=") for p in text.split(","))}
    except ValueError:
        raise SystemExit(f"{text}: expected OBJECTIVE=NUMBER,..., as in click=0.7,shops=0.3") from None


def main():
    if {"-h", "--help"} & set(sys.argv):
        raise SystemExit(__doc__)
    session = requests.Session()
    if key := os.environ.get("FADER_KEY"):
        session.headers["Authorization"] = f"Bearer {key}"
    request = json.loads((Path(__file__).parent / "click.json").read_text())
    request.pop("request_id", None)  # Each list gets a name of its own, for its feedback.
    choices = sys.argv[1:] or ["click=1", "cold_start=1", "shops=1", "priority=1"]
    answers = [call(session, "/v1/rerank", request | {"weights": weights(w)}) for w in choices]
    for choice, answer in zip(choices, answers):
        utilities = "  ".join(f"{name} {value:.3f}" for name, value in answer["utilities"].items())
        print(f"{choice}\n  {' '.join(item['id'] for item in answer['items'])}")
        print(f"  {utilities}  ({answer['took_ms']:.2f} ms)")
    click = {"ranking": answers[0]["request_id"], "item": answers[0]["items"][0]["id"], "type": "click"}
    print(f"{call(session, '/v1/feedback', click)['accepted']} click reported")


if __name__ == "__main__":
    try:
        main()
    except requests.RequestException as error:
        raise SystemExit(f"no answer from {URL}: {error}") from None
