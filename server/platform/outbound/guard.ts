/**
 * Requests to addresses that people give: webhooks, repositories. An address is judged where the connection is made, so that neither a
 * name that resolves to an inner address nor one that changes its mind gets through.
 */
import { lookup as resolveName, type LookupAddress } from "node:dns";
import type { ClientRequest } from "node:http";
import { isIP, type LookupFunction } from "node:net";
import { env } from "../env";
import { resolveAddresses } from "./resolve-addresses";
import { isPublicAddress } from "./rules/address";

/** Opens one kind of request to inner addresses. */
export type PrivateSetting = "SLIPWAY_ALLOW_PRIVATE_WEBHOOKS" | "SLIPWAY_ALLOW_PRIVATE_GIT";

export class RefusedAddress extends Error {}

const hostOf = (url: URL) => url.hostname.replace(/^\[|\]$/g, "");

/** Names without a dot are a local network's, whatever its search domains make of them. */
const isLocalName = (host: string): boolean => !host.replace(/\.$/, "").includes(".") || /\.localhost\.?$/.test(host);

type Refusal = (host: string) => RefusedAddress;

/** Every address a name resolves to must be public, for any of them may be connected to. */
const guardedLookup = (refusal: Refusal): LookupFunction => (host, options, callback) => {
  resolveName(host, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const inner = addresses?.find(({ address }) => !isPublicAddress(address));
    const [first] = addresses ?? [];
    if (error || !first) return callback(error ?? new Error(`${host} has no address`), "", 4);
    if (inner) return callback(refusal(host), "", 4);
    if (options.all) return callback(null, addresses);
    callback(null, first.address, first.family);
  });
};

export function outboundGuard(setting: PrivateSetting) {
  /** Which address it is stays unsaid: it would tell of a network that whoever asks may not see. */
  const refusal: Refusal = (host) => new RefusedAddress(`${host} leads to what is not a public address. ${setting}=true allows it.`);
  const isGuarding = (): boolean => env()[setting] !== "true";
  return {
    isGuarding,
    /** For a request's options. */
    lookup: (): { lookup?: LookupFunction } => (isGuarding() ? { lookup: guardedLookup(refusal) } : {}),
    /** A name is judged when it is looked up; an address is written out already. */
    assertTarget(url: URL): void {
      const host = hostOf(url);
      if (isGuarding() && isIP(host) !== 0 && !isPublicAddress(host)) throw refusal(host);
    },
    /** Looks once more at what was connected to. */
    watch(request: ClientRequest, host: string): void {
      if (!isGuarding()) return;
      request.on("socket", (socket) => {
        socket.on("connect", () => {
          if (!isPublicAddress(socket.remoteAddress ?? "")) request.destroy(refusal(host));
        });
      });
    },
    /** Why nothing would be sent to this URL as it stands; null when only sending will tell. Sending looks again, for a name may change its mind. */
    async refusalOf(url: string): Promise<string | null> {
      if (!isGuarding()) return null;
      const host = hostOf(new URL(url));
      const addresses = isIP(host) !== 0 ? [host] : isLocalName(host) ? ["127.0.0.1"] : await resolveAddresses(host);
      return addresses.every(isPublicAddress) ? null : refusal(host).message;
    },
  };
}
