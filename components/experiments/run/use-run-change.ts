"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { notify } from "@/components/ui/feedback/notify";

type Client = ReturnType<typeof useTRPCClient>;
type RunRef = { project: string; runId: string };

/** Something done to a run from a dialog: it is said in words, the dialog closes, and the run is read again. */
export function useRunChange<Result>(ref: RunRef, change: (client: Client) => Promise<Result>, done: (result: Result) => string, close: () => void) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => change(client),
    onSuccess: async (result) => {
      notify.success(done(result));
      close();
      await cache.invalidateQueries({ queryKey: trpc.experiments.getRun.queryKey(ref) });
    },
  });
}
