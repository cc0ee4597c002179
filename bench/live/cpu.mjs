// Seconds of processor that each process below the supervisor has used (Linux).
import { readdirSync, readFileSync } from "node:fs";

const ticksPerSecond = 100;

function statOf(pid) {
  const [, rest] = readFileSync(`/proc/${pid}/stat`, "utf8").split(/\) /s);
  const fields = rest.split(" ");
  return { parent: Number(fields[1]), seconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond };
}

function nameOf(pid) {
  const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  const script = words.find((word) => word.endsWith(".mjs"));
  return script ? script.split("/").at(-1) : words[0].includes("postgres") ? "postgres" : (words[0].split("/").at(-1) ?? "?");
}

/** By name; of PostgreSQL all processes together. */
export function cpuOf(supervisor) {
  const all = new Map();
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(Number)) {
    try {
      all.set(pid, { ...statOf(pid), name: nameOf(pid) });
    } catch {
      // It ended meanwhile.
    }
  }
  const isBelow = (pid) => pid === supervisor || (all.has(pid) && isBelow(all.get(pid).parent));
  const used = {};
  for (const [pid, { name, seconds }] of all) if (isBelow(pid)) used[name] = (used[name] ?? 0) + seconds;
  return used;
}
