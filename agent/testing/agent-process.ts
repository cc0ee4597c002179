/** The bundled agent as a process, as a supervisor runs it. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { hostEnvironment, processEnv } from "../env";
import { hasVariable, listProcesses } from "../host/processes";

const folder = mkdtempSync(join(tmpdir(), "slipway-agent-test-"));
let bundle: string | null = null;

export function bundleAgent(): string {
  if (bundle === null) {
    bundle = join(folder, "agent.mjs");
    const entry = fileURLToPath(new URL("../main.ts", import.meta.url));
    buildSync({
      entryPoints: [entry],
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20",
      outfile: bundle,
      logLevel: "error",
    });
  }
  return bundle;
}

export function removeTestFolder(): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

export function newStateFolder(): string {
  return mkdtempSync(join(folder, "state-"));
}

export class AgentProcess {
  output = "";
  readonly exit: Promise<number | null>;

  private constructor(
    readonly child: ChildProcess,
    readonly state: string,
  ) {
    child.stderr?.on("data", (text: Buffer) => {
      this.output += text.toString();
    });
    this.exit = new Promise((resolve) => child.once("exit", (code) => resolve(code)));
  }

  static start(
    url: string,
    state = newStateFolder(),
    settings: Record<string, string> = {},
    args: string[] = ["run"],
  ): AgentProcess {
    const own = {
      SLIPWAY_URL: url,
      SLIPWAY_AGENT_TOKEN: "enrolment",
      SLIPWAY_AGENT_STATE: state,
      SLIPWAY_AGENT_GRACE_SECONDS: "1",
      // Looking for Pythons takes most of an agent's start.
      SLIPWAY_AGENT_PYTHON: "none",
    };
    const env = processEnv({ ...hostEnvironment(), ...own, ...settings });
    const child = spawn(process.execPath, [bundleAgent(), ...args], {
      env,
      stdio: ["ignore", "inherit", "pipe", "ipc"],
    });
    return new AgentProcess(child, state);
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Folders of attempts that are not delivered yet. */
  held(): string[] {
    return readdirSync(join(this.state, "attempts"));
  }
}

/** Living processes that were started with `NAME=value`. */
export function processesWith(assignment: string): number[] {
  return listProcesses()
    .filter((one) => hasVariable(one.pid, assignment))
    .map((one) => one.pid);
}
