/** The system's own table of names (hosts(5)): an address, then its names; case is of no matter. */
export function addressesInHosts(text: string, host: string): string[] {
  const wanted = host.replace(/\.$/, "").toLowerCase();
  return text.split("\n").flatMap((line) => {
    const [address, ...names] = line.replace(/#.*/, "").trim().split(/\s+/);
    return address && names.some((name) => name.toLowerCase() === wanted) ? [address] : [];
  });
}
