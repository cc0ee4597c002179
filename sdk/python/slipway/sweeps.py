"""Sweeps over a recipe's parameters, and reports of compared runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .transport import Transport, path_of
from .work import Work


class Sweeps:
    def __init__(self, transport: Transport):
        self._transport = transport

    def launch(
        self,
        name: str,
        recipe: str,
        space: Sequence[Mapping[str, Any]],
        objective: Mapping[str, str],
        *,
        runs: int,
        hours: float | None = None,
        parameters: Mapping[str, str | float | int | bool] | None = None,
        inputs: Mapping[str, str] | None = None,
        experiment: str | None = None,
        version: int | None = None,
        sampler: Mapping[str, Any] | None = None,
        pruner: Mapping[str, Any] | None = None,
        parallelism: int = 2,
        seed: int | None = None,
        priority: int = 0,
        key: str | None = None,
    ) -> Work:
        """A recipe's runs over a space, steered by Optuna on the server.

        `space` has entries such as `{"kind": "float", "name": "rate", "low": 0.01, "high": 0.3, "log": True}`; `objective` is
        `{"metric": …, "direction": "minimize" | "maximize"}`. `sampler` is `{"kind": "tpe" | "cmaes" | "random" | "grid"}`, `pruner`
        `{"kind": "none" | "median" | "asha" | "hyperband"}`. Its best run is `view()["best"]`.
        """
        body: dict[str, Any] = {
            "name": name,
            "recipe": recipe,
            "version": version,
            "experiment": experiment,
            "space": [dict(entry) for entry in space],
            "objective": dict(objective),
            "parameters": dict(parameters or {}),
            "inputs": dict(inputs or {}),
            "priority": priority,
            "parallelism": parallelism,
            "budget": {"runs": runs, "hours": hours},
            "seed": seed,
        }
        body.update({name: dict(value) for name, value in (("sampler", sampler), ("pruner", pruner)) if value is not None})
        answer = self._transport.json("POST", "/api/v1/sweeps", body, key=key)
        return Work(self._transport, "sweep", answer["sweepId"], answer)

    def get(self, sweep_id: str) -> dict[str, Any]:
        """The sweep with its trials."""
        return self._transport.json("GET", path_of("/api/v1/sweeps/{}", sweep_id))

    def work(self, sweep_id: str) -> Work:
        return Work(self._transport, "sweep", sweep_id)

    def stop(self, sweep_id: str) -> None:
        self._transport.json("POST", path_of("/api/v1/sweeps/{}/stop", sweep_id))


def text_block(markdown: str) -> dict[str, str]:
    return {"kind": "text", "markdown": markdown}


def comparison_block(title: str, run_ids: Sequence[str], **view: str) -> dict[str, str]:
    """Runs side by side, as the portal's comparison shows them; `view` is of its address: `part="curves"`, `by="params.lr"`."""
    query = "&".join([f"runs={','.join(run_id.replace('-', '') for run_id in run_ids)}", *(f"{name}={value}" for name, value in view.items())])
    return {"kind": "comparison", "title": title, "query": query}


class Reports:
    def __init__(self, transport: Transport):
        self._transport = transport

    def list(self) -> Any:
        return self._transport.json("GET", "/api/v1/reports")

    def create(self, name: str, blocks: Sequence[Mapping[str, str]], *, key: str | None = None) -> dict[str, Any]:
        """Of `text_block` and `comparison_block`, read by everyone in the project."""
        return self._transport.json("POST", "/api/v1/reports", {"name": name, "blocks": [dict(block) for block in blocks]}, key=key)
