/** `doctor`: what is right and wrong with this host, a line each, and what to do about it. */
import { accessSync, constants, mkdirSync } from "node:fs";
import { type AgentEnv, agentEnv } from "./env";
import { readGpus } from "./host/gpus";
import { readDisk } from "./host/report";
import { messageOf } from "./log";
import { findPythons, hasUv, usablePythons } from "./python/find-pythons";
import { memoryLimitKind } from "./runner/memory-group";
import { StateFolder } from "./state-folder";

type Finding = { level: "ok" | "warn" | "fail"; text: string };

const GIB = 1024 ** 3;
const DISK_WANTED = 5 * GIB;

async function checkServer(env: AgentEnv): Promise<Finding> {
  try {
    const response = await fetch(`${env.SLIPWAY_URL}/health/live`, { signal: AbortSignal.timeout(5_000) });
    return response.ok
      ? { level: "ok", text: `The server at ${env.SLIPWAY_URL} answers.` }
      : {
          level: "fail",
          text: `The server at ${env.SLIPWAY_URL} answers with HTTP ${response.status}. Is SLIPWAY_URL the portal's address?`,
        };
  } catch (error) {
    const why = error instanceof Error && error.cause ? messageOf(error.cause) : messageOf(error);
    return {
      level: "fail",
      text: `The server at ${env.SLIPWAY_URL} does not answer (${why}). Check SLIPWAY_URL and the network.`,
    };
  }
}

async function checkFolder(env: AgentEnv): Promise<Finding[]> {
  const folder = env.SLIPWAY_AGENT_STATE;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    return [
      {
        level: "fail",
        text: `${folder} can't be written (${messageOf(error)}). Set SLIPWAY_AGENT_STATE to a folder of yours.`,
      },
    ];
  }
  const { diskFreeBytes } = await readDisk(folder);
  const free = `${(diskFreeBytes / GIB).toFixed(1)} GiB are free under ${folder}.`;
  const identity = new StateFolder(folder).identity();
  const isKnown = identity?.url === env.SLIPWAY_URL;
  const enrolled: Finding = isKnown
    ? { level: "ok", text: `It is enrolled as ${identity.agentId}.` }
    : env.SLIPWAY_AGENT_TOKEN
      ? { level: "ok", text: "It will enrol with SLIPWAY_AGENT_TOKEN." }
      : {
          level: "fail",
          text: "It is not enrolled: set SLIPWAY_AGENT_TOKEN to an enrolment token from the Compute page.",
        };
  return [
    diskFreeBytes >= DISK_WANTED ? { level: "ok", text: free } : { level: "warn", text: `Only ${free}` },
    enrolled,
  ];
}

async function checkPython(env: AgentEnv): Promise<Finding> {
  const usable = await usablePythons(env.SLIPWAY_AGENT_PYTHON);
  if (usable[0])
    return {
      level: "ok",
      text: `Python ${usable[0].version} at ${usable[0].path} makes environments${(await hasUv()) ? ", with uv" : ""}.`,
    };
  const found = await findPythons(env.SLIPWAY_AGENT_PYTHON);
  const why = found[0]
    ? `Python ${found[0].version} is too old, or lacks venv and ensurepip (Debian: apt-get install python3-venv)`
    : "no Python was found";
  return { level: "warn", text: `Jobs with a Python environment are not given to this agent: ${why}.` };
}

function checkMemory(): Finding {
  const kind = memoryLimitKind();
  if (kind !== "watch")
    return { level: "ok", text: `Memory limits are held by ${kind === "cgroup2" ? "cgroup v2" : "cgroup v1"}.` };
  return {
    level: "warn",
    text: "No cgroup is writable here: memory limits are held by watching, which a job can overrun for a moment.",
  };
}

export async function runDoctor(print: (line: string) => void): Promise<boolean> {
  let env: AgentEnv;
  try {
    env = agentEnv();
  } catch (error) {
    print(`FAIL  ${messageOf(error)}`);
    return false;
  }
  const gpus = await readGpus();
  const devices: Finding = {
    level: "ok",
    text: gpus.length === 0 ? "No NVIDIA GPUs." : `GPUs: ${gpus.map((gpu) => gpu.model).join(", ")}.`,
  };
  const findings = [
    await checkServer(env),
    ...(await checkFolder(env)),
    await checkPython(env),
    checkMemory(),
    devices,
  ];
  for (const { level, text } of findings) print(`${level.toUpperCase().padEnd(4)}  ${text}`);
  return findings.every((finding) => finding.level !== "fail");
}
