"use client";

import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react";
import type { LiveStanding } from "@/components/shell/live/live-standing";
import { openLive } from "./live-connection";
import { pacedReads } from "./paced-reads";
import { staleMs } from "./query-client";

type Listener = (topics: ReadonlySet<string>) => void;
type Live = {
  standing: LiveStanding;
  listen(listener: Listener): () => void;
  wasSaid(topics: readonly string[]): boolean;
  /** Of a query by its key as JSON; several hooks that ask for one are one read. */
  readAgain(key: string): void;
};

const unopened: LiveStanding = { state: "reconnecting", since: null };
const LiveContext = createContext<Live>({ standing: unopened, listen: () => () => undefined, wasSaid: () => false, readAgain: () => undefined });

/** What was said while nobody listened is remembered as long as cached data counts as good, and as a page takes to listen. */
const recentMs = staleMs + 5_000;

/** One stream of topics a tab. `*` means that something may have been missed: everybody reads again. */
export function LiveProvider({ project, children }: { project: string; children: ReactNode }) {
  const [standing, setStanding] = useState(unopened);
  const listeners = useRef(new Set<Listener>());
  const said = useRef(new Map<string, number>());
  const client = useQueryClient();
  const [readAgain] = useState(() => pacedReads((key) => client.invalidateQueries({ queryKey: JSON.parse(key) as QueryKey })));
  useEffect(
    () =>
      openLive(`/live?project=${encodeURIComponent(project)}`, {
        onStanding: (next) =>
          setStanding((last) => (last.state === next.state && last.since === next.since ? last : next)),
        onTopics: (topics) => {
          const now = Date.now();
          for (const [topic, at] of said.current) if (now - at > recentMs) said.current.delete(topic);
          for (const topic of topics) said.current.set(topic, now);
          for (const listener of listeners.current) listener(new Set(topics));
        },
      }),
    [project],
  );
  const listen = useRef<Live["listen"]>((listener) => {
    listeners.current.add(listener);
    return () => listeners.current.delete(listener);
  });
  const wasSaid = useRef<Live["wasSaid"]>((topics) =>
    ["*", ...topics].some((topic) => Date.now() - (said.current.get(topic) ?? 0) < recentMs),
  );
  return <LiveContext value={{ standing, listen: listen.current, wasSaid: wasSaid.current, readAgain }}>{children}</LiveContext>;
}

export function useLiveStanding(): LiveStanding {
  return useContext(LiveContext).standing;
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
