"use client";

import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { LiveStanding } from "@/components/shell/live/live-standing";
import { openLive } from "./live-connection";
import { pacedReads } from "./paced-reads";
import { staleMs } from "./query-client";
import { readAgain } from "./read-again";

type Listener = (topics: ReadonlySet<string>) => void;
type Live = {
  standing(): LiveStanding;
  onStanding(changed: () => void): () => void;
  listen(listener: Listener): () => void;
  wasSaid(topics: readonly string[]): boolean;
  /** Of a query by its key as JSON; several hooks that ask for one are one read. */
  readAgain(key: string): void;
};

const unopened: LiveStanding = { state: "reconnecting", since: null };
/** It never changes: one that does makes React draw anew each part below it that is not alive yet, whether that reads it or not. */
const LiveContext = createContext<Live>({ standing: () => unopened, onStanding: () => () => undefined, listen: () => () => undefined, wasSaid: () => false, readAgain: () => undefined });

/** What was said while nobody listened is remembered as long as cached data counts as good, and as a page takes to listen. */
const recentMs = staleMs + 5_000;

/** One stream of topics a tab. `*` means that something may have been missed: everybody reads again. */
export function LiveProvider({ project, children }: { project: string; children: ReactNode }) {
  const standing = useRef(unopened);
  const watchers = useRef(new Set<() => void>());
  const listeners = useRef(new Set<Listener>());
  const said = useRef(new Map<string, number>());
  const client = useQueryClient();
  useEffect(
    () =>
      openLive(`/live?project=${encodeURIComponent(project)}`, {
        onStanding: (next) => {
          if (standing.current.state === next.state && standing.current.since === next.since) return;
          standing.current = next;
          for (const changed of watchers.current) changed();
        },
        onTopics: (topics) => {
          const now = Date.now();
          for (const [topic, at] of said.current) if (now - at > recentMs) said.current.delete(topic);
          for (const topic of topics) said.current.set(topic, now);
          for (const listener of listeners.current) listener(new Set(topics));
        },
      }),
    [project],
  );
  const [live] = useState<Live>(() => ({
    standing: () => standing.current,
    onStanding(changed) {
      watchers.current.add(changed);
      return () => watchers.current.delete(changed);
    },
    listen(listener) {
      listeners.current.add(listener);
      return () => listeners.current.delete(listener);
    },
    wasSaid: (topics) => ["*", ...topics].some((topic) => Date.now() - (said.current.get(topic) ?? 0) < recentMs),
    readAgain: pacedReads((key) => readAgain(client, JSON.parse(key) as QueryKey)),
  }));
  return <LiveContext value={live}>{children}</LiveContext>;
}

export function useLiveStanding(): LiveStanding {
  const { standing, onStanding } = useContext(LiveContext);
  return useSyncExternalStore(onStanding, standing, () => unopened);
}

/** Reads the queries again when one of the topics is said: at once, and while that goes on at the pace at which they are answered. */
export function useLive(topics: readonly string[], keys: readonly QueryKey[]): void {
  const { listen, wasSaid, readAgain } = useContext(LiveContext);
  const wanted = topics.join("\n");
  const targets = JSON.stringify(keys);
  useEffect(() => {
    if (wanted === "") return;
    const names = wanted.split("\n");
    const readAll = () => {
      for (const queryKey of JSON.parse(targets) as QueryKey[]) readAgain(JSON.stringify(queryKey));
    };
    const stop = listen((said) => {
      if (said.has("*") || names.some((name) => said.has(name))) readAll();
    });
    // What was said while this page was on its way is not in its data.
    if (wasSaid(names)) readAll();
    return stop;
  }, [listen, wasSaid, readAgain, wanted, targets]);
}
