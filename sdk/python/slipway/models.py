"""The registry: versions, gate, promotions; and inference through the serving endpoint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import EllipsisType
from typing import Any

from .errors import SlipwayError
from .transport import Transport, path_of
from .work import Work


class Models:
    def __init__(self, transport: Transport):
        self._transport = transport

    def create(
        self,
        name: str,
        *,
        suite: str | None | EllipsisType = ...,
        service: str | None = None,
        description: str = "",
        approval: str = "person",
        key: str | None = None,
    ) -> dict[str, Any]:
        """The suite is its gate: left out, the project's only one; `None` is no gate."""
        body = {"name": name, "service": service, "description": description, "approval": approval}
        if suite is not ...:
            body["suite"] = suite
        return self._transport.json("POST", "/api/v1/models", body, key=key)

    def get(self, name: str) -> dict[str, Any]:
        return self._transport.json("GET", path_of("/api/v1/models/{}", name))

    def ensure(self, name: str, **settings: Any) -> dict[str, Any]:
        """The model as it is, or made with these settings."""
        try:
            return self.get(name)
        except SlipwayError as error:
            if error.status != 404:
                raise
        return self.create(name, **settings)

    def register(
        self,
        name: str,
        logged_model_id: str,
        *,
        dataset_id: str | None = None,
        description: str = "",
        tags: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> dict[str, Any]:
        body = {"loggedModelId": logged_model_id, "datasetId": dataset_id, "description": description, "tags": dict(tags or {})}
        return self._transport.json("POST", path_of("/api/v1/models/{}/versions", name), body, key=key)

    def versions(self, name: str) -> list[dict[str, Any]]:
        """Newest first."""
        return self._transport.json("GET", path_of("/api/v1/models/{}/versions", name), query={"limit": 1_000})["versions"]

    def judge(self, name: str, version: int, *, key: str | None = None) -> Work:
        """The gate. Its result has `verdictId`, `passed`, `reasons`."""
        answer = self._transport.json("POST", path_of("/api/v1/models/{}/versions/{}/judge", name, version), key=key)
        return Work(self._transport, "operation", answer["operationId"], answer)

    def promote(self, name: str, version: int, *, alias: str = "champion", reason: str = "", key: str | None = None) -> dict[str, Any]:
        """Asks for a promotion; `state` says whether policy approved it, or a person must."""
        body = {"version": version, "alias": alias, "reason": reason}
        return self._transport.json("POST", path_of("/api/v1/models/{}/promotions", name), body, key=key)

    def infer(self, name: str, columns: Mapping[str, Sequence[Any]], *, version: int | None = None) -> dict[str, list[Any]]:
        """Open Inference Protocol v2, one tensor a column; outputs by name, rows in order."""
        path = path_of("/v2/models/{}/infer", name) if version is None else path_of("/v2/models/{}/versions/{}/infer", name, version)
        answer = self._transport.json("POST", path, {"inputs": [tensor_of(name, values) for name, values in columns.items()]})
        return {output["name"]: output["data"] for output in answer["outputs"]}


def tensor_of(name: str, values: Sequence[Any]) -> dict[str, Any]:
    kinds = {type(value) for value in values}
    datatype = "BYTES" if str in kinds else "BOOL" if kinds == {bool} else "INT64" if kinds == {int} else "FP64"
    return {"name": name, "datatype": datatype, "shape": [len(values)], "data": list(values)}
