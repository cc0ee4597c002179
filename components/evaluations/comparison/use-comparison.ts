"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPCClient } from "@/components/trpc/client";
import { notify } from "@/components/ui/feedback/notify";

type Pair = { baselineId: string; candidateId: string };

const pauseMs = 500;
const pause = () => new Promise((resolve) => setTimeout(resolve, pauseMs));

/** Compares two evaluations, waits for the numbers (seconds), and goes to the page that shows them. */
export function useComparison(project: string) {
  const client = useTRPCClient();
  const router = useRouter();
  return useMutation({
    mutationFn: async (pair: Pair): Promise<string> => {
      const { operationId } = await client.evaluations.compareEvaluations.mutate({ project, ...pair });
      for (;;) {
        const { state, result, error } = await client.platform.getOperation.query({ project, operationId });
        if (state === "succeeded" && typeof result?.comparisonId === "string") return result.comparisonId;
        if (state === "failed" || state === "cancelled") throw new Error(error ?? "The comparison was cancelled.");
        await pause();
      }
    },
    onSuccess: (comparisonId) => router.push(`/${project}/evaluations/compare/${comparisonId}`),
    onError: (error) => notify.error("They can't be compared", { description: error.message }),
  });
}
