"""The HTTP client."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from ranking_requests import CHECKPOINTS, REPOSITORY
from support import BINARY, needs_binary

from fader.checkpoint import Checkpoint
from fader.client import AsyncClient, Client, ServiceError, UnreachableError

ITEMS = [{"id": "a", "features": {"price": 1.5}}, {"id": "b", "features": {}}]
Handler = Callable[[httpx.Request], httpx.Response]


def both(handler: Handler, call: str, *arguments: Any, tries: int = 4, **options: Any) -> list[Any]:
    """What both clients answer, or raise."""
    outcomes: list[Any] = []
    transport = httpx.MockTransport(handler)
    with Client("http://fader/", transport=transport, tries=tries, key="k") as client:
        try:
            outcomes.append(getattr(client, call)(*arguments, **options))
        except Exception as error:  # noqa: BLE001
            outcomes.append(error)

    async def ask() -> Any:
        async with AsyncClient("http://fader", transport=transport, tries=tries, key="k") as client:
            return await getattr(client, call)(*arguments, **options)

    try:
        outcomes.append(asyncio.run(ask()))
    except Exception as error:  # noqa: BLE001
        outcomes.append(error)
    return outcomes


def test_a_request_is_what_the_service_takes() -> None:
    seen: list[Any] = []

    def handler(request: httpx.Request) -> httpx.Response:
        assert request.headers["Authorization"] == "Bearer k"
        assert (request.method, str(request.url)) == ("POST", "http://fader/v1/rerank")
        seen.append(json.loads(request.content))
        return httpx.Response(200, json={"items": []})

    answers = both(
        handler, "rank", ITEMS, user={"id": "u"}, weights={"click": 1}, size=2, request_id="r",
        pins=[{"id": "a", "position": 1}],
    )
    assert answers == [{"items": []}] * 2
    expected = {
        "request_id": "r", "items": ITEMS, "user": {"id": "u"}, "weights": {"click": 1}, "size": 2,
        "pins": [{"id": "a", "position": 1}],
    }
    assert seen == [expected] * 2
    both(handler, "rank", ITEMS)
    assert len({body["request_id"] for body in seen[2:]}) == 2


def test_feedback_is_what_the_service_takes() -> None:
    seen: list[Any] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(json.loads(request.content))
        return httpx.Response(202, json={"accepted": 1})

    assert both(handler, "feedback", "r", "a", "dwell", value=3.5, timestamp=1.5) == [1, 1]
    assert seen[0] == {"ranking": "r", "item": "a", "type": "dwell", "value": 3.5, "timestamp": 1.5}
    assert both(handler, "feedbacks", [{"ranking": "r", "item": "a", "type": "click"}]) == [1, 1]
    assert seen[2] == {"interactions": [{"ranking": "r", "item": "a", "type": "click"}]}


def test_a_refusal_has_the_words_of_the_service() -> None:
    problem = {
        "status": 422, "detail": "expected one of the objectives click, got \"clik\"",
        "pointer": "/weights/clik", "request_id": "r", "errors": [{"pointer": "/weights/clik"}],
    }
    for error in both(lambda _: httpx.Response(422, json=problem), "rank", ITEMS):
        assert isinstance(error, ServiceError)
        assert str(error) == "422 at /weights/clik: " + str(problem["detail"])
        assert (error.status, error.pointer, error.request_id) == (422, "/weights/clik", "r")
        assert len(error.errors) == 1


def test_what_is_no_answer_of_the_service_is_said() -> None:
    for error in both(lambda _: httpx.Response(502, text="<html>bad gateway"), "status"):
        assert str(error) == "502: <html>bad gateway"
    for error in both(lambda _: httpx.Response(200, text="<html>hello"), "model"):
        assert "is it fader serve?" in str(error)


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds that were waited, in no time."""
    found: list[float] = []

    async def wait(seconds: float) -> None:
        found.append(seconds)

    monkeypatch.setattr("fader.client.time.sleep", found.append)
    monkeypatch.setattr("fader.client.asyncio.sleep", wait)
    return found


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_service_is_asked_again(status: int, pauses: list[float]) -> None:
    calls: list[int] = []

    def handler(request: httpx.Request) -> httpx.Response:
        calls.append(1)
        if len(calls) % 3:
            return httpx.Response(status, json={"detail": "busy"}, headers={"Retry-After": "2"})
        return httpx.Response(200, json={"accepted": 1})

    assert both(handler, "feedback", "r", "a", "click") == [1, 1]
    assert len(calls) == 6 and pauses == [2.0] * 4
    for error in both(lambda _: httpx.Response(status, json={"detail": "busy"}), "rank", ITEMS, tries=2):
        assert isinstance(error, ServiceError) and error.detail == "busy"


@pytest.mark.parametrize(
    ("error", "call", "tries"),
    [
        (httpx.ConnectError, "feedback", 3), (httpx.ReadTimeout, "feedback", 1), (httpx.ReadTimeout, "rank", 3),
    ],
)
def test_feedback_that_may_have_been_taken_is_not_sent_again(
    error: type[httpx.HTTPError], call: str, tries: int, pauses: list[float]
) -> None:
    calls: list[int] = []

    def handler(request: httpx.Request) -> httpx.Response:
        calls.append(1)
        raise error("no luck")

    arguments: tuple[Any, ...] = (ITEMS,) if call == "rank" else ("r", "a", "click")
    for outcome in both(handler, call, *arguments, tries=3):
        assert isinstance(outcome, UnreachableError) and "no luck" in str(outcome)
    assert len(calls) == 2 * tries
    assert pauses == [0.2, 0.4][: tries - 1] * 2


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a service with a checkpoint, feedback logged into a folder."""
    command = [
        BINARY, "serve", "--checkpoint", str(CHECKPOINTS["quickstart"]), "--port", "0",
        "--set", f"serving.log.folder={folder}",
    ]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        for line in process.stderr:
            address = re.search(r"http://127\.0\.0\.1:\d+", line)
            if address:
                yield address[0]
                return
        raise AssertionError("the service says no address")
    finally:
        process.terminate()
        process.communicate(timeout=30)


@needs_binary
def test_a_service_answers(tmp_path: Path) -> None:
    body = json.loads((REPOSITORY / "data/feed/click.json").read_text())
    expected = Checkpoint(CHECKPOINTS["quickstart"]).rank(body)
    with served(tmp_path) as address, Client(address) as client:
        answer = client.rank(
            body["items"], user=body["user"], context=body["context"], weights=body["weights"],
            size=body.get("size"),
        )
        assert [item["id"] for item in answer["items"]] == [item.id for item in expected.items]
        assert client.feedback(answer["request_id"], answer["items"][0]["id"], "click") == 1
        assert client.model()["objectives"][0]["name"] == "click"
        assert client.status()["answered"] >= 1
        with pytest.raises(ServiceError, match="clik") as refusal:
            client.rank(body["items"], weights={"clik": 1})
        assert refusal.value.status == 422 and refusal.value.pointer == "/weights/clik"

        async def ask() -> Any:
            async with AsyncClient(address) as other:
                ranked = await asyncio.gather(
                    *(other.rank(body["items"], weights={"click": 1}) for _ in range(8))
                )
                await other.feedbacks(
                    [{"ranking": r["request_id"], "item": r["items"][0]["id"], "type": "click"} for r in ranked]
                )
                return await other.status()

        assert asyncio.run(ask())["answered"] >= 9
    assert any(path.stat().st_size for path in tmp_path.iterdir())
