"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPCClient } from "@/components/trpc/client";
import { notify } from "@/components/ui/feedback/notify";

const pauseMs = 500;
const pause = () => new Promise((resolve) => setTimeout(resolve, pauseMs));

/** Lets the gate judge a version and waits for its verdict (seconds). */
export function useJudging(project: string, name: string) {
  const client = useTRPCClient();
  return useMutation({
    mutationFn: async (version: number): Promise<{ version: number; isPassed: boolean }> => {
      const { operationId } = await client.models.judgeVersion.mutate({ project, name, version });
      for (;;) {
        const { state, result, error } = await client.platform.getOperation.query({ project, operationId });
        if (state === "succeeded") return { version, isPassed: result?.passed === true };
        if (state === "failed" || state === "cancelled") throw new Error(error ?? "The judging was cancelled.");
        await pause();
      }
    },
    onSuccess: ({ version, isPassed }) =>
      (isPassed ? notify.success : notify.warning)(`The gate ${isPassed ? "passes" : "refuses"} version ${version}`),
  });
}
