"""Turns an estimator into ONNX, proves that both say the same, and logs it as an MLflow model.

Input `features`: float32 (rows, features), absent values NaN. Output `probabilities`: float32 (rows, 2).
"""

import json
import re

import mlflow
import numpy as np
import onnxruntime
from mlflow.models.signature import ModelSignature
from mlflow.types import Schema, TensorSpec
from onnxmltools import convert_lightgbm
from onnxmltools.convert.common.data_types import FloatTensorType as LightgbmFloat
from skl2onnx import convert_sklearn
from skl2onnx.common.data_types import FloatTensorType

OPSET = 15
TOLERANCE = 1e-5


def export_onnx(estimator, kind, names):
    if kind == "gbdt":
        inputs = [("features", LightgbmFloat([None, len(names)]))]
        model = convert_lightgbm(estimator, initial_types=inputs, zipmap=False, target_opset=OPSET)
    else:
        inputs = [("features", FloatTensorType([None, len(names)]))]
        model = convert_sklearn(estimator, initial_types=inputs, options={"zipmap": False}, target_opset=OPSET)
    # The file itself says which features it takes and in which order, wherever it is copied.
    model.metadata_props.add(key="features", value=json.dumps(names))
    return model


def check_agreement(model, features, scores):
    """The largest difference between ONNX's and the estimator's probabilities; ends the run if it exceeds 1e-5."""
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    (probabilities,) = session.run(["probabilities"], {"features": features})
    difference = float(np.abs(probabilities[:, 1] - scores).max())
    if not difference <= TOLERANCE:
        raise SystemExit(f"the ONNX model differs from the estimator by {difference:.2e}, more than {TOLERANCE:.0e}")
    return difference


def log_onnx(model, names):
    """Under the run's name, by which people tell models apart."""
    signature = ModelSignature(
        inputs=Schema([TensorSpec(np.dtype("float32"), (-1, len(names)), "features")]),
        outputs=Schema([TensorSpec(np.dtype("int64"), (-1,), "label"), TensorSpec(np.dtype("float32"), (-1, 2), "probabilities")]),
    )
    # Requirements are named, for MLflow would otherwise load the model in a second process to guess them.
    return mlflow.onnx.log_model(
        model,
        name=re.sub(r"[^\w-]", "-", mlflow.active_run().info.run_name),
        signature=signature,
        metadata={"features": names},
        pip_requirements=[f"onnxruntime=={onnxruntime.__version__}"],
    )
