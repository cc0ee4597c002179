/** The online store of this installation, one environment a project. */
import { join } from "node:path";
import { env } from "../env";
import type { OnlineStore } from "./contract";
import { lmdbOnlineStore } from "./lmdb";

const stores = new Map<string, OnlineStore>();

export function onlineStore(projectId: string): OnlineStore {
  const known = stores.get(projectId);
  if (known) return known;
  const opened = lmdbOnlineStore(join(env().SLIPWAY_DATA, "online", projectId));
  stores.set(projectId, opened);
  return opened;
}
