/** Copyable requests for a model, filled with its own inputs. */
import type { ModelSignature } from "@/server/domains/models/contract";

export function requestSnippets(origin: string, name: string, signature: ModelSignature): { label: string; code: string }[] {
  const inputs = signature.inputs.map((input) => {
    const width = Math.max(1, input.shape.slice(1).reduce((product, size) => product * Math.max(1, size), 1));
    const shape = [1, ...input.shape.slice(1).map((size) => Math.max(1, size))];
    return { name: input.name, shape, datatype: input.datatype, data: Array.from({ length: Math.min(width, 3) }, () => 0) };
  });
  const body = JSON.stringify({ inputs }, null, 2);
  const shortened = inputs.some((input) => input.shape.reduce((product, size) => product * size, 1) > input.data.length);
  const note = shortened ? "# data: all values of the row, in the order of the model's features\n" : "";
  const url = `${origin}/v2/models/${encodeURIComponent(name)}/infer`;
  return [
    { label: "curl", code: `${note}curl ${url} \\\n  -H "Authorization: Bearer $SLIPWAY_TOKEN" \\\n  -H "Content-Type: application/json" \\\n  -d '${body}'` },
    {
      label: "Python",
      code: `import tritonclient.http as triton\n\nclient = triton.InferenceServerClient("${origin.replace(/^https?:\/\//, "")}")\nheaders = {"Authorization": f"Bearer {token}"}\nresult = client.infer("${name}", inputs, headers=headers)`,
    },
  ];
}
