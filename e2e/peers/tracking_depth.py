"""The tracking half of MLflow in depth, by its own unmodified client: `tracking_depth.py <experiment> [part …]`."""

import json
import math
import multiprocessing
import os
import socket
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import lightgbm
import matplotlib
import mlflow
import numpy
import pandas
from mlflow.entities import Metric, Param, RunTag
from mlflow.exceptions import MlflowException
from PIL import Image
from sklearn.datasets import make_classification
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV

matplotlib.use("Agg")
import matplotlib.pyplot as pyplot  # noqa: E402

name = sys.argv[1]
client = mlflow.MlflowClient()
mlflow.set_experiment(name)
x, y = make_classification(n_samples=300, n_features=6, random_state=1)


def autologging() -> None:
    mlflow.sklearn.autolog(log_datasets=True)
    with mlflow.start_run(run_name="sklearn") as run:
        fitted = LogisticRegression(C=0.5).fit(x, y)
    data = client.get_run(run.info.run_id).data
    assert data.params["C"] == "0.5" and 0 < data.metrics["training_score"] <= 1, data
    again = mlflow.sklearn.load_model(f"runs:/{run.info.run_id}/model")
    assert (again.predict(x) == fitted.predict(x)).all()
    with mlflow.start_run(run_name="grid") as grid:
        GridSearchCV(LogisticRegression(), {"C": [0.1, 1.0, 10.0]}, cv=3).fit(x, y)
    children = mlflow.search_runs(experiment_names=[name], filter_string=f"tags.mlflow.parentRunId = '{grid.info.run_id}'")
    assert sorted(children["params.C"]) == ["0.1", "1.0", "10.0"], children
    mlflow.sklearn.autolog(disable=True)

    mlflow.lightgbm.autolog()
    with mlflow.start_run(run_name="lightgbm") as run:
        data = lightgbm.Dataset(x, label=y)
        valid = lightgbm.Dataset(x[:100], label=y[:100], reference=data)
        booster = lightgbm.train({"objective": "binary", "metric": "auc", "verbosity": -1}, data, num_boost_round=20, valid_sets=[valid], valid_names=["valid"])
    history = client.get_metric_history(run.info.run_id, "valid-auc")
    assert [point.step for point in history] == list(range(20)), history
    assert numpy.allclose(mlflow.lightgbm.load_model(f"runs:/{run.info.run_id}/model").predict(x), booster.predict(x))
    mlflow.lightgbm.autolog(disable=True)


def artifacts() -> None:
    with mlflow.start_run(run_name="artifacts") as run:
        figure, axes = pyplot.subplots()
        axes.plot([1, 2, 3])
        mlflow.log_figure(figure, "plots/line.png")
        mlflow.log_image(numpy.zeros((8, 8, 3), dtype=numpy.uint8), "plots/black.png")
        mlflow.log_image(Image.new("RGB", (4, 4)), key="frame", step=3)
        mlflow.log_dict({"ü": [1, None]}, "data/config.yaml")
        mlflow.log_text("tab\tand ünïcode\n", "data/notes.txt")
        mlflow.log_table({"question": ["a", "b"], "score": [0.5, 1]}, "tables/answers.json")
        mlflow.log_table({"question": ["c"], "score": [0.25]}, "tables/answers.json")
        mlflow.sklearn.log_model(LogisticRegression().fit(x, y), name="classifier", registered_model_name=f"{name}-model")
    paths = {file.path for file in client.list_artifacts(run.info.run_id)}
    assert {"plots", "data", "tables", "images"} <= paths, paths
    assert mlflow.artifacts.load_text(f"{run.info.artifact_uri}/data/notes.txt") == "tab\tand ünïcode\n"
    assert Image.open(mlflow.artifacts.download_artifacts(f"runs:/{run.info.run_id}/plots/black.png")).size == (8, 8)
    assert list(mlflow.load_table("tables/answers.json", run_ids=[run.info.run_id])["question"]) == ["a", "b", "c"]
    version = client.get_latest_versions(f"{name}-model")[0]
    assert version.run_id == run.info.run_id, version
    assert (mlflow.pyfunc.load_model(f"models:/{name}-model/{version.version}").predict(x) == mlflow.sklearn.load_model(f"models:/{name}-model/{version.version}").predict(x)).all()
    client.delete_run(run.info.run_id)
    client.restore_run(run.info.run_id)
    assert {file.path for file in client.list_artifacts(run.info.run_id)} == paths


def values() -> None:
    long_key = "k" * 250
    with mlflow.start_run(run_name="values 🦩") as run:
        mlflow.log_metrics({"précision/überall": 1.5, long_key: 2.0, "nan": math.nan, "inf": math.inf, "low": -math.inf, "big": 1e308, "tiny": 5e-324})
        mlflow.log_metric("far", 1.0, step=2**53 - 1)
        mlflow.log_metric("far", 2.0, step=-(2**53) + 1)
        mlflow.log_params({long_key: "v" * 6000, "schlüssel": "wert ✓"})
        mlflow.set_tags({"größe": "x" * 5000, "empty": ""})
    run_id = run.info.run_id
    data = client.get_run(run_id).data
    assert data.metrics["précision/überall"] == 1.5 and data.metrics[long_key] == 2.0 and data.metrics["tiny"] == 5e-324 and data.metrics["big"] == 1e308
    assert math.isnan(data.metrics["nan"]) and data.metrics["inf"] == math.inf and data.metrics["low"] == -math.inf
    assert data.params == {long_key: "v" * 6000, "schlüssel": "wert ✓"} and data.tags["größe"] == "x" * 5000 and data.tags["empty"] == ""
    assert [(point.step, point.value) for point in client.get_metric_history(run_id, "far")] == [(-(2**53) + 1, 2.0), (2**53 - 1, 1.0)]
    for filter_string in ["metrics.`précision/überall` > 1", "metrics.précision/überall > 1", f"params.{long_key} LIKE 'v%'", "params.schlüssel = 'wert ✓'", "attributes.run_name = 'values 🦩'"]:
        assert list(mlflow.search_runs(experiment_names=[name], filter_string=filter_string).run_id) == [run_id], filter_string
    refused = [
        (lambda: client.log_metric(run_id, "m", 1.0, step=2**63 - 1), "step"),
        (lambda: client.log_metric(run_id, "k" * 251, 1.0), "250"),
        (lambda: client.log_param(run_id, "p", "v" * 6001), "6000"),
        (lambda: client.log_metric(run_id, "../up", 1.0), ""),
        (lambda: client.log_metric(run_id, "semi;colon", 1.0), ""),
        (lambda: client.log_batch(run_id, [Metric("ok", 1.0, 0, 0), Metric("bad;key", 1.0, 0, 0)]), "bad;key"),
    ]
    for call, word in refused:
        try:
            call()
        except MlflowException as error:
            assert error.error_code == "INVALID_PARAMETER_VALUE" and word in str(error), (word, error.error_code, str(error))
        else:
            raise AssertionError(f"{word} was taken")
    assert "ok" not in client.get_run(run_id).data.metrics, "a batch with a fault was half written"


def log_many(run_id: str, worker: int) -> None:
    own = mlflow.MlflowClient()
    for start in range(0, 500, 50):
        points = [Metric(key, float(worker), step, step) for step in range(start, start + 50) for key in ("shared", f"own/{worker}")]
        own.log_batch(run_id, points, [Param(f"p{worker}.{start}", "x")], [RunTag(f"t{worker}", str(start))])


def several_processes() -> None:
    with mlflow.start_run(run_name="several processes") as run:
        run_id = run.info.run_id
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=log_many, args=(run_id, worker)) for worker in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
        assert worker.exitcode == 0
    shared = client.get_metric_history(run_id, "shared")
    assert sorted((point.step, point.value) for point in shared) == [(step, float(worker)) for step in range(500) for worker in range(6)]
    for worker in range(6):
        assert len(client.get_metric_history(run_id, f"own/{worker}")) == 500
    assert len(client.get_run(run_id).data.params) == 60
    os.environ["MLFLOW_RUN_ID"] = run_id
    with mlflow.start_run() as adopted:
        assert adopted.info.run_id == run_id
        mlflow.log_metric("after", 1)
    os.environ.pop("MLFLOW_RUN_ID", None)


class CuttingProxy:
    """Passes requests on and cuts every third connection after the server has had the request, before its answer is passed back."""

    def __init__(self, target: str) -> None:
        host, port = target.removeprefix("http://").split(":")
        self.target = (host, int(port))
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.count = self.cut = 0
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self) -> None:
        while True:
            source, _ = self.listener.accept()
            threading.Thread(target=self.serve, args=(source,), daemon=True).start()

    def serve(self, source: socket.socket) -> None:
        """One request a connection: its head and body by content-length."""
        with source, socket.create_connection(self.target) as sink:
            data = b""
            while b"\r\n\r\n" not in data:
                piece = source.recv(65536)
                if not piece:
                    return
                data += piece
            head, body = data.split(b"\r\n\r\n", 1)
            length = next((int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")), 0)
            while len(body) < length:
                body += source.recv(65536)
            lines = [line for line in head.split(b"\r\n") if not line.lower().startswith((b"connection:", b"host:"))]
            host = f"Host: {self.target[0]}:{self.target[1]}".encode()
            sink.sendall(b"\r\n".join([*lines, host, b"Connection: close"]) + b"\r\n\r\n" + body)
            answer = b""
            while piece := sink.recv(65536):
                answer += piece
            self.count += 1
            if self.count % 3 == 0:
                self.cut += 1
                return
            source.sendall(answer)


def cut_connections() -> None:
    proxy = CuttingProxy(os.environ["MLFLOW_TRACKING_URI"])
    os.environ["MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR"] = "0"
    far = mlflow.MlflowClient(proxy.url)
    with mlflow.start_run(run_name="cut connections") as run:
        run_id = run.info.run_id
    for step in range(60):
        far.log_batch(run_id, [Metric("loss", float(step), step, step), Metric("loss", float(step), step + 1, step)], [Param(f"p{step}", "x")], [])
    assert proxy.cut >= 20, proxy.cut
    assert len(client.get_metric_history(run_id, "loss")) == 120
    counted = mlflow.search_runs(experiment_names=[name], filter_string="count(metrics.loss) = 120")
    assert list(counted.run_id) == [run_id], "a batch that was sent again counted twice"


def async_and_system() -> None:
    mlflow.set_system_metrics_sampling_interval(0.2)
    mlflow.set_system_metrics_samples_before_logging(1)
    with mlflow.start_run(run_name="async", log_system_metrics=True) as run:
        for step in range(300):
            mlflow.log_metric("loss", 1 / (step + 1), step=step, synchronous=False)
        mlflow.log_params({f"p{at}": at for at in range(150)}, synchronous=False)
        mlflow.flush_async_logging()
        # The client's own thread samples on its own clock.
        until = time.monotonic() + 30
        while "system/cpu_utilization_percentage" not in client.get_run(run.info.run_id).data.metrics:
            assert time.monotonic() < until, "no system metric came"
            time.sleep(0.1)
    assert len(client.get_metric_history(run.info.run_id, "loss")) == 300
    assert len(client.get_run(run.info.run_id).data.params) == 150


def ten_thousand() -> None:
    experiment = client.create_experiment(f"{name} 10,000")
    own = threading.local()

    def make(at: int) -> str:
        own.client = getattr(own, "client", None) or mlflow.MlflowClient()
        run = own.client.create_run(experiment, run_name=f"run {at}", tags={"half": str(at % 2)})
        own.client.log_batch(run.info.run_id, [Metric("loss", at / 10_000, 0, 0)], [Param("at", str(at))], [])
        return run.info.run_id

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(make, range(10_000)))
    table = mlflow.search_runs([experiment], max_results=50_000, order_by=["metrics.loss ASC"])
    assert list(table.run_id) == made, (len(table), table.run_id.nunique())
    assert list(table["params.at"].astype(int)) == list(range(10_000)) and numpy.allclose(table["metrics.loss"], numpy.arange(10_000) / 10_000)
    half = mlflow.search_runs([experiment], filter_string="tags.half = '1' and metrics.loss >= 0.5", max_results=50_000)
    assert set(half.run_id) == {run_id for at, run_id in enumerate(made) if at % 2 == 1 and at >= 5_000}
    pages, token, seen = 0, None, []
    while True:
        page = client.search_runs([experiment], max_results=999, page_token=token)
        seen += [run.info.run_id for run in page]
        pages, token = pages + 1, page.token
        if not token:
            break
    assert pages == 11 and len(set(seen)) == 10_000
    client.delete_experiment(experiment)
    assert client.get_experiment(experiment).lifecycle_stage == "deleted"
    client.restore_experiment(experiment)


def inputs_and_outputs() -> None:
    frame = pandas.DataFrame({"x": [1.0, 2.0], "y": [0, 1]})
    with mlflow.start_run(run_name="inputs") as run:
        mlflow.log_input(mlflow.data.from_pandas(frame, name="rows", targets="y"), context="training", tags={"kind": "small"})
        model = mlflow.initialize_logged_model("external", params={"a": "1"})
        mlflow.finalize_logged_model(model.model_id, "READY")
        mlflow.log_metric("auc", 0.75, step=2, model_id=model.model_id)
        client.log_outputs(run.info.run_id, [mlflow.entities.LoggedModelOutput(model.model_id, step=2)])
    with mlflow.start_run(run_name="scoring") as scoring:
        client.log_inputs(scoring.info.run_id, models=[mlflow.entities.LoggedModelInput(model.model_id)])
    found = client.get_run(run.info.run_id)
    assert found.inputs.dataset_inputs[0].dataset.name == "rows" and found.outputs.model_outputs[0].model_id == model.model_id, found
    assert json.loads(found.inputs.dataset_inputs[0].dataset.schema)["mlflow_colspec"]
    assert [read.model_id for read in client.get_run(scoring.info.run_id).inputs.model_inputs] == [model.model_id]
    logged = mlflow.get_logged_model(model.model_id)
    assert [(metric.key, metric.value, metric.step) for metric in logged.metrics] == [("auc", 0.75, 2)], logged
    experiment = client.get_experiment_by_name(name).experiment_id
    assert [row.model_id for row in client.search_logged_models([experiment], "metrics.auc > 0.7")] == [model.model_id]
    assert list(client.search_logged_models([experiment], "metrics.auc > 0.8")) == []


if __name__ == "__main__":
    for part in [autologging, artifacts, values, several_processes, cut_connections, async_and_system, inputs_and_outputs, ten_thousand]:
        if len(sys.argv) > 2 and part.__name__ not in sys.argv[2:]:
            continue
        started = time.monotonic()
        part()
        print(f"ok {part.__name__} {time.monotonic() - started:.1f} s", flush=True)
