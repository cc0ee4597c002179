"""Waiting for operations, jobs, runs and sweeps: polls at most once a second until the state is final."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from .errors import WorkFailed
from .transport import Transport, path_of

Progress = Callable[[str, "float | None"], None]

_FINAL = {
    "operation": {"succeeded": True, "failed": False, "cancelled": False},
    "job": {"succeeded": True, "failed": False, "cancelled": False, "timed_out": False, "lost": False},
    "run": {"FINISHED": True, "FAILED": False, "KILLED": False},
    "sweep": {"finished": True, "stopped": False},
}


def is_final(kind: str, state: str) -> bool:
    return state in _FINAL[kind]


def _sweep_progress(view: dict[str, Any]) -> tuple[str, float | None]:
    counts, runs = view["counts"], view["spec"]["budget"]["runs"]
    over = sum(count for state, count in counts.items() if state not in ("planned", "launched"))
    return f"{over} of {runs} runs", over / runs


class Work:
    """One operation, job, run or sweep. `wait()` gives its last view, or raises WorkFailed."""

    def __init__(self, transport: Transport, kind: str, id: str, answer: dict[str, Any] | None = None):
        self._transport = transport
        self.kind = kind
        self.id = id
        #: What the call that started it answered.
        self.answer = answer or {}

    def view(self) -> dict[str, Any]:
        return self._transport.json("GET", path_of("/api/v1/{}/{}", f"{self.kind}s", self.id))

    def state(self) -> str:
        return self._state_of(self.view())

    def is_over(self) -> bool:
        return is_final(self.kind, self.state())

    def wait(self, timeout: float | None = None, on_progress: Progress | None = None) -> dict[str, Any]:
        """Raises TimeoutError after `timeout` seconds; the work itself goes on."""
        deadline = None if timeout is None else time.monotonic() + timeout
        pause = 0.1
        told: tuple[str, float | None] | None = None
        while True:
            view = self.view()
            state = self._state_of(view)
            if is_final(self.kind, state):
                return self._settled(view, state)
            now = _sweep_progress(view) if self.kind == "sweep" else (view.get("stage") or state, view.get("progress"))
            if on_progress is not None and now != told:
                on_progress(*now)
                told = now
            if deadline is not None and time.monotonic() > deadline:
                raise TimeoutError(f"the {self.kind} {self.id} is still {state} after {timeout:.0f} s")
            time.sleep(pause)
            pause = min(1.0, pause * 1.5)

    def result(self, timeout: float | None = None, on_progress: Progress | None = None) -> dict[str, Any]:
        """The `result` of a finished operation; of jobs and runs the view."""
        view = self.wait(timeout, on_progress)
        return (view.get("result") or {}) if self.kind == "operation" else view

    def _state_of(self, view: dict[str, Any]) -> str:
        return str(view["status"] if self.kind == "run" else view["state"])

    def _settled(self, view: dict[str, Any], state: str) -> dict[str, Any]:
        if _FINAL[self.kind][state]:
            return view
        reason = view.get("error") or view.get("failure") or view.get("message") or view.get("reason") or ""
        raise WorkFailed(self.kind, self.id, state.lower(), str(reason))
