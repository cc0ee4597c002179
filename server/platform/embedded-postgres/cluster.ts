/** One embedded PostgreSQL: makes its data folder, starts it on a Unix socket, stops it, and tells when it dies. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { type Account, isReachableByOthers, locatePostgres, postgresAccount } from "./binaries";

const run = promisify(execFile);
const databaseName = "slipway";
const userName = "slipway";

export type ClusterOptions = {
  /** The checkout, for node_modules. */
  root: string;
  /** Holds `postgres/`; where its account can't reach it, the files go under /var/lib/slipway/<hash>. */
  folder: string;
  password: string;
  settings?: Record<string, string>;
  onLog?: (line: string) => void;
};

export type Cluster = {
  url: string;
  pid: number;
  /** Settles when the server process ends, however it does. */
  exited: Promise<void>;
  stop(): Promise<void>;
  /** Stops it and takes its files away, wherever they lie. */
  remove(): Promise<void>;
};

type Places = { home: string; data: string; socket: string; native: string; account: Account | null };

function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

function placesFor({ root, folder }: ClusterOptions): Places {
  mkdirSync(folder, { recursive: true });
  const real = realpathSync(folder);
  const account = postgresAccount();
  const outside = account !== null && !isReachableByOthers(real);
  const home = outside ? join("/var/lib/slipway", shortHash(real)) : join(real, "postgres");
  const cache = outside ? "/var/lib/slipway/programs" : join(real, "postgres", "programs");
  const native = locatePostgres(root, cache, account);
  // A socket's path may have at most 107 bytes.
  const near = join(home, "run");
  const socket = near.length < 80 ? near : join(tmpdir(), `slipway-${shortHash(real)}`);
  return { home, data: join(home, "data"), socket, native, account };
}

function ownFolder(path: string, account: Account | null, mode: number): void {
  mkdirSync(path, { recursive: true, mode: 0o755 });
  chmodSync(path, mode);
  if (account) chownSync(path, account.uid, account.gid);
}

/** Made beside its place and put there whole: a kill on the way leaves what the next start takes away. */
async function initialise(places: Places, password: string): Promise<void> {
  if (existsSync(join(places.data, "PG_VERSION"))) return;
  rmSync(places.data, { recursive: true, force: true });
  for (const name of readdirSync(places.home)) if (/^initdb\.\d+$/.test(name)) rmSync(join(places.home, name), { recursive: true, force: true });
  const making = join(places.home, `initdb.${process.pid}`);
  ownFolder(making, places.account, 0o700);
  const passwordFile = join(places.home, "password");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (places.account) chownSync(passwordFile, places.account.uid, places.account.gid);
  await run(
    join(places.native, "bin", "initdb"),
    ["-D", making, "-U", userName, "--auth=scram-sha-256", `--pwfile=${passwordFile}`, "--encoding=UTF8", "--locale=C", "--no-sync"],
    { ...places.account, cwd: places.home },
  );
  rmSync(passwordFile);
  renameSync(making, places.data);
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A postmaster left by a killed supervisor is told to stop fast, and waited for. */
async function stopLeftover(places: Places): Promise<void> {
  const pidFile = join(places.data, "postmaster.pid");
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, "utf8").split("\n")[0]);
  if (Number.isInteger(pid) && pid > 1 && alive(pid) && commandOf(pid).includes(places.data)) {
    process.kill(pid, "SIGINT");
    for (let waited = 0; waited < 20_000 && alive(pid); waited += 25) await pause(25);
    if (alive(pid)) process.kill(pid, "SIGQUIT");
  } else {
    rmSync(pidFile, { force: true });
  }
}

function launch(places: Places, options: ClusterOptions): ChildProcess {
  const settings: Record<string, string> = {
    listen_addresses: "",
    unix_socket_directories: places.socket,
    unix_socket_permissions: "0700",
    max_connections: "100",
    shared_buffers: "256MB",
    log_min_messages: "warning",
    log_checkpoints: "off",
    max_wal_size: "2GB",
    ...options.settings,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = spawn(join(places.native, "bin", "postgres"), ["-D", places.data, ...flags], {
    ...places.account,
    cwd: places.home,
    stdio: ["ignore", "ignore", "pipe"],
    env: { NODE_ENV: "production", PATH: "/usr/bin:/bin", LANG: "C", TZ: "UTC" },
    // A terminal's Ctrl-C goes to the whole foreground group; PostgreSQL must outlive the services that write to it.
    detached: true,
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    for (const line of text.split("\n")) if (line.trim()) options.onLog?.(line);
  });
  return child;
}

function urlOf(places: Places, password: string, database: string): string {
  return `postgres://${userName}:${encodeURIComponent(password)}@localhost/${database}?host=${encodeURIComponent(places.socket)}`;
}

/** A killed child has a signal and no exit code. */
const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

async function waitUntilReady(url: string, child: ChildProcess): Promise<void> {
  for (let waited = 0; waited < 60_000; waited += 30) {
    if (hasEnded(child)) throw new Error(`PostgreSQL ended (${child.signalCode ?? `code ${child.exitCode}`}) while starting.`);
    const client = new pg.Client({ connectionString: url });
    client.on("error", () => undefined);
    try {
      await client.connect();
      return;
    } catch {
      await pause(30);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  throw new Error("PostgreSQL did not answer within 60 s.");
}

async function ensureDatabase(places: Places, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(places, password, "postgres") });
  await client.connect();
  try {
    const found = await client.query("select 1 from pg_database where datname = $1", [databaseName]);
    if (found.rowCount === 0) await client.query(`create database ${databaseName}`);
  } finally {
    await client.end();
  }
}

/** After a crash the old backends may hold shared memory for a moment: a few tries, then the last error. */
async function launchUntilReady(places: Places, options: ClusterOptions): Promise<ChildProcess> {
  for (let attempt = 1; ; attempt += 1) {
    const child = launch(places, options);
    try {
      await waitUntilReady(urlOf(places, options.password, "postgres"), child);
      return child;
    } catch (error) {
      child.kill("SIGQUIT");
      if (attempt >= 20) throw error;
      await pause(250);
    }
  }
}

export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const places = placesFor(options);
  ownFolder(dirname(places.home), null, 0o755);
  ownFolder(places.home, places.account, 0o711);
  ownFolder(places.socket, places.account, 0o700);
  await stopLeftover(places);
  await initialise(places, options.password);
  const child = await launchUntilReady(places, options);
  const exited = new Promise<void>((resolve) => {
    if (hasEnded(child)) resolve();
    else child.once("exit", () => resolve());
  });
  await ensureDatabase(places, options.password);
  const stop = async () => {
    // SIGINT is PostgreSQL's fast shutdown: open transactions are rolled back, everything is flushed.
    child.kill("SIGINT");
    await exited;
  };
  return {
    url: urlOf(places, options.password, databaseName),
    pid: child.pid ?? 0,
    exited,
    stop,
    remove: async () => {
      await stop();
      for (const place of [places.home, places.socket]) rmSync(place, { recursive: true, force: true });
    },
  };
}
