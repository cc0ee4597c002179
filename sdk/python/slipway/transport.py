"""HTTP with retries that can't do a thing twice: every POST carries an Idempotency-Key, the same one for each try."""

from __future__ import annotations

import http.client
import json
import random
import ssl
import threading
import time
import urllib.parse
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from .errors import SlipwayError, error_of

RETRIED_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True)
class Retry:
    """Tries again for `patience` seconds, with pauses that double from `first` to `longest`."""

    patience: float = 120.0
    first: float = 0.25
    longest: float = 5.0


@dataclass(frozen=True)
class Upload:
    """A body of known size that can be opened anew for each try."""

    open: Callable[[], BinaryIO]
    size: int


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    content: bytes

    def json(self) -> Any:
        return json.loads(self.content) if self.content else {}


def path_of(template: str, *parts: object) -> str:
    """`path_of("/models/{}/versions/{}", name, 3)` with each part quoted."""
    return template.format(*(urllib.parse.quote(str(part), safe="") for part in parts))


class Transport:
    """One connection a thread, kept open. Thread-safe."""

    def __init__(self, url: str, token: str, *, timeout: float = 60.0, retry: Retry | None = None):
        parsed = urllib.parse.urlsplit(url)
        if parsed.scheme not in ("http", "https") or not parsed.hostname:
            raise ValueError(f"{url!r} is not an http(s) URL")
        self._secure = parsed.scheme == "https"
        self._host = parsed.hostname
        self._port = parsed.port
        self._base = parsed.path.rstrip("/")
        self._token = token
        self._timeout = timeout
        self._retry = retry or Retry()
        self._local = threading.local()
        self._open: set[http.client.HTTPConnection] = set()

    def close(self) -> None:
        """Closes every thread's connection; a later call opens a new one."""
        for connection in list(self._open):
            connection.close()

    def json(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        query: Mapping[str, Any] | None = None,
        key: str | None = None,
        timeout: float | None = None,
    ) -> Any:
        """Sends and receives JSON. `key` names the write, so that a repeat gets the first answer; without one, one is made."""
        headers = {"Accept": "application/json"}
        content = None
        if method != "GET":
            content = json.dumps(body or {}, allow_nan=False).encode()
            headers["Content-Type"] = "application/json"
        if method == "POST":
            headers["Idempotency-Key"] = key or str(uuid.uuid4())
        return self.send(method, path + query_of(query), headers, content, timeout=timeout).json()

    def send(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str],
        content: bytes | Upload | None = None,
        *,
        timeout: float | None = None,
    ) -> Answer:
        """Tries until an answer that a repeat would not change; raises SlipwayError for one from 400 on."""
        deadline = time.monotonic() + self._retry.patience
        pause = self._retry.first
        while True:
            fault, wait = self._try(method, path, headers, content, timeout)
            if isinstance(fault, Answer):
                return fault
            # A spread of pauses keeps many clients of one restarted server from coming back at once.
            wait = max(wait, pause * random.uniform(0.5, 1.0))
            if time.monotonic() + wait > deadline:
                raise fault
            time.sleep(wait)
            pause = min(pause * 2, self._retry.longest)

    def _try(
        self, method: str, path: str, headers: Mapping[str, str], content: bytes | Upload | None, timeout: float | None
    ) -> tuple[Answer | SlipwayError, float]:
        """An answer, or what to raise when patience ends with how long the server asked to wait."""
        try:
            answer = self._exchange(method, path, headers, content, timeout)
        except ssl.SSLCertVerificationError as error:
            raise SlipwayError(0, "Unreachable", f"the certificate of {self._host} is not trusted: {error}") from error
        except (OSError, http.client.HTTPException) as error:
            self._drop()
            return SlipwayError(0, "Unreachable", f"{self._host}: {type(error).__name__} {error}".rstrip()), 0.0
        if answer.status < 400:
            return answer, 0.0
        problem = error_of(answer.status, http.client.responses.get(answer.status, ""), answer.content)
        if answer.status not in RETRIED_STATUS:
            raise problem
        return problem, asked_pause(answer.headers)

    def _exchange(
        self, method: str, path: str, headers: Mapping[str, str], content: bytes | Upload | None, timeout: float | None
    ) -> Answer:
        is_kept = getattr(self._local, "connection", None) is not None
        try:
            return self._send_once(method, path, headers, content, timeout)
        except (http.client.RemoteDisconnected, ConnectionError):
            if not is_kept:
                raise
            # A server may close a connection that was idle: that is no fault of its, so nothing is waited for.
            self._drop()
            return self._send_once(method, path, headers, content, timeout)

    def _send_once(
        self, method: str, path: str, headers: Mapping[str, str], content: bytes | Upload | None, timeout: float | None
    ) -> Answer:
        connection = self._connect(timeout)
        sent = {"Authorization": f"Bearer {self._token}", "User-Agent": "slipway-python/0.1", **headers}
        if isinstance(content, Upload):
            with content.open() as body:
                connection.request(method, self._base + path, body, {**sent, "Content-Length": str(content.size)})
                response = connection.getresponse()
        else:
            connection.request(method, self._base + path, content, sent)
            response = connection.getresponse()
        answer = Answer(response.status, dict(response.headers.items()), response.read())
        if response.will_close:
            self._drop()
        return answer

    def _connect(self, timeout: float | None) -> http.client.HTTPConnection:
        connection: http.client.HTTPConnection | None = getattr(self._local, "connection", None)
        if connection is None:
            kind = http.client.HTTPSConnection if self._secure else http.client.HTTPConnection
            connection = kind(self._host, self._port, timeout=self._timeout)
            self._local.connection = connection
            self._open.add(connection)
        wanted = timeout or self._timeout
        connection.timeout = wanted
        if connection.sock is not None:
            connection.sock.settimeout(wanted)
        return connection

    def _drop(self) -> None:
        connection: http.client.HTTPConnection | None = getattr(self._local, "connection", None)
        self._local.connection = None
        if connection is not None:
            self._open.discard(connection)
            connection.close()


def asked_pause(headers: Mapping[str, str]) -> float:
    """Seconds of a Retry-After header, at most a minute; its date form is not used by Slipway."""
    for name, value in headers.items():
        if name.lower() == "retry-after" and value.strip().isdigit():
            return min(float(value), 60.0)
    return 0.0


def query_of(query: Mapping[str, Any] | None) -> str:
    given = [(name, value) for name, value in (query or {}).items() if value is not None]
    return f"?{urllib.parse.urlencode(given, doseq=True)}" if given else ""
