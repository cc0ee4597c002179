"""Suites, evaluations, comparisons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .transport import Transport, path_of
from .work import Work


class Suites:
    def __init__(self, transport: Transport):
        self._transport = transport

    def apply(self, definition: Mapping[str, Any], *, key: str | None = None) -> dict[str, Any]:
        """The same content is the same version."""
        return self._transport.json("POST", "/api/v1/suites", {"definition": dict(definition)}, key=key)

    def get(self, name: str, version: int | None = None) -> dict[str, Any]:
        return self._transport.json("GET", path_of("/api/v1/suites/{}", name), query={"version": version})


class Evaluations:
    def __init__(self, transport: Transport):
        self._transport = transport

    def create(
        self,
        suite: str,
        logged_model_id: str,
        *,
        run_id: str | None = None,
        path: str = "scores.parquet",
        sha256: str | None = None,
        dataset: str | None = None,
        key: str | None = None,
    ) -> Work:
        """Scores are an artifact of a run (`run_id`, `path`) or uploaded content (`sha256`). The result has `evaluationId`."""
        if (run_id is None) == (sha256 is None):
            raise ValueError("name either run_id or sha256")
        scores = {"sha256": sha256} if run_id is None else {"runId": run_id, "path": path}
        body = {"suite": suite, "loggedModelId": logged_model_id, "dataset": dataset, "scores": scores}
        answer = self._transport.json("POST", "/api/v1/evaluations", body, key=key)
        return Work(self._transport, "operation", answer["operationId"], answer)

    def get(self, evaluation_id: str) -> dict[str, Any]:
        return self._transport.json("GET", path_of("/api/v1/evaluations/{}", evaluation_id))

    def list(self, **filters: Any) -> dict[str, Any]:
        """Filters: suite, suiteVersion, loggedModelId, datasetId, after, limit. Gives `evaluations` and `next`."""
        return self._transport.json("GET", "/api/v1/evaluations", query=filters)


class Comparisons:
    def __init__(self, transport: Transport):
        self._transport = transport

    def create(self, candidate_id: str, baseline_id: str, *, key: str | None = None) -> Work:
        """Two evaluations of the same examples. The result has `comparisonId`."""
        body = {"candidateId": candidate_id, "baselineId": baseline_id}
        answer = self._transport.json("POST", "/api/v1/comparisons", body, key=key)
        return Work(self._transport, "operation", answer["operationId"], answer)

    def get(self, comparison_id: str) -> dict[str, Any]:
        return self._transport.json("GET", path_of("/api/v1/comparisons/{}", comparison_id))

    def disagreements(self, comparison_id: str, order: str = "difference", limit: int = 50) -> list[dict[str, Any]]:
        query = {"order": order, "limit": limit}
        return self._transport.json("GET", path_of("/api/v1/comparisons/{}/disagreements", comparison_id), query=query)["examples"]
