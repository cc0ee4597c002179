/** The state of an evaluation that was asked for, from its job's end and its operation. Pure. */
import type { EvaluationRequestView } from "../contract/evaluation";

export type RequestFacts = {
  id: string;
  operationId: string | null;
  failure: string | null;
  /** Null before the scores are there, and again when the operation's row is long gone. */
  operation: {
    state: string;
    stage: string;
    progress: number | null;
    error: string | null;
    result: unknown;
  } | null;
};

export type RequestState = Pick<EvaluationRequestView, "state" | "stage" | "progress" | "reason" | "evaluationId">;

const idOf = (result: unknown): string | null =>
  result !== null && typeof result === "object" && "evaluationId" in result && typeof result.evaluationId === "string"
    ? result.evaluationId
    : null;

export function requestState({ id, operationId, failure, operation }: RequestFacts): RequestState {
  const none = { stage: "", progress: null, reason: null, evaluationId: null };
  if (operationId === null) return { ...none, state: failure === null ? "scoring" : "failed", reason: failure };
  if (operation === null) return { ...none, state: "done", evaluationId: id };
  if (operation.state === "succeeded") return { ...none, state: "done", evaluationId: idOf(operation.result) ?? id };
  if (operation.state === "failed") return { ...none, state: "failed", reason: operation.error };
  if (operation.state === "cancelled") return { ...none, state: "failed", reason: "The computation was cancelled." };
  return { ...none, state: "computing", stage: operation.stage, progress: operation.progress };
}
