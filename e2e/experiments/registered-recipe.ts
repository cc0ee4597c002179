/** A small recipe, registered as a person would through the API. */
import { createHash } from "node:crypto";
import { api, baseUrl, connect } from "../instance";
import { gzipTar } from "./gzip-tar";

const script = `
import os, sys, time, argparse
p = argparse.ArgumentParser()
for name in ("steps", "rate", "mode"): p.add_argument("--" + name, default="")
a = p.parse_args()
print("\\x1b[32mgreen words\\x1b[0m of the job, rate", a.rate, flush=True)
for i in range(int(a.steps)):
    print("step", i, flush=True)
    time.sleep(0.2)
    if a.mode == "crash" and i == 1: sys.exit(3)
`;

type Asks = { resources?: Record<string, unknown>; inputs?: Record<string, unknown> };

/** Stores a script as a recipe's code, and gives its hash. */
export async function storeScript(text: string): Promise<string> {
  const code = gzipTar("train.py", text);
  const sha256 = createHash("sha256").update(code).digest("hex");
  const response = await fetch(`${baseUrl}/api/v1/blobs/${sha256}`, {
    method: "PUT",
    headers: { authorization: `Bearer ${connect.SLIPWAY_TOKEN}` },
    body: new Uint8Array(code),
  });
  if (!response.ok) throw new Error(`the code was not stored: ${response.status}`);
  return sha256;
}

export async function registerRecipe(name: string, experiment: string, { resources, inputs }: Asks = {}): Promise<void> {
  const sha256 = await storeScript(script);
  const properties = {
    steps: { type: "integer", title: "Steps", default: 3, minimum: 1, maximum: 500 },
    rate: { type: "number", title: "Learning rate", default: 0.1, minimum: 0.001, maximum: 1, description: "The step size." },
    mode: { type: "string", title: "Mode", enum: ["normal", "crash"], default: "normal" },
  };
  const definition = {
    kind: "recipe", name, experiment, description: "Prints its steps.", command: ["python3", "train.py"],
    parameters: { type: "object", properties }, resources: { cpus: 0.1, memory: "128MiB", timeout: "5m", ...resources }, ...(inputs ? { inputs } : {}),
  };
  await api("POST", "/recipes", { definition, codeSha256: sha256 });
}
