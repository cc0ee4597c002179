"""Monitors, labels, replays, and the steps of the example."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .transport import Transport, path_of


class Monitors:
    def __init__(self, transport: Transport):
        self._transport = transport

    def apply(self, definition: Mapping[str, Any], *, key: str | None = None) -> dict[str, Any]:
        """`definition` as monitor.yaml has it. `operationId` of the answer is its baseline's, null where nothing changed."""
        return self._transport.json("POST", "/api/v1/monitors", dict(definition), key=key)

    def reset(self, name: str, *, key: str | None = None) -> None:
        """Forgets the stream so far, as do the other monitors of its model; the baseline stays."""
        self._transport.json("POST", path_of("/api/v1/monitors/{}/reset", name), key=key)

    def series(self, name: str, **query: Any) -> dict[str, Any]:
        return self._transport.json("GET", path_of("/api/v1/monitors/{}/series", name), query=query)

    def get(self, name: str) -> dict[str, Any]:
        return self._transport.json("GET", path_of("/api/v1/monitors/{}", name))


class Labels:
    def __init__(self, transport: Transport):
        self._transport = transport

    def send(self, model: str, labels: Sequence[Mapping[str, Any]], *, key: str | None = None) -> dict[str, Any]:
        """Each with `predictionId`, `label` and `knownAt` (ISO with Z)."""
        return self._transport.json("POST", "/api/v1/labels", {"model": model, "labels": [dict(label) for label in labels]}, key=key)


class Replays:
    def __init__(self, transport: Transport):
        self._transport = transport

    def get(self, name: str) -> dict[str, Any]:
        return self._transport.json("GET", path_of("/api/v1/replays/{}", name))

    def start(self, name: str, model: str, *, key: str | None = None, **settings: Any) -> dict[str, Any]:
        """Makes a replay, or says anew what it is: `from`, `until` (ISO with Z), `hourSeconds`, `note`."""
        return self._transport.json("POST", "/api/v1/replays", {"name": name, "model": model, **settings}, key=key)

    def control(self, name: str, action: str, *, hour_seconds: float | None = None) -> dict[str, Any]:
        """`action`: pause, resume, stop, speed (with `hour_seconds`), restart."""
        body = {"action": action} if hour_seconds is None else {"action": action, "hourSeconds": hour_seconds}
        return self._transport.json("POST", path_of("/api/v1/replays/{}/control", name), body)

    def report(self, name: str, **progress: Any) -> dict[str, Any]:
        """Of the job that replays: `clock`, `state`, `until`, `scored`, `labelled`."""
        return self._transport.json("PUT", path_of("/api/v1/replays/{}", name), progress)


class Example:
    def __init__(self, transport: Transport):
        self._transport = transport

    def get(self) -> dict[str, Any]:
        return self._transport.json("GET", "/api/v1/example")

    def step(
        self,
        name: str,
        title: str,
        state: str,
        *,
        position: int,
        progress: float | None = None,
        detail: str = "",
        links: Mapping[str, str] | None = None,
    ) -> None:
        """`links` are label → path inside the project."""
        body = {
            "title": title,
            "state": state,
            "position": position,
            "progress": progress,
            "detail": detail,
            "links": [{"label": label, "href": href} for label, href in (links or {}).items()],
        }
        self._transport.json("PUT", path_of("/api/v1/example/steps/{}", name), body)
