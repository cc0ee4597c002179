/** How an evaluation that is not there yet is called. */
import type { EvaluationRequestView } from "@/server/domains/evaluations/contract/evaluation";

type Look = { state: string; word: string };

export const requestLooks: Record<EvaluationRequestView["state"], Look> = {
  scoring: { state: "running", word: "scoring" },
  computing: { state: "running", word: "computing" },
  done: { state: "succeeded", word: "succeeded" },
  failed: { state: "failed", word: "failed" },
};
