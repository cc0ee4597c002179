/** Secrets of this installation, made once and kept in the data folder (mode 0600). */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const Secrets = z.object({ databasePassword: z.string().min(16), sessionSecret: z.string().min(32) });
export type InstallationSecrets = z.infer<typeof Secrets>;

/** Written aside and renamed, so that a kill leaves either no file or a whole one. */
export function writePrivately(path: string, content: string): void {
  const aside = `${path}.${process.pid}.partial`;
  writeFileSync(aside, content, { mode: 0o600 });
  renameSync(aside, path);
}

export function loadSecrets(folder: string): InstallationSecrets {
  const path = join(folder, "secrets.json");
  if (existsSync(path)) return Secrets.parse(JSON.parse(readFileSync(path, "utf8")));
  const made = { databasePassword: randomBytes(24).toString("hex"), sessionSecret: randomBytes(32).toString("hex") };
  writePrivately(path, JSON.stringify(made, null, 2));
  return made;
}

/** `KEY=value` lines of connect.env. */
export function readConnectFile(folder: string): Record<string, string> {
  const path = join(folder, "connect.env");
  if (!existsSync(path)) return {};
  const lines = readFileSync(path, "utf8").split("\n");
  return Object.fromEntries(
    lines
      .filter((line) => line.includes("="))
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}

export function writeConnectFile(folder: string, values: Record<string, string>): void {
  const lines = Object.entries(values).map(([key, value]) => `${key}=${value}`);
  writePrivately(join(folder, "connect.env"), `${lines.join("\n")}\n`);
}
