/** MLflow's error envelope: `{error_code, message}` with the codes its clients key on. */
import type { Context } from "hono";
import type { ErrorCode } from "@/server/platform/errors";
import { faultOf } from "../http/problem";
import { requestIdOf } from "../http/identify";

const codes: Record<ErrorCode | "Internal", string> = {
  NotFound: "RESOURCE_DOES_NOT_EXIST",
  Invalid: "INVALID_PARAMETER_VALUE",
  Conflict: "RESOURCE_ALREADY_EXISTS",
  Forbidden: "PERMISSION_DENIED",
  Unauthenticated: "UNAUTHENTICATED",
  Unavailable: "TEMPORARILY_UNAVAILABLE",
  TooLarge: "INVALID_PARAMETER_VALUE",
  TooMany: "REQUEST_LIMIT_EXCEEDED",
  Internal: "INTERNAL_ERROR",
};

export function mlflowProblem(c: Context, error: unknown): Response {
  const { status, code, message } = faultOf(error, requestIdOf(c));
  if (status === 401) c.header("WWW-Authenticate", 'Basic realm="mlflow"');
  // MLflow answers 400 where we say 409 or 413: its clients would retry or misread those.
  const wireStatus = status === 409 || status === 413 ? 400 : status;
  return c.json({ error_code: codes[code as ErrorCode | "Internal"] ?? "INTERNAL_ERROR", message }, wireStatus);
}
