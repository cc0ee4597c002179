"""Prints every RPC that the installed mlflow's protocol files declare: service, name, method, path, version of the API."""

import importlib
import json

import mlflow
from mlflow.protos import databricks_pb2

calls = []
for name in ("service_pb2", "model_registry_pb2", "mlflow_artifacts_pb2", "webhooks_pb2"):
    try:
        module = importlib.import_module(f"mlflow.protos.{name}")
    except ImportError:
        continue  # older releases have fewer services
    for service in module.DESCRIPTOR.services_by_name.values():
        for method in service.methods:
            for endpoint in method.GetOptions().Extensions[databricks_pb2.rpc].endpoints:
                # searchDatasets is declared without its first slash; the server has one.
                path = "/" + endpoint.path.lstrip("/")
                calls.append({"service": service.name, "name": method.name, "method": endpoint.method, "path": path, "major": max(2, endpoint.since.major)})
print(json.dumps({"version": mlflow.__version__, "calls": calls}))
