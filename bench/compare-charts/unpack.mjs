// The portal's own unpacking of a curve, so that what is checked is what a page would draw.
import { build } from "esbuild";

const source = new URL("../../server/domains/experiments/rules/compare/packed-curve.ts", import.meta.url).pathname;

export async function loadUnpacking() {
  const { outputFiles } = await build({ entryPoints: [source], bundle: true, format: "esm", write: false });
  const { unpackCurve } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
  return unpackCurve;
}
