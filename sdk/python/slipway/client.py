"""The client: one attribute a domain."""

from __future__ import annotations

import os
from typing import Any

from .catalog import Catalog, Datasets
from .content import Blobs
from .evaluations import Comparisons, Evaluations, Suites
from .experiments import Jobs, Recipes, Runs
from .models import Models
from .monitoring import Example, Labels, Monitors, Replays
from .sweeps import Reports, Sweeps
from .transport import Retry, Transport
from .work import Work


class Client:
    """Of `url` with `token`, else of SLIPWAY_URL with SLIPWAY_TOKEN, which every job finds set. Thread-safe."""

    def __init__(self, url: str | None = None, token: str | None = None, *, timeout: float = 60.0, retry: Retry | None = None):
        url = url or os.environ.get("SLIPWAY_URL")
        token = token or os.environ.get("SLIPWAY_TOKEN")
        if not url or not token:
            raise ValueError("Set SLIPWAY_URL and SLIPWAY_TOKEN (a project's token), or pass url and token.")
        self.url = url.rstrip("/")
        self._transport = Transport(url, token, timeout=timeout, retry=retry)
        self.blobs = Blobs(self._transport)
        self.catalog = Catalog(self._transport, self.blobs)
        self.datasets = Datasets(self._transport)
        self.recipes = Recipes(self._transport, self.blobs, self.catalog)
        self.runs = Runs(self._transport, self.blobs)
        self.sweeps = Sweeps(self._transport)
        self.reports = Reports(self._transport)
        self.jobs = Jobs(self._transport)
        self.suites = Suites(self._transport)
        self.evaluations = Evaluations(self._transport)
        self.comparisons = Comparisons(self._transport)
        self.models = Models(self._transport)
        self.monitors = Monitors(self._transport)
        self.labels = Labels(self._transport)
        self.replays = Replays(self._transport)
        self.example = Example(self._transport)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._transport.close()

    def viewer(self) -> dict[str, Any]:
        """Who the token is, its role and its project."""
        return self._transport.json("GET", "/api/v1/viewer")

    def operation(self, operation_id: str) -> Work:
        return Work(self._transport, "operation", operation_id)
