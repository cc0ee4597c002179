"""Scores a logged ONNX model on one split of a dataset.

    python score.py --dataset flights.parquet --model <folder with model.onnx> --scores scores.parquet

Writes one row an example: the dataset's id column and `score`, the probability of label 1 (float64). In a run (MLFLOW_RUN_ID) the
file becomes its artifact `scores.parquet`.
"""

import argparse
import json
import os
import pathlib

import numpy as np
import onnxruntime
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

BATCH = 65_536


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dataset", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--scores", required=True)
    parser.add_argument("--split", default="evaluation")
    return parser.parse_args()


def open_model(folder):
    session = onnxruntime.InferenceSession(str(pathlib.Path(folder) / "model.onnx"), providers=["CPUExecutionProvider"])
    named = session.get_modelmeta().custom_metadata_map.get("features")
    if named is None:
        raise SystemExit("the model does not name its features in its ONNX metadata")
    return session, json.loads(named)


def read_examples(path, split, names):
    schema = pq.read_schema(path)
    missing = [name for name in names if name not in schema.names]
    if missing or b"id" not in (schema.metadata or {}):
        raise SystemExit(f"{path} does not name its id, or lacks features of the model: {', '.join(missing) or 'none'}")
    key = schema.metadata[b"id"].decode()
    table = pq.read_table(path, columns=[key, *names], filters=pc.field("split") == split)
    if table.num_rows == 0:
        raise SystemExit(f"{path} has no rows in split {split!r}")
    columns = [table[name].to_numpy(zero_copy_only=False) for name in names]
    return key, table[key], np.column_stack(columns).astype(np.float32)


def score_rows(session, features):
    (wanted,) = session.get_inputs()
    batches = [features[start : start + BATCH] for start in range(0, len(features), BATCH)]
    return np.concatenate([session.run(["probabilities"], {wanted.name: batch})[0][:, 1] for batch in batches])


def log_scores(path, scores):
    # Imported here: by hand, without a tracking server, nothing of it is needed.
    import mlflow

    with mlflow.start_run():
        mlflow.log_metrics({"scored_rows": len(scores), "mean_score": float(scores.mean())})
        mlflow.log_artifact(path)


def main():
    arguments = parse_arguments()
    session, names = open_model(arguments.model)
    key, ids, features = read_examples(arguments.dataset, arguments.split, names)
    scores = score_rows(session, features).astype(np.float64)
    pathlib.Path(arguments.scores).parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table({key: ids, "score": scores}), arguments.scores, compression="zstd")
    if os.environ.get("MLFLOW_RUN_ID"):
        log_scores(arguments.scores, scores)
    print(f"scored {len(scores)} examples of {arguments.split}: mean {scores.mean():.4f}")


if __name__ == "__main__":
    main()
