"use client";

import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react";

export type LiveState = "connected" | "reconnecting" | "offline";

type Listener = (topics: ReadonlySet<string>) => void;
type Live = { state: LiveState; listen(listener: Listener): () => void };

const LiveContext = createContext<Live>({ state: "reconnecting", listen: () => () => undefined });

/** One stream of topics a tab. `*` means that something may have been missed: everybody reads again. */
export function LiveProvider({ project, children }: { project: string; children: ReactNode }) {
  const [state, setState] = useState<LiveState>("reconnecting");
  const listeners = useRef(new Set<Listener>());
  useEffect(() => {
    let opened = false;
    const tell = (topics: string[]) => {
      for (const listener of listeners.current) listener(new Set(topics));
    };
    const source = new EventSource(`/live?project=${encodeURIComponent(project)}`);
    source.addEventListener("hello", (event) => {
      setState(event.data === '"live"' ? "connected" : "reconnecting");
      if (opened) tell(["*"]);
      opened = true;
    });
    source.addEventListener("heartbeat", (event) => setState(event.data === '"live"' ? "connected" : "reconnecting"));
    source.addEventListener("topics", (event) => tell(JSON.parse(event.data)));
    source.addEventListener("error", () =>
      setState(source.readyState === EventSource.CLOSED ? "offline" : "reconnecting"),
    );
    return () => source.close();
  }, [project]);
  const listen = useRef<Live["listen"]>((listener) => {
    listeners.current.add(listener);
    return () => listeners.current.delete(listener);
  });
  return <LiveContext value={{ state, listen: listen.current }}>{children}</LiveContext>;
}

export function useLiveState(): LiveState {
  return useContext(LiveContext).state;
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
