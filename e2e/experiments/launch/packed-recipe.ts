/** A recipe's folder as a person would pack it. */
import { baseUrl, connect } from "../../instance";
import { gzipTarOf } from "../gzip-tar";

export const recipeYaml = (name: string) => `kind: recipe
name: ${name}
description: Prints its rate.
experiment: ${name}-runs
command: [python3, train.py]
parameters:
  type: object
  properties:
    rate: { type: number, title: Learning rate, default: 0.1, minimum: 0.001, maximum: 1 }
resources: { cpus: 0.1, memory: 128MiB, timeout: 5m }
`;

export const recipeScript = `import sys
print("the arguments are", sys.argv[1:], flush=True)
`;

/** `below`: the folder that holds everything, with its slash. */
export const packedRecipe = (name: string, recipe: string, below = "") =>
  gzipTarOf({ [`${below}recipe.yaml`]: Buffer.from(recipe), [`${below}train.py`]: Buffer.from(recipeScript), [`${below}.notes`]: Buffer.from(name) });

export const archiveFile = (name: string, buffer: Buffer) => ({ name, mimeType: "application/gzip", buffer });

export async function storeContent(content: Buffer): Promise<{ sha256: string }> {
  const response = await fetch(`${baseUrl}/api/v1/blobs`, { method: "POST", headers: { authorization: `Bearer ${connect.SLIPWAY_TOKEN}` }, body: new Uint8Array(content) });
  if (!response.ok) throw new Error(`the content was not stored: ${response.status}`);
  return (await response.json()) as { sha256: string };
}
