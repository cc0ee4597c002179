/**
 * Which addresses a name has now, as a connection would find them: the hosts file first, then DNS. Asked of the name
 * servers themselves and not of the system, whose lookups take a thread of a few for as long as they last.
 */
import { Resolver } from "node:dns/promises";
import { readFile } from "node:fs/promises";
import { addressesInHosts } from "./rules/hosts-file";

const hostsPath = "/etc/hosts";
const attemptMs = 1_000;
const deadlineMs = 3_000;

/** None for a name that does not resolve, which may be the name server's trouble and not the name's. */
export async function resolveAddresses(host: string): Promise<string[]> {
  const written = addressesInHosts(await readFile(hostsPath, "utf8").catch(() => ""), host);
  if (written.length > 0) return written;
  const resolver = new Resolver({ timeout: attemptMs, tries: 2 });
  const deadline = setTimeout(() => resolver.cancel(), deadlineMs);
  const found = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  clearTimeout(deadline);
  return found.flatMap((one) => (one.status === "fulfilled" ? one.value : []));
}
