"""What a script does with the stock MLflow client; only two environment variables point it here."""

import math
import os
import sys

import mlflow
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

client.delete_run(run_id)
assert client.get_run(run_id).info.lifecycle_stage == "deleted"
client.restore_run(run_id)
assert client.get_run(run_id).info.lifecycle_stage == "active"
print("ok", run_id)
