"""Catalog: definitions, sources, feature views, the online store, datasets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from .source import files_below
from .content import Blobs
from .transport import Transport, path_of
from .work import Work

_DOCUMENTS = {".yaml", ".yml", ".json"}


def read_texts(folder: str | Path, below: Iterable[str] = (".",)) -> dict[str, str]:
    """YAML, JSON and SQL files under the named parts of a folder, by path from the folder."""
    root = Path(folder)
    texts: dict[str, str] = {}
    for part in below:
        base = root / part
        for path in [base] if base.is_file() else files_below(base):
            if path.suffix in _DOCUMENTS or path.suffix == ".sql":
                texts[path.relative_to(root).as_posix()] = path.read_text(encoding="utf-8")
    return texts


class Catalog:
    def __init__(self, transport: Transport, blobs: Blobs):
        self._transport = transport
        self._blobs = blobs

    def apply(self, folder: str | Path, below: Iterable[str] = (".",), *, key: str | None = None) -> list[dict[str, Any]]:
        """Applies every definition under the folder (YAML with SQL beside it), or none."""
        body = {"files": read_texts(folder, below)}
        return self._transport.json("POST", "/api/v1/catalog/files", body, key=key)["applied"]

    def parse(self, files: Mapping[str, str]) -> list[dict[str, Any]]:
        """YAML documents as JSON: `[{"path", "index", "content"}]`. The server parses, so that no package is needed here."""
        return self._transport.json("POST", "/api/v1/catalog/files/parse", {"files": dict(files)})["documents"]

    def read_document(self, path: str | Path) -> dict[str, Any]:
        """The only document of one YAML file."""
        file = Path(path)
        documents = self.parse({file.name: file.read_text(encoding="utf-8")})
        if len(documents) != 1:
            raise ValueError(f"{file} has {len(documents)} documents, where one is expected")
        return documents[0]["content"]

    def definition(self, kind: str, name: str) -> dict[str, Any]:
        return self._transport.json("GET", path_of("/api/v1/catalog/definitions/{}/{}", kind, name))

    def load_source(self, name: str, path: str | Path, *, key: str | None = None) -> Work:
        """Uploads a Parquet or CSV file and takes it as the source's data."""
        format = "csv" if Path(path).suffix == ".csv" else "parquet"
        body = {"sha256": self._blobs.upload(path), "format": format}
        return self._start(path_of("/api/v1/catalog/sources/{}/load", name), body, key)

    def compute_source(self, name: str, *, key: str | None = None) -> Work:
        return self._start(path_of("/api/v1/catalog/sources/{}/compute", name), {}, key)

    def materialize_view(self, name: str, *, key: str | None = None) -> Work:
        return self._start(path_of("/api/v1/catalog/views/{}/materialize", name), {}, key)

    def materialize_online(self, views: Sequence[str], to: str, since: str | None = None, *, key: str | None = None) -> Work:
        """Writes what became available in [since, to) to the online store; times are ISO with Z."""
        body = {"views": list(views), "from": since, "to": to}
        return self._start("/api/v1/catalog/online/materialize", body, key)

    def advance_online(self, views: Sequence[str], to: str, since: str | None = None) -> dict[str, int]:
        """The same, done when it returns."""
        body = {"views": list(views), "from": since, "to": to}
        return self._transport.json("POST", "/api/v1/catalog/online/advance", body, timeout=600)["written"]

    def read_online(self, entities: Mapping[str, Sequence[Any]], *, service: str | None = None, features: Sequence[str] = ()) -> dict[str, Any]:
        body = {"entities": {name: list(keys) for name, keys in entities.items()}, "service": service, "features": list(features)}
        return self._transport.json("POST", "/api/v1/catalog/online/read", body)

    def _start(self, path: str, body: dict[str, Any], key: str | None) -> Work:
        answer = self._transport.json("POST", path, body, key=key)
        return Work(self._transport, "operation", answer["operationId"], answer)


class Datasets:
    def __init__(self, transport: Transport):
        self._transport = transport

    def build(self, name: str, sample_share: float | None = None, *, temporary: bool = False, key: str | None = None) -> Work:
        """A point-in-time join. Its result has `datasetId`; the same inputs give the same dataset.

        A temporary one is purged after the server's days unless a run, an evaluation, a model's version or a monitor uses it.
        """
        body = {"sampleShare": sample_share, "temporary": temporary}
        answer = self._transport.json("POST", path_of("/api/v1/datasets/{}/build", name), body, key=key)
        return Work(self._transport, "operation", answer["operationId"], answer)

    def get(self, dataset_id: str) -> dict[str, Any]:
        return self._transport.json("GET", path_of("/api/v1/datasets/{}", dataset_id))

    def list(self, name: str | None = None, limit: int = 100) -> list[dict[str, Any]]:
        """The newest that still have their content."""
        return self._transport.json("GET", "/api/v1/datasets", query={"name": name, "limit": limit})["datasets"]

    def check_skew(self, dataset_id: str, since: str, to: str, *, relative: float = 1e-6, key: str | None = None) -> Work:
        """A shadow replay of the rows in [since, to): online against offline. Its result has `values`, `differing`, `share`."""
        body = {"from": since, "to": to, "relative": relative}
        answer = self._transport.json("POST", path_of("/api/v1/datasets/{}/skew-checks", dataset_id), body, key=key)
        return Work(self._transport, "operation", answer["operationId"], answer)
