"""The HTTP client of ``fader serve``: ``Client`` waits, ``AsyncClient`` is awaited; both say the same.

::

    with Client("http://localhost:8080") as fader:
        answer = fader.rank(items, user=user, weights={"click": 0.7, "cold_start": 0.3})
        fader.feedback(answer["request_id"], answer["items"][0]["id"], "click")

Answers are the JSON of the service as it is described in its ``/openapi.json``. A refusal raises
``ServiceError`` with the service's own words. Asked again, after the seconds that the service names, is
where it says 429 or 503, and where no connection could be made; all calls may be repeated without harm
but feedback, which is sent again only where the service says that it took nothing.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Iterable, Mapping, Sequence
from types import TracebackType
from typing import Any

import httpx

from fader.errors import FaderError

Json = dict[str, Any]
#: Answers after which it is worth asking again: too many waiting; not now.
BUSY = (429, 503)
LONGEST_PAUSE = 30.0


class ServiceError(FaderError):
    """A refusal of the service, in its own words.

    Attributes:
        status: of HTTP.
        detail: the service's sentence.
        pointer: JSON pointer to the field at fault, empty where it is not one field.
        errors: all faults, each with ``pointer`` and ``detail``.
        request_id: by which the service's log names the request.
        problem: all of the answer, as RFC 9457 has it.
    """

    def __init__(self, status: int, problem: Json, text: str) -> None:
        self.status = status
        self.problem = problem
        self.detail = str(problem.get("detail") or text[:500] or "no words")
        self.pointer = str(problem.get("pointer") or "")
        self.errors: list[Json] = list(problem.get("errors") or [])
        self.request_id: str | None = problem.get("request_id")
        where = "" if not self.pointer or self.detail.startswith(self.pointer) else f" at {self.pointer}"
        super().__init__(f"{status}{where}: {self.detail}")


class UnreachableError(FaderError):
    """No answer from the service."""


def _rank_body(
    items: Iterable[Mapping[str, Any]], user: Mapping[str, Any] | None,
    context: Mapping[str, Any] | None, weights: Mapping[str, float] | None, size: int | None,
    request_id: str | None, options: Mapping[str, Any],
) -> Json:
    body: Json = {"request_id": request_id or str(uuid.uuid4()), "items": [dict(i) for i in items]}
    given = {"user": user, "context": context, "weights": weights, "size": size, **options}
    body.update({name: value for name, value in given.items() if value is not None})
    return body


def _feedback_body(
    ranking: str, item: str, type_: str, value: float | None, timestamp: float | str | None
) -> Json:
    body: Json = {"ranking": ranking, "item": item, "type": type_}
    if value is not None:
        body["value"] = value
    if timestamp is not None:
        body["timestamp"] = timestamp
    return body


def _headers(key: str | None) -> dict[str, str]:
    headers = {"User-Agent": "fader-python"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    return headers


def _pause(response: httpx.Response | None, attempt: int) -> float:
    """Seconds to wait before asking again: what the service says, else 0.2, 0.4, 0.8 and so on."""
    named = response.headers.get("Retry-After", "") if response is not None else ""
    try:
        return min(max(float(named), 0.0), LONGEST_PAUSE)
    except ValueError:
        return min(0.2 * 2.0**attempt, LONGEST_PAUSE)


def _answer(response: httpx.Response) -> Json:
    try:
        body = response.json()
    except ValueError:
        body = None
    if response.is_success and isinstance(body, dict):
        return body
    if response.is_success:
        raise FaderError(f"{response.url}: expected JSON, got {response.text[:200]!r}; is it fader serve?")
    raise ServiceError(response.status_code, body if isinstance(body, dict) else {}, response.text)


def _unreachable(url: httpx.URL | str, error: httpx.HTTPError) -> UnreachableError:
    why = str(error) or type(error).__name__
    return UnreachableError(f"{url}: expected an answer, got none ({why}); is fader serve running there?")


class _Plan:
    """What both clients do before and between tries."""

    def __init__(self, url: str, key: str | None, tries: int) -> None:
        if tries < 1:
            raise FaderError(f"tries: expected a number from 1, got {tries}")
        self.url = url.rstrip("/")
        self.headers = _headers(key)
        self.tries = tries

    def again(self, attempt: int, outcome: httpx.Response | httpx.HTTPError, once: bool) -> bool:
        """Whether to ask again after this outcome of try ``attempt``, from 0.

        Args:
            once: whether a call that may have been heard must not be made again.
        """
        if attempt + 1 >= self.tries:
            return False
        if isinstance(outcome, httpx.Response):
            return outcome.status_code in BUSY
        return isinstance(outcome, httpx.ConnectError) or not once


class Client:
    """A client that waits for each answer.

    Args:
        url: of the service.
        key: bearer key, where the service wants one.
        timeout: seconds for each try.
        tries: how often a call is made at most.
        transport: of httpx, for tests and proxies.
    """

    def __init__(
        self, url: str = "http://127.0.0.1:8080", *, key: str | None = None, timeout: float = 10,
        tries: int = 4, transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._plan = _Plan(url, key, tries)
        self._http = httpx.Client(headers=self._plan.headers, timeout=timeout, transport=transport)

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, type_: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connections."""
        self._http.close()

    def rank(
        self, items: Iterable[Mapping[str, Any]], *, user: Mapping[str, Any] | None = None,
        context: Mapping[str, Any] | None = None, weights: Mapping[str, float] | None = None,
        size: int | None = None, request_id: str | None = None, **options: Any,
    ) -> Json:
        """``POST /v1/rerank``: the list and what it was made with.

        Args:
            items: ``{"id", "features"}`` each.
            user: ``{"id", "features"}``.
            context: features of the request.
            weights: by objective, from 0; only their proportions matter.
            size: of the list.
            request_id: names the list for feedback; made up when not given.
            options: ``pins``, ``ban``, ``require``, ``preset``, ``strategy``, ``candidates``, ``deadline_ms``, ``preview``.
        """
        body = _rank_body(items, user, context, weights, size, request_id, options)
        return self._call("POST", "/v1/rerank", body)

    def feedback(
        self, ranking: str, item: str, type: str, *, value: float | None = None,
        timestamp: float | str | None = None,
    ) -> int:
        """``POST /v1/feedback``: what a user did with an item of a list; how many were taken."""
        body = _feedback_body(ranking, item, type, value, timestamp)
        return int(self._call("POST", "/v1/feedback", body, once=True)["accepted"])

    def feedbacks(self, interactions: Sequence[Mapping[str, Any]]) -> int:
        """Several interactions, 1 to 1,000, which are taken or refused together."""
        body = {"interactions": [dict(one) for one in interactions]}
        return int(self._call("POST", "/v1/feedback", body, once=True)["accepted"])

    def model(self) -> Json:
        """``GET /v1/model``: objectives, features, lengths of lists."""
        return self._call("GET", "/v1/model")

    def status(self) -> Json:
        """``GET /v1/status``: counts and times since the start."""
        return self._call("GET", "/v1/status")

    def _call(self, method: str, path: str, body: Json | None = None, once: bool = False) -> Json:
        url, attempt = self._plan.url + path, 0
        while True:
            outcome: httpx.Response | httpx.HTTPError
            try:
                outcome = self._http.request(method, url, json=body)
            except httpx.HTTPError as error:
                outcome = error
            response = outcome if isinstance(outcome, httpx.Response) else None
            if not self._plan.again(attempt, outcome, once):
                if isinstance(outcome, httpx.HTTPError):
                    raise _unreachable(url, outcome) from outcome
                return _answer(outcome)
            time.sleep(_pause(response, attempt))
            attempt += 1


class AsyncClient:
    """The same, awaited; arguments as ``Client``."""

    def __init__(
        self, url: str = "http://127.0.0.1:8080", *, key: str | None = None, timeout: float = 10,
        tries: int = 4, transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._plan = _Plan(url, key, tries)
        self._http = httpx.AsyncClient(
            headers=self._plan.headers, timeout=timeout, transport=transport
        )

    async def __aenter__(self) -> AsyncClient:
        return self

    async def __aexit__(
        self, type_: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Closes the connections."""
        await self._http.aclose()

    async def rank(
        self, items: Iterable[Mapping[str, Any]], *, user: Mapping[str, Any] | None = None,
        context: Mapping[str, Any] | None = None, weights: Mapping[str, float] | None = None,
        size: int | None = None, request_id: str | None = None, **options: Any,
    ) -> Json:
        """As ``Client.rank``."""
        body = _rank_body(items, user, context, weights, size, request_id, options)
        return await self._call("POST", "/v1/rerank", body)

    async def feedback(
        self, ranking: str, item: str, type: str, *, value: float | None = None,
        timestamp: float | str | None = None,
    ) -> int:
        """As ``Client.feedback``."""
        body = _feedback_body(ranking, item, type, value, timestamp)
        return int((await self._call("POST", "/v1/feedback", body, once=True))["accepted"])

    async def feedbacks(self, interactions: Sequence[Mapping[str, Any]]) -> int:
        """As ``Client.feedbacks``."""
        body = {"interactions": [dict(one) for one in interactions]}
        return int((await self._call("POST", "/v1/feedback", body, once=True))["accepted"])

    async def model(self) -> Json:
        """As ``Client.model``."""
        return await self._call("GET", "/v1/model")

    async def status(self) -> Json:
        """As ``Client.status``."""
        return await self._call("GET", "/v1/status")

    async def _call(
        self, method: str, path: str, body: Json | None = None, once: bool = False
    ) -> Json:
        url, attempt = self._plan.url + path, 0
        while True:
            outcome: httpx.Response | httpx.HTTPError
            try:
                outcome = await self._http.request(method, url, json=body)
            except httpx.HTTPError as error:
                outcome = error
            response = outcome if isinstance(outcome, httpx.Response) else None
            if not self._plan.again(attempt, outcome, once):
                if isinstance(outcome, httpx.HTTPError):
                    raise _unreachable(url, outcome) from outcome
                return _answer(outcome)
            await asyncio.sleep(_pause(response, attempt))
            attempt += 1
