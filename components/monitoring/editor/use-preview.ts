"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import type { MonitorDefinition } from "@/server/domains/monitoring/contract/definition";
import type { RulesPreview } from "@/server/domains/monitoring/contract/monitor";

const isOpen = (state: string | undefined) => state === undefined || state === "queued" || state === "running";

/** Runs as it stands when the page is left; tells whether it was. */
function useOnLeave(leave: () => void): { current: boolean } {
  const hasLeft = useRef(false);
  const newest = useRef(leave);
  useEffect(() => {
    newest.current = leave;
  });
  useEffect(() => {
    hasLeft.current = false;
    return () => {
      hasLeft.current = true;
      newest.current();
    };
  }, []);
  return hasLeft;
}

export type Preview = { answer: RulesPreview | null; failure: string | null; stage: string; isStopped: boolean; again: () => void };

/** Asks for a preview of what is given. A newer one ends the former on the server; leaving the page ends the last. */
export function usePreview(project: string, definition: MonitorDefinition | null): Preview {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const tried = definition && { model: definition.model, reference: definition.reference, rules: definition.rules, calibrate: definition.calibrate, min_rows: definition.min_rows };
  /** What this page knows of it may be old: one that is over by now, or ended for a newer one, is left alone. */
  const cancel = (operationId: string) =>
    void client.platform.getOperation.query({ project, operationId }).then(({ state }) => (isOpen(state) ? client.platform.cancelOperation.mutate({ project, operationId }) : undefined)).catch(() => undefined);
  const running = useRef<() => void>(() => undefined);
  const hasLeft = useOnLeave(() => running.current());
  const asked = useQuery({
    queryKey: ["preview-rules", project, JSON.stringify(tried)],
    queryFn: async () => {
      if (!tried) return null;
      const started = await client.monitoring.previewRules.mutate({ project, ...tried });
      // A form that changed meanwhile asks for a newer one, which ends this one on the server.
      if (hasLeft.current) cancel(started.operationId);
      return started;
    },
    // What was asked before may have been ended for a newer one: it is asked anew, and its reference is still at hand.
    enabled: tried !== null, staleTime: Number.POSITIVE_INFINITY, gcTime: 0, retry: false,
  });
  const operationId = asked.data?.operationId ?? "";
  const options = trpc.platform.getOperation.queryOptions({ project, operationId }, { enabled: operationId !== "", refetchInterval: (query) => (isOpen(query.state.data?.state) ? 1_000 : false) });
  const { data: operation } = useQuery(options);
  useLive([`operation:${operationId}`], [options.queryKey]);
  useEffect(() => {
    running.current = () => operationId !== "" && isOpen(operation?.state) && cancel(operationId);
  });
  return {
    answer: operation?.state === "succeeded" ? (operation.result as RulesPreview | null) : null,
    failure: asked.error?.message ?? operation?.error ?? null,
    stage: operation?.stage ?? "",
    isStopped: operation?.state === "cancelled",
    again: () => void asked.refetch(),
  };
}
