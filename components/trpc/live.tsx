"use client";

import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import type { LiveStanding } from "@/components/shell/live/live-standing";
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react";
import { openLive } from "./live-connection";

type Listener = (topics: ReadonlySet<string>) => void;
type Live = { standing: LiveStanding; listen(listener: Listener): () => void };

const unopened: LiveStanding = { state: "reconnecting", since: null };
const LiveContext = createContext<Live>({ standing: unopened, listen: () => () => undefined });

/** One stream of topics a tab. `*` means that something may have been missed: everybody reads again. */
export function LiveProvider({ project, children }: { project: string; children: ReactNode }) {
  const [standing, setStanding] = useState(unopened);
  const listeners = useRef(new Set<Listener>());
  useEffect(
    () =>
      openLive(`/live?project=${encodeURIComponent(project)}`, {
        onStanding: (next) => setStanding((last) => (last.state === next.state && last.since === next.since ? last : next)),
        onTopics: (topics) => {
          for (const listener of listeners.current) listener(new Set(topics));
        },
      }),
    [project],
  );
  const listen = useRef<Live["listen"]>((listener) => {
    listeners.current.add(listener);
    return () => listeners.current.delete(listener);
  });
  return <LiveContext value={{ standing, listen: listen.current }}>{children}</LiveContext>;
}

export function useLiveStanding(): LiveStanding {
  return useContext(LiveContext).standing;
}

const settleMs = 120;

/** Reads the queries again when one of the topics is said; bursts are gathered into one read. */
export function useLive(topics: readonly string[], keys: readonly QueryKey[]): void {
  const { listen } = useContext(LiveContext);
  const client = useQueryClient();
  const wanted = topics.join("\n");
  const targets = JSON.stringify(keys);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const names = wanted.split("\n");
    const stop = listen((said) => {
      if (timer !== undefined || !(said.has("*") || names.some((name) => said.has(name)))) return;
      timer = setTimeout(() => {
        timer = undefined;
        for (const queryKey of JSON.parse(targets) as QueryKey[]) void client.invalidateQueries({ queryKey });
      }, settleMs);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [listen, client, wanted, targets]);
}
