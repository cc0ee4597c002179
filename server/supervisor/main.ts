/** `npm start` after the build: one supervisor for PostgreSQL, server, web, worker and the local agent. */
import "./check-settings";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { desc, eq } from "drizzle-orm";
import { computeAgents } from "@/drizzle/schema/compute";
import { closeDatabase, database } from "@/server/platform/db";
import { env, overrideEnv, publicUrl } from "@/server/platform/env";
import { firstOwnerLink } from "@/server/platform/identity/one-time-links";
import { makeFolder } from "@/server/platform/process/make-folder";
import { migrateDatabase } from "@/server/platform/process/migrate";
import { openDatabase } from "./database";
import { requireRoom } from "./disk";
import { startExample } from "./example";
import { ensureFirstRun } from "./first-run";
import { enrolLocalAgent } from "./local-agent";
import { lockDataFolder } from "./lock";
import { claimPort } from "./port";
import { elapsed, say, stage } from "./progress";
import { loadSecrets } from "./secrets";
import { ServiceProcess } from "./services/service-process";
import { describeAgent, describeServices, localUrl, type ServiceDescription, type Surroundings } from "./services/describe-services";

const root = process.cwd();
const flags = new Set(process.argv.slice(2));
const stops: (() => Promise<void> | void)[] = [];
let isStopping = false;

/** Ends everything in the reverse order of its start. */
async function stopAll(code: number): Promise<never> {
  isStopping = true;
  for (const stop of stops.reverse()) {
    try {
      await stop();
    } catch (error) {
      say(`Stopping: ${String(error)}`);
    }
  }
  process.exit(code);
}

async function prepareData(): Promise<string> {
  const folder = env().SLIPWAY_DATA;
  try {
    makeFolder(join(folder, "logs"), 0o711);
  } catch (error) {
    throw new Error(
      `The data folder ${folder} can't be written (${(error as NodeJS.ErrnoException).code}). Set SLIPWAY_DATA to one that can.`,
    );
  }
  requireRoom(folder);
  const unlock = lockDataFolder(folder);
  stops.push(unlock);
  return folder;
}

/** A full disk costs a log line, not the installation. */
function appendLog(path: string, line: string): void {
  try {
    appendFileSync(path, `${line}\n`);
  } catch (error) {
    say(`The log ${path} can't be written (${(error as NodeJS.ErrnoException).code}): ${line}`);
  }
}

async function startDatabase(folder: string): Promise<void> {
  const secrets = loadSecrets(folder);
  const log = (line: string) => appendLog(join(folder, "logs", "postgres.log"), line);
  const database = await openDatabase(env().DATABASE_URL, { root, folder, password: secrets.databasePassword, log });
  stops.push(database.stop);
  overrideEnv({ DATABASE_URL: database.url, SLIPWAY_SECRET: secrets.sessionSecret });
}

function supervise(folder: string, description: ServiceDescription): ServiceProcess {
  const logOf = (name: string) => join(folder, "logs", `${name}.log`);
  const service = new ServiceProcess({
    ...description,
    logFile: logOf(description.name),
    onRestart: (name, reason) =>
      !isStopping && say(`The ${name} process ended (${reason}); starting it again. Its log: ${logOf(name)}`),
    onGivenUp: (name) => !isStopping && say(`The ${name} process ended, and says that it is of no use to start it again. Its log: ${logOf(name)}`),
    onLogFault: (name, error) => say(`The log of ${name} can't be written: ${error.message}`),
  });
  stops.push(() => service.stop());
  return service;
}

async function startServices(surroundings: Surroundings): Promise<void> {
  for (const description of await describeServices(surroundings)) {
    const service = supervise(surroundings.folder, description);
    await stage(description.title, () => service.start());
  }
}

/** Without it there is a portal still: other agents may run the jobs. */
async function startLocalAgent(surroundings: Surroundings): Promise<void> {
  const { folder } = surroundings;
  const { isWanted, token } = await enrolLocalAgent(folder, localUrl());
  if (!isWanted) {
    say(`The local agent was removed on the Compute page: it is not started. To have it again, delete ${join(folder, "agent", "identity.json")} and start again.`);
    return;
  }
  const description = describeAgent(surroundings, token);
  const starting = supervise(folder, description).start();
  starting.catch((error: Error) => !isStopping && say(`${error.message}\nJobs wait until an agent runs.`));
  await stage(description.title, () => withinSeconds(agentPatience, starting)).catch(() => undefined);
}

/** The link does not wait for an agent that can't connect yet. */
const agentPatience = 15;

function withinSeconds(seconds: number, work: Promise<void>): Promise<void> {
  const late = new Promise<void>((resolve) => setTimeout(resolve, seconds * 1_000).unref());
  return Promise.race([work, late]);
}

/** What can't run here, said once at the start. */
async function sayWhatIsMissing(): Promise<void> {
  const [local] = await database()
    .select({ host: computeAgents.host })
    .from(computeAgents)
    .where(eq(computeAgents.name, "local"))
    .orderBy(desc(computeAgents.lastSeenAt))
    .limit(1);
  if (!local) say("\nThe local agent has not connected yet: jobs wait until it has.");
  else if (local.host.pythons.length === 0)
    say(
      "\nNo Python 3.10 or newer was found: jobs that need one, and with them the example, wait until it is installed and Slipway started again.",
    );
}

function printConnect(connect: Record<string, string>, owner: string | null, folder: string): void {
  say("");
  say(`Slipway is ready in ${elapsed()}:  ${publicUrl()}`);
  if (owner) say(`Make the first owner's account (one use, 24 h):\n  ${owner}`);
  say(`\nFor scripts (also in ${join(folder, "connect.env")}):`);
  say(`  export MLFLOW_TRACKING_URI=${connect.MLFLOW_TRACKING_URI}`);
  say(`  export MLFLOW_TRACKING_TOKEN=${connect.MLFLOW_TRACKING_TOKEN}`);
  say("\nCtrl-C stops everything.");
}

async function main(): Promise<void> {
  const folder = await prepareData();
  const port = await claimPort(env().SLIPWAY_HOST, env().SLIPWAY_PORT);
  overrideEnv({ SLIPWAY_PORT: String(port), SLIPWAY_DATA: folder });
  await stage("database", () => startDatabase(folder));
  await stage("migrations", () => migrateDatabase(env().DATABASE_URL ?? "", root));
  const isEmpty = flags.has("--empty");
  const first = isEmpty
    ? { slug: "default", name: "Default project", description: "" }
    : {
        slug: "flights",
        name: "Flights",
        description: "Will this flight arrive late? The example that comes with Slipway.",
      };
  const { project, connect } = await ensureFirstRun(folder, first);
  const surroundings = { root, folder, isDev: flags.has("--dev"), project };
  await startServices(surroundings);
  await startLocalAgent(surroundings);
  const owner = await firstOwnerLink();
  if (!isEmpty) await startExample({ root, reset: flags.has("--reset-example"), project });
  await sayWhatIsMissing();
  await closeDatabase();
  printConnect(connect, owner, folder);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    if (isStopping) return;
    say("\nStopping…");
    void stopAll(0);
  });
}

// The terminal's process is gone without a word (kill -9): nothing may stay behind.
process.once("disconnect", () => void stopAll(1));

main().catch(async (error: unknown) => {
  say(`\n${error instanceof Error ? error.message : String(error)}`);
  await stopAll(1);
});
