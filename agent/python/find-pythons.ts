/** Which Pythons of this host can make environments. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";
import type { PythonReport } from "@/server/domains/compute/contract/agent";
import { isUsablePython } from "@/server/domains/compute/rules/queue/placement";
import { hostEnvironment, processEnv } from "../env";

const run = promisify(execFile);

const CANDIDATES = ["python3", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10", "python"];
/** Debian ships Python without ensurepip: such a one makes environments only with uv. */
const QUESTION = `import json, sys, importlib.util as u
print(json.dumps({"path": sys.executable, "version": "%d.%d.%d" % sys.version_info[:3],
  "venv": all(u.find_spec(m) is not None for m in ("venv", "ensurepip"))}))`;
const Answer = z.object({ path: z.string().min(1), version: z.string(), venv: z.boolean() });

export type FoundPython = PythonReport & { canMakeVenv: boolean };

async function ask(name: string): Promise<FoundPython | null> {
  try {
    const { stdout } = await run(name, ["-c", QUESTION], { timeout: 10_000, env: processEnv(hostEnvironment()) });
    const { path, version, venv } = Answer.parse(JSON.parse(stdout));
    return { path, version, canMakeVenv: venv };
  } catch {
    return null;
  }
}

export async function hasUv(): Promise<boolean> {
  return run("uv", ["--version"], { timeout: 10_000, env: processEnv(hostEnvironment()) }).then(
    () => true,
    () => false,
  );
}

/** The default `python3` first: an environment uses the first usable one. `only` names one to look at alone. */
export async function findPythons(only?: string): Promise<FoundPython[]> {
  const answers = await Promise.all((only ? [only] : CANDIDATES).map(ask));
  const found: FoundPython[] = [];
  for (const python of answers) {
    if (python && !found.some((one) => one.path === python.path)) found.push(python);
  }
  return found;
}

/** Those that can make an environment. */
export async function usablePythons(only?: string): Promise<FoundPython[]> {
  const [pythons, uv] = await Promise.all([findPythons(only), hasUv()]);
  return pythons.filter((python) => isUsablePython(python.version) && (python.canMakeVenv || uv));
}
