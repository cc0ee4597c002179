/** The recipes of the small case. Jobs have Python's standard library only; a model's folder brings its scores, computed with the same formula. */
import { gzipTarOf } from "../experiments/gzip-tar";
import { api } from "../instance";
import { putBlob } from "./api-calls";
import { externalOnnx, onnxOf, type Variant, variantNames } from "./tiny-flights";

const library = `
import argparse, json, os, pathlib, time, urllib.request
base, token = os.environ["MLFLOW_TRACKING_URI"], os.environ["MLFLOW_TRACKING_TOKEN"]
run, experiment = os.environ["MLFLOW_RUN_ID"], os.environ["MLFLOW_EXPERIMENT_ID"]
def call(method, path, body):
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"Authorization": "Bearer " + token, "Content-Type": "application/json"}
    return json.load(urllib.request.urlopen(urllib.request.Request(base + "/api/2.0/" + path, data=data, method=method, headers=headers)))
def put(path, content):
    call("PUT", "mlflow-artifacts/artifacts/" + path, content)
parser = argparse.ArgumentParser()
for name in ("data", "model", "variant", "split", "scores"): parser.add_argument("--" + name)
given = parser.parse_args()
`;

const trainScript = `${library}
now = int(time.time() * 1000)
for step in range(5):
    call("POST", "mlflow/runs/log-metric", {"run_id": run, "key": "loss", "value": 1 / (step + 1), "step": step, "timestamp": now + step})
model = call("POST", "mlflow/logged-models", {"experiment_id": experiment, "name": given.variant, "source_run_id": run})["model"]["info"]["model_id"]
for name in ("model.onnx", "scores.parquet"):
    put(f"{experiment}/models/{model}/artifacts/{name}", pathlib.Path(f"{given.variant}-{name}").read_bytes())
call("PATCH", "mlflow/logged-models/" + model, {"status": "LOGGED_MODEL_READY"})
print("logged", model)
`;

const scoreScript = `${library}
put(f"{experiment}/{run}/artifacts/scores.parquet", (pathlib.Path(given.model) / "scores.parquet").read_bytes())
print("scored the split", given.split)
`;

const resources = { cpus: 0.1, memory: "128MiB", timeout: "5m" };

type Names = { word: string; train: string; score: string; experiment: string };

export async function registerTinyRecipes({ word, train, score, experiment }: Names, scores: Record<Variant, Buffer>): Promise<void> {
  const models = variantNames.flatMap((variant) => [[`${variant}-model.onnx`, onnxOf(variant)] as const, [`${variant}-scores.parquet`, scores[variant]] as const]);
  const files = Object.fromEntries([...models, ["external-model.onnx", externalOnnx()] as const, ["external-scores.parquet", scores.sound] as const]);
  const variant = { type: "string", title: "Variant", enum: [...variantNames, "external"], default: "steady" };
  const shared = { kind: "recipe", experiment, resources };
  const training = {
    ...shared, name: train, description: `Trains a model of ${word}.`, command: ["python3", "train.py"],
    inputs: { data: { type: "dataset" } }, parameters: { type: "object", properties: { variant } },
  };
  const scoring = {
    ...shared, name: score, description: `Scores a model of ${word}.`, command: ["python3", "score.py"],
    inputs: { data: { type: "dataset" }, model: { type: "logged_model" } }, outputs: { scores: { type: "example_scores" } },
    parameters: { type: "object", properties: { split: { type: "string", default: "evaluation" } } },
  };
  const trainCode = gzipTarOf({ "train.py": Buffer.from(trainScript), ...files });
  await api("POST", "/recipes", { definition: training, codeSha256: await putBlob(trainCode) });
  await api("POST", "/recipes", { definition: scoring, codeSha256: await putBlob(gzipTarOf({ "score.py": Buffer.from(scoreScript) })) });
}
