"""Answers one question about a sweep with Optuna, over stdin and stdout as JSON.

Each call builds the study anew in memory from the trials that the portal keeps, so nothing is lost with this process.
A trial's number in the study is its place in the list: finished runs of an earlier sweep first, then the sweep's own.
"""

import copy
import json
import math
import sys
import warnings

import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.trial import TrialState, create_trial

warnings.filterwarnings("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)

STATES = {
    "planned": TrialState.RUNNING,
    "launched": TrialState.RUNNING,
    "complete": TrialState.COMPLETE,
    "pruned": TrialState.PRUNED,
    "failed": TrialState.FAIL,
    "cancelled": TrialState.FAIL,
}


def distribution(entry):
    if entry["kind"] == "float":
        return FloatDistribution(entry["low"], entry["high"], log=entry["log"])
    if entry["kind"] == "int":
        return IntDistribution(entry["low"], entry["high"], log=entry["log"], step=entry["step"])
    return CategoricalDistribution(entry["values"])


def is_active(entry, params):
    when = entry["when"]
    return when is None or (when["parameter"] in params and any(same(params[when["parameter"]], value) for value in when["equals"]))


def same(a, b):
    """True is not 1 here."""
    return a == b and isinstance(a, bool) == isinstance(b, bool)


def frozen(trial, space):
    params = {entry["name"]: trial["params"][entry["name"]] for entry in space if entry["name"] in trial["params"]}
    state = STATES[trial["state"]]
    is_valued = state in (TrialState.COMPLETE, TrialState.PRUNED)
    return create_trial(
        state=state,
        value=trial["value"] if is_valued else None,
        params=params,
        distributions={entry["name"]: distribution(entry) for entry in space if entry["name"] in params},
        # A run that was stopped tells nothing: its place in a grid is free again.
        system_attrs={} if trial["state"] == "cancelled" else trial["attrs"],
        intermediate_values={step: math.nan if value is None else value for step, value in trial["reported"]},
    )


def sampler_of(question, history, seed):
    kind = question["sampler"]["kind"]
    if kind == "grid":
        return optuna.samplers.GridSampler(question["grid"], seed=seed)
    if kind == "random":
        return optuna.samplers.RandomSampler(seed=seed)
    if kind == "cmaes":
        independent = optuna.samplers.RandomSampler(seed=seed)
        # Ones of an earlier sweep say where to begin: warm-started CMA-ES.
        source = history or None
        return optuna.samplers.CmaEsSampler(seed=seed, independent_sampler=independent, warn_independent_sampling=False, source_trials=source)
    startup = question["sampler"]["startupRuns"]
    return optuna.samplers.TPESampler(seed=seed, n_startup_trials=startup, multivariate=True, group=True, constant_liar=True)


def pruner_of(spec):
    if spec["kind"] == "median":
        return optuna.pruners.MedianPruner(n_startup_trials=spec["startupRuns"], n_warmup_steps=spec["warmupSteps"])
    if spec["kind"] == "asha":
        return optuna.pruners.SuccessiveHalvingPruner(min_resource=spec["minStep"], reduction_factor=spec["reduction"])
    if spec["kind"] == "hyperband":
        return optuna.pruners.HyperbandPruner(min_resource=spec["minStep"], max_resource=spec["maxStep"], reduction_factor=spec["reduction"])
    return optuna.pruners.NopPruner()


def study_of(question):
    pruner = pruner_of(question["pruner"])
    study = optuna.create_study(study_name=question["name"], direction=question["direction"], pruner=pruner)
    for trial in question["history"] + question["trials"]:
        study.add_trial(frozen(trial, question["space"]))
    if isinstance(pruner, optuna.pruners.HyperbandPruner):
        # Its brackets follow from the spec alone: a trial's is the same in every process.
        pruner._try_initialization(study)
    return study


def ask(question):
    """The next trials: each with the seed of its number, so that the same past gives the same future."""
    study = study_of(question)
    history = study.get_trials()[: len(question["history"])]
    asked = []
    for number in range(len(question["trials"]), len(question["trials"]) + question["count"]):
        seed = question["seed"] if question["sampler"]["kind"] == "grid" else (question["seed"] * 1_000_003 + number) % 2**32
        study.sampler = sampler_of(question, history, seed)
        trial = study.ask()
        params = {}
        for entry in question["space"]:
            if is_active(entry, params):
                params[entry["name"]] = trial._suggest(entry["name"], distribution(entry))
        asked.append({"number": number, "params": params, "attrs": study.get_trials(deepcopy=False)[-1].system_attrs})
    return {"asked": asked}


def first_bad_step(study, trial_id, after):
    """The step at which the pruner would stop a trial; it is asked at each step, as the trial itself would have asked."""
    steps = sorted(study._storage.get_trial(trial_id).intermediate_values)
    for step in [one for one in steps if one > after]:
        # What the pruner noted at the step before is in the storage.
        trial = copy.copy(study._storage.get_trial(trial_id))
        trial.intermediate_values = {one: value for one, value in trial.intermediate_values.items() if one <= step}
        if study.pruner.prune(study, trial):
            return step
    return None


def prune(question):
    """At which step each of the running trials should have stopped, if at any; with what the pruner noted of it."""
    study = study_of(question)
    ids = [trial._trial_id for trial in study.get_trials(deepcopy=False)][len(question["history"]) :]
    decided = []
    for running in question["running"]:
        trial_id = ids[running["number"]]
        step = first_bad_step(study, trial_id, running["after"])
        decided.append({"number": running["number"], "step": step, "attrs": study._storage.get_trial(trial_id).system_attrs})
    return {"decided": decided}


def importance(question):
    """fANOVA over the finished runs; None where it can't be told (fewer than two, or all of one value)."""
    study = study_of(question)
    finished = [trial for trial in study.get_trials(deepcopy=False) if trial.state == TrialState.COMPLETE]
    if len(finished) < 2 or len({trial.value for trial in finished}) < 2:
        return {"importance": None, "runs": len(finished)}
    evaluator = optuna.importance.FanovaImportanceEvaluator(seed=question["seed"])
    values = optuna.importance.get_param_importances(study, evaluator=evaluator)
    if not values or any(not math.isfinite(value) for value in values.values()):
        return {"importance": None, "runs": len(finished)}
    return {"importance": [{"name": name, "share": share} for name, share in values.items()], "runs": len(finished)}


QUESTIONS = {"ask": ask, "prune": prune, "importance": importance}

if __name__ == "__main__":
    asked_question = json.load(sys.stdin)
    json.dump(QUESTIONS[asked_question["ask"]](asked_question), sys.stdout, allow_nan=False)
