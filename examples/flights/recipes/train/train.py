"""Trains one model of late arrivals and logs it through MLflow.

    python train.py --dataset flights.parquet --model gbdt

Knows nothing of any platform: MLflow finds its server in MLFLOW_TRACKING_URI and MLFLOW_TRACKING_TOKEN, the run (if there is one
already) in MLFLOW_RUN_ID.
"""

import argparse
import logging
import time

import mlflow
from dataset import read_split
from estimators import fit_gbdt, fit_logistic
from onnx_export import check_agreement, export_onnx, log_onnx
from sklearn.metrics import log_loss, roc_auc_score

log = logging.getLogger("train")


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dataset", required=True, help="Parquet with its feature columns named in its metadata")
    parser.add_argument("--model", choices=["logistic", "gbdt"], required=True)
    parser.add_argument("--exclude", default="", help="features to leave out, as patterns: inbound_*,route_*")
    parser.add_argument("--trees", type=int, default=200)
    parser.add_argument("--leaves", type=int, default=63)
    parser.add_argument("--rate", type=float, default=0.08)
    parser.add_argument("--min-rows", type=int, default=500)
    parser.add_argument("--columns", type=float, default=0.7)
    parser.add_argument("--l2", type=float, default=5.0)
    parser.add_argument("--before-hour", type=int, default=24)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def main():
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    arguments = parse_arguments()
    exclude = [pattern for pattern in arguments.exclude.split(",") if pattern]
    train = read_split(arguments.dataset, "train", exclude).keep_before_hour(arguments.before_hour)
    validation = read_split(arguments.dataset, "validation", exclude)
    log.info("train %d rows, validation %d rows, %d features", len(train.labels), len(validation.labels), len(train.names))

    with mlflow.start_run():
        mlflow.log_params({k: v for k, v in vars(arguments).items() if k != "dataset"})
        sizes = {"train_rows": len(train.labels), "validation_rows": len(validation.labels), "features": len(train.names)}
        mlflow.log_params(sizes)
        started = time.monotonic()
        fit = fit_gbdt if arguments.model == "gbdt" else fit_logistic
        estimator = fit(train, validation, arguments, on_step=lambda step, values: mlflow.log_metrics(values, step=step))
        mlflow.log_metric("fit_seconds", time.monotonic() - started)

        scores = estimator.predict_proba(validation.features)[:, 1]
        final = {
            "final_validation_logloss": log_loss(validation.labels, scores),
            "final_validation_auc": roc_auc_score(validation.labels, scores),
        }
        mlflow.log_metrics(final)
        model = export_onnx(estimator, arguments.model, train.names)
        difference = check_agreement(model, validation.features, scores)
        mlflow.log_metric("onnx_max_difference", difference)
        logged = log_onnx(model, train.names)
        log.info("validation %s; ONNX differs by at most %.1e; logged %s", final, difference, logged.model_id)


if __name__ == "__main__":
    main()
