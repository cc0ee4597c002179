"""Recipes, launched runs, jobs."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .catalog import Catalog
from .content import Blobs
from .source import Git, check_hashes, pack_folder
from .transport import Transport, path_of
from .work import Work


def checkpoint() -> Path | None:
    """The file or folder that a resumed run goes on from; None where it begins at the start."""
    given = os.environ.get("SLIPWAY_CHECKPOINT")
    return Path(given) if given else None


class Recipes:
    def __init__(self, transport: Transport, blobs: Blobs, catalog: Catalog):
        self._transport = transport
        self._blobs = blobs
        self._catalog = catalog

    def register(self, folder: str | Path, requirements: str | Path | None = None, *, key: str | None = None) -> dict[str, Any]:
        """The folder's `recipe.yaml` with its code; the same content is the same version.

        Its packages are those of `requirements`, or of the folder's own `requirements.txt`; each with its hashes.
        """
        root = Path(folder)
        if requirements is None and (root / "requirements.txt").is_file():
            requirements = root / "requirements.txt"
        if requirements is not None:
            check_hashes(Path(requirements).read_text(encoding="utf-8"), str(requirements))
        body = {
            "definition": self._catalog.read_document(root / "recipe.yaml"),
            "codeSha256": self._blobs.upload_bytes(pack_folder(root)),
            "requirementsSha256": None if requirements is None else self._blobs.upload(requirements),
        }
        return self._transport.json("POST", "/api/v1/recipes", body, key=key)

    def register_git(self, url: str, *, ref: str = "", folder: str = "", token: str | None = None, key: str | None = None) -> Work:
        """A repository's folder, fetched by the server at the commit that `ref` names then. The result has `name`, `version`, `commit`.

        `token` opens a repository that is not public: it is used once and not kept.
        """
        body = {"url": url, "ref": ref, "folder": folder, "token": token}
        answer = self._transport.json("POST", "/api/v1/recipes/git", body, key=key)
        return Work(self._transport, "operation", answer["operationId"], answer)

    def get(self, name: str, version: int | None = None) -> dict[str, Any]:
        return self._transport.json("GET", path_of("/api/v1/recipes/{}", name), query={"version": version})


class Runs:
    def __init__(self, transport: Transport, blobs: Blobs):
        self._transport = transport
        self._blobs = blobs

    def launch(
        self,
        recipe: str,
        *,
        parameters: Mapping[str, str | float | int | bool] | None = None,
        inputs: Mapping[str, str] | None = None,
        name: str = "",
        version: int | None = None,
        experiment: str | None = None,
        tags: Mapping[str, str] | None = None,
        priority: int = 0,
        key: str | None = None,
    ) -> Work:
        """A run that a job fills. Inputs are a dataset's name or id, a logged model's id, or a file's SHA-256."""
        body = {
            "recipe": recipe,
            "version": version,
            "experiment": experiment,
            "runName": name,
            "parameters": dict(parameters or {}),
            "inputs": dict(inputs or {}),
            "tags": [{"key": key_, "value": value} for key_, value in (tags or {}).items()],
            "priority": priority,
        }
        answer = self._transport.json("POST", "/api/v1/runs", body, key=key)
        return Work(self._transport, "run", answer["runId"], answer)

    def submit(
        self,
        command: Sequence[str],
        *,
        code: bytes,
        git: Git | None = None,
        requirements: str | None = None,
        experiment: str | None = None,
        name: str = "",
        resources: Mapping[str, Any] | None = None,
        tags: Mapping[str, str] | None = None,
        attempts: int = 1,
        priority: int = 0,
        key: str | None = None,
    ) -> Work:
        """A command without a recipe, run where `code` (a tar.gz, see `pack_source`) is unpacked. `requirements` is a file's text, with hashes."""
        body = {
            "command": list(command),
            "codeSha256": self._blobs.upload_bytes(code),
            "requirementsSha256": None if requirements is None else self._blobs.upload_bytes(requirements.encode()),
            "git": None if git is None else {"commit": git.commit, "branch": git.branch, "remote": git.remote},
            "changesSha256": self._blobs.upload_bytes(git.changes.encode()) if git and git.changes else None,
            "experiment": experiment,
            "runName": name,
            "resources": dict(resources or {}),
            "tags": [{"key": key_, "value": value} for key_, value in (tags or {}).items()],
            "maxAttempts": attempts,
            "priority": priority,
        }
        answer = self._transport.json("POST", "/api/v1/runs/submit", body, key=key)
        return Work(self._transport, "run", answer["runId"], answer)

    def get(self, run_id: str) -> dict[str, Any]:
        """One run. A metric's value that is no number in JSON is the text "NaN", "Infinity" or "-Infinity": `float` takes each."""
        return self._transport.json("GET", path_of("/api/v1/runs/{}", run_id))

    def work(self, run_id: str) -> Work:
        return Work(self._transport, "run", run_id)

    def models(self, run_id: str) -> list[dict[str, Any]]:
        """Models that the run logged, oldest first."""
        return self._transport.json("GET", path_of("/api/v1/runs/{}/models", run_id))

    def cancel(self, run_id: str) -> None:
        self._transport.json("POST", path_of("/api/v1/runs/{}/cancel", run_id))

    def checkpoints(self, run_id: str) -> list[dict[str, Any]]:
        """What the run logged below `checkpoints/`, newest first."""
        return self._transport.json("GET", path_of("/api/v1/runs/{}/checkpoints", run_id))

    def resume(self, run_id: str, checkpoint: str | None = None, *, key: str | None = None) -> Work:
        """The same run goes on from one of its checkpoints (the newest, if none is named) in a new job."""
        answer = self._transport.json("POST", path_of("/api/v1/runs/{}/resume", run_id), {"checkpoint": checkpoint}, key=key)
        return Work(self._transport, "run", answer["runId"], answer)

    def repeat(self, run_id: str, *, key: str | None = None) -> Work:
        """A new run with the same code, packages, data and parameters."""
        answer = self._transport.json("POST", path_of("/api/v1/runs/{}/repeat", run_id), {}, key=key)
        return Work(self._transport, "run", answer["runId"], answer)

    def repetition(self, run_id: str) -> dict[str, Any] | None:
        """How a run differs from the one that it repeats."""
        return self._transport.json("GET", path_of("/api/v1/runs/{}/repetition", run_id))


class Jobs:
    def __init__(self, transport: Transport):
        self._transport = transport

    def submit(self, spec: Mapping[str, Any], *, key: str | None = None) -> Work:
        """`spec` as POST /api/v1/jobs takes it: name, command, code, environment, inputs, resources, …"""
        answer = self._transport.json("POST", "/api/v1/jobs", spec, key=key)
        return Work(self._transport, "job", answer["jobId"], answer)

    def get(self, job_id: str) -> dict[str, Any]:
        return self._transport.json("GET", path_of("/api/v1/jobs/{}", job_id))

    def list(self, limit: int = 50) -> list[dict[str, Any]]:
        """The newest, at most 200."""
        return self._transport.json("GET", "/api/v1/jobs", query={"limit": limit})["jobs"]

    def work(self, job_id: str) -> Work:
        return Work(self._transport, "job", job_id)

    def log(self, job_id: str, limit: int = 65_536) -> str:
        """The end of the latest attempt's log."""
        view = self._transport.json("GET", path_of("/api/v1/jobs/{}/logs", job_id), query={"offset": -limit, "limit": limit})
        return view["text"]

    def log_from(self, job_id: str, offset: int, limit: int = 262_144) -> dict[str, Any]:
        """The latest attempt's log from a byte on: `text`, `to` (where the rest begins), `attempt`."""
        return self._transport.json("GET", path_of("/api/v1/jobs/{}/logs", job_id), query={"offset": offset, "limit": limit})

    def cancel(self, job_id: str) -> None:
        self._transport.json("POST", path_of("/api/v1/jobs/{}/cancel", job_id))
