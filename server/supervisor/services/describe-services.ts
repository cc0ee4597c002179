/** The processes of an installation, in the order of their start. */

import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { childEnvironment, env, publicUrl } from "@/server/platform/env";
import type { ServiceOptions } from "./service-process";

export type ServiceDescription = Omit<ServiceOptions, "logFile" | "onRestart" | "onGivenUp" | "onLogFault"> & { title: string };

export type Surroundings = { root: string; folder: string; isDev: boolean; project: string };

/** A Unix socket's path may have at most 107 bytes. */
function webSocketPath(folder: string): string {
  const near = join(folder, "web.sock");
  if (near.length < 100) return near;
  return join(tmpdir(), `slipway-web-${createHash("sha256").update(folder).digest("hex").slice(0, 12)}.sock`);
}

/** Where this machine reaches the server, whatever the public address is. */
export function localUrl(): string {
  const { SLIPWAY_HOST, SLIPWAY_PORT } = env();
  const host = SLIPWAY_HOST === "0.0.0.0" ? "127.0.0.1" : SLIPWAY_HOST === "::" ? "::1" : SLIPWAY_HOST;
  return `http://${host.includes(":") ? `[${host}]` : host}:${SLIPWAY_PORT}`;
}

export async function describeServices({ root, folder, isDev }: Surroundings): Promise<ServiceDescription[]> {
  const socket = webSocketPath(folder);
  rmSync(socket, { force: true });
  const { DATABASE_URL = "", SLIPWAY_SECRET = "", SLIPWAY_PORT, SLIPWAY_HOST } = env();
  const settings = childEnvironment({
    DATABASE_URL,
    SLIPWAY_SECRET,
    SLIPWAY_DATA: folder,
    SLIPWAY_HOST,
    SLIPWAY_PORT: String(SLIPWAY_PORT),
    SLIPWAY_URL: publicUrl(),
    SLIPWAY_WEB_SOCKET: socket,
    NODE_ENV: isDev ? "development" : "production",
    NEXTAUTH_URL: publicUrl(),
    NEXTAUTH_SECRET: SLIPWAY_SECRET,
    NEXT_TELEMETRY_DISABLED: "1",
  });
  const script = (name: string) => (isDev ? join(root, `server/${name}.ts`) : join(root, `dist/${name}.mjs`));
  const execArgv = isDev ? ["--import", "tsx"] : ["--enable-source-maps"];
  const base = { env: settings, execArgv, stopAfterMs: 20_000, reportsReady: true };
  return [
    {
      ...base,
      name: "worker",
      title: "worker",
      script: script("worker"),
      execArgv: [...execArgv, ...(isDev ? ["--watch"] : [])],
    },
    { ...base, name: "web", title: "portal", script: script("web") },
    {
      ...base,
      name: "server",
      title: `server on port ${SLIPWAY_PORT}`,
      script: script("main"),
      execArgv: [...execArgv, ...(isDev ? ["--watch"] : [])],
    },
  ];
}

/** The agent of this machine: it speaks the agent protocol like any other, and has its identity in its state folder. */
export function describeAgent(
  { root, folder, isDev }: Surroundings,
  enrolmentToken: string | null,
): ServiceDescription {
  const state = join(folder, "agent");
  const settings = childEnvironment({
    SLIPWAY_URL: localUrl(),
    SLIPWAY_AGENT_STATE: state,
    SLIPWAY_AGENT_NAME: "local",
    NODE_ENV: isDev ? "development" : "production",
    ...(enrolmentToken ? { SLIPWAY_AGENT_TOKEN: enrolmentToken } : {}),
  });
  // What the agent's jobs could read of it must not hold the installation's secrets.
  for (const secret of ["DATABASE_URL", "SLIPWAY_SECRET", "NEXTAUTH_SECRET"]) delete settings[secret];
  const script = isDev ? join(root, "agent/main.ts") : join(root, "dist/agent.mjs");
  return {
    name: "agent",
    title: "local agent",
    script,
    args: ["run"],
    execArgv: isDev ? ["--import", "tsx"] : [],
    env: settings,
    stopAfterMs: 30_000,
    reportsReady: true,
    hopeless: 77,
  };
}
