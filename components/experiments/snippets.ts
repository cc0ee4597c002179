/** Code to paste, filled with this server's address and the experiment's name. */
import type { Snippet } from "@/components/ui/text/code-tabs";

export function logSnippets(serverUrl: string, experiment: string): Snippet[] {
  const name = JSON.stringify(experiment);
  return [
    {
      label: "Python",
      code: [
        "# pip install mlflow-skinny",
        "import os, mlflow",
        `os.environ["MLFLOW_TRACKING_URI"] = "${serverUrl}"`,
        'os.environ["MLFLOW_TRACKING_TOKEN"] = "slw_…"  # Settings → Tokens',
        "",
        `mlflow.set_experiment(${name})`,
        "with mlflow.start_run():",
        '    mlflow.log_params({"model": "gbdt", "lr": 0.05})',
        "    for step in range(100):",
        '        mlflow.log_metric("auc", 0.7 + step / 2500, step=step)',
      ].join("\n"),
    },
    {
      label: "Shell",
      code: [`export MLFLOW_TRACKING_URI=${serverUrl}`, "export MLFLOW_TRACKING_TOKEN=slw_…  # Settings → Tokens", `export MLFLOW_EXPERIMENT_NAME=${name}`, "python train.py"].join("\n"),
    },
  ];
}

export function recipeSnippets(serverUrl: string): Snippet[] {
  return [
    {
      label: "recipe.json",
      code: [
        "{",
        '  "kind": "recipe", "name": "train", "experiment": "first-steps",',
        '  "command": ["python3", "train.py"],',
        '  "parameters": { "type": "object", "properties": {',
        '    "rate": { "type": "number", "default": 0.1, "minimum": 0, "maximum": 1 } } }',
        "}",
      ].join("\n"),
    },
    {
      label: "curl",
      code: [
        "export SLIPWAY_TOKEN=slw_…  # Settings → Tokens",
        "tar czf code.tgz train.py && SHA=$(sha256sum code.tgz | cut -d' ' -f1)",
        `curl -fT code.tgz -H "Authorization: Bearer $SLIPWAY_TOKEN" ${serverUrl}/api/v1/blobs/$SHA`,
        `curl -f ${serverUrl}/api/v1/recipes -H "Authorization: Bearer $SLIPWAY_TOKEN" -H "content-type: application/json" \\`,
        `  -d "{\\"codeSha256\\": \\"$SHA\\", \\"definition\\": $(cat recipe.json)}"`,
      ].join("\n"),
    },
  ];
}
