"""Copies the runs of one experiment to another MLflow server, so that both UIs show the same: `peer.py <from> <token> <experiment> <to>`."""

import os
import sys

from mlflow import MlflowClient
from mlflow.entities import Metric, Param

source_url, token, experiment, target_url = sys.argv[1:]
os.environ["MLFLOW_TRACKING_TOKEN"] = token
source, target = MlflowClient(source_url), MlflowClient(target_url)
made = target.create_experiment("copied")
runs = source.search_runs([experiment], max_results=1000)
for run in runs:
    copy = target.create_run(made, run_name=run.info.run_name, start_time=run.info.start_time)
    points = [point for key in run.data.metrics for point in source.get_metric_history(run.info.run_id, key)]
    metrics = [Metric(point.key, point.value, point.timestamp, point.step) for point in points]
    for at in range(0, len(metrics), 1000):
        target.log_batch(copy.info.run_id, metrics=metrics[at : at + 1000])
    target.log_batch(copy.info.run_id, params=[Param(key, value) for key, value in run.data.params.items()])
    target.set_terminated(copy.info.run_id, run.info.status, run.info.end_time)
print(f"{len(runs)} runs in experiment {made}")
