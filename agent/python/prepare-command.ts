/** `prepare-environment`: builds an environment ahead of the first job that needs it. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { hasUv, usablePythons } from "./find-pythons";
import { prepareEnvironment } from "./python-environment";

/** Prints the build on stderr and the environment's Python on stdout. */
export async function prepareFromArguments(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { requirements: { type: "string" }, state: { type: "string" }, python: { type: "string" } },
  });
  if (!values.requirements || !values.state)
    throw new Error("Usage: agent prepare-environment --requirements FILE --state FOLDER [--python PATH]");
  const [python] = await usablePythons(values.python);
  if (!python) throw new Error("No Python 3.10 or newer that can make environments was found.");
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stop.abort());
  const folder = await prepareEnvironment({
    stateFolder: resolve(values.state),
    requirements: readFileSync(values.requirements),
    python,
    uv: await hasUv(),
    env: {},
    log: (bytes) => void process.stderr.write(bytes),
    signal: stop.signal,
  });
  process.stdout.write(`${folder}/bin/python\n`);
}
