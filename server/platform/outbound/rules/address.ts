/** Which addresses a request that a person asked for may not reach: everything that is not the public internet (RFC 6890 and its registries). */
import { BlockList, isIPv4, isIPv6 } from "node:net";

const v4: [string, number][] = [
  ["0.0.0.0", 8], ["10.0.0.0", 8], ["100.64.0.0", 10], ["127.0.0.0", 8], ["169.254.0.0", 16], ["172.16.0.0", 12], ["192.0.0.0", 24], ["192.0.2.0", 24],
  ["192.88.99.0", 24], ["192.168.0.0", 16], ["198.18.0.0", 15], ["198.51.100.0", 24], ["203.0.113.0", 24], ["224.0.0.0", 4], ["240.0.0.0", 4],
];
/** Only 2000::/3 is given out; within it tunnels and translations carry IPv4 addresses, which could be private. */
const v6: [string, number][] = [["2001::", 23], ["2001:db8::", 32], ["2002::", 16], ["3fff::", 20]];

const refused = new BlockList();
for (const [network, prefix] of v4) refused.addSubnet(network, prefix, "ipv4");
for (const [network, prefix] of v6) refused.addSubnet(network, prefix, "ipv6");
const global6 = new BlockList();
global6.addSubnet("2000::", 3, "ipv6");

export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !refused.check(address, "ipv4");
  const bare = address.split("%")[0] ?? "";
  return isIPv6(bare) && global6.check(bare, "ipv6") && !refused.check(bare, "ipv6");
}
