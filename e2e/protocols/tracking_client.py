"""What a script does with the stock MLflow client; only two environment variables point it here."""

import math
import os
import sys

import mlflow
import pandas
import requests
from mlflow.exceptions import MlflowException

assert set(k for k in os.environ if k.startswith("MLFLOW_TRACKING")) == {"MLFLOW_TRACKING_URI", "MLFLOW_TRACKING_TOKEN"}
client = mlflow.MlflowClient()
name = sys.argv[1]

mlflow.set_experiment(name)
with mlflow.start_run(run_name="first") as run:
    mlflow.log_param("lr", 0.1)
    for step in range(50):
        mlflow.log_metric("loss", 1 / (step + 1), step=step)
    mlflow.log_metrics({"nan": math.nan, "inf": math.inf, "minus": -math.inf, "big": 1e308})
    mlflow.set_tag("team", "a")
    mlflow.log_dict({"a": 1}, "x/config.json")
    mlflow.log_text("ü" * 3, "x/text.txt")
    mlflow.log_input(mlflow.data.from_pandas(pandas.DataFrame({"x": [1, 2]}), name="rows"), context="training")
    with mlflow.start_run(nested=True) as child:
        mlflow.log_param("child", "yes")
run_id = run.info.run_id

history = client.get_metric_history(run_id, "loss")
assert [m.step for m in history] == list(range(50)), history
data = client.get_run(run_id).data
assert math.isnan(data.metrics["nan"]) and data.metrics["inf"] == math.inf and data.metrics["minus"] == -math.inf and data.metrics["big"] == 1e308
assert data.metrics["loss"] == 1 / 50 and data.params == {"lr": "0.1"} and data.tags["team"] == "a"
assert [f.path for f in client.list_artifacts(run_id, "x")] == ["x/config.json", "x/text.txt"]
assert mlflow.artifacts.load_dict(run.info.artifact_uri + "/x/config.json") == {"a": 1}
assert client.get_run(child.info.run_id).data.tags["mlflow.parentRunId"] == run_id

found = mlflow.search_runs(experiment_names=[name], filter_string="metrics.loss < 0.5 and params.lr = '0.1'")
assert list(found.run_id) == [run_id], found
assert len(mlflow.search_runs(experiment_names=[name], filter_string="params.lr = '0.2'")) == 0
ordered = mlflow.search_runs(experiment_names=[name], order_by=["metrics.loss DESC"])
assert list(ordered.run_id) == [run_id, child.info.run_id], ordered

client.log_param(run_id, "lr", 0.1)
try:
    client.log_param(run_id, "lr", 0.2)
    raise AssertionError("another value for a parameter was taken")
except MlflowException as error:
    assert "Changing param values is not allowed" in str(error), error
for call, code in [
    (lambda: client.get_run("0" * 32), "RESOURCE_DOES_NOT_EXIST"),
    (lambda: client.create_experiment(name), "RESOURCE_ALREADY_EXISTS"),
    (lambda: client.search_runs(["0"], "metrics.x > 'abc'"), "INVALID_PARAMETER_VALUE"),
]:
    try:
        call()
        raise AssertionError(f"{code} was expected")
    except MlflowException as error:
        assert error.error_code == code, (error.error_code, str(error))

# What the client's own pages ask: datasets of an experiment's runs.
asked = requests.post(
    os.environ["MLFLOW_TRACKING_URI"] + "/ajax-api/2.0/mlflow/experiments/search-datasets",
    json={"experiment_ids": [run.info.experiment_id]},
    headers={"Authorization": "Bearer " + os.environ["MLFLOW_TRACKING_TOKEN"]},
    timeout=30,
)
read = client.get_run(run_id).inputs.dataset_inputs[0].dataset
assert asked.json() == {"dataset_summaries": [{"experiment_id": run.info.experiment_id, "name": "rows", "digest": read.digest, "context": "training"}]}, asked.text

# Versions have no stages: the latest of another stage is none, not some other version.
client.create_registered_model(name)
version = client.create_model_version(name, run.info.artifact_uri + "/x", run_id)
assert [found.version for found in client.get_latest_versions(name)] == [version.version]
assert client.get_latest_versions(name, stages=["Production"]) == []
try:
    client.transition_model_version_stage(name, version.version, "Production")
    raise AssertionError("a stage was taken")
except MlflowException as error:
    assert "alias" in str(error), error

client.delete_run(run_id)
assert client.get_run(run_id).info.lifecycle_stage == "deleted"
client.restore_run(run_id)
assert client.get_run(run_id).info.lifecycle_stage == "active"
print("ok", run_id)
