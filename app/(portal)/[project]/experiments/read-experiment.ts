/** The experiment that a path names, read once a request; a path that names none is a page that is not found. */
import { TRPCError } from "@trpc/server";
import { notFound } from "next/navigation";
import { getQueryClient, trpc } from "@/components/trpc/server";

/** Null for what is not there; other failures are the error page's. */
export function orNull(error: unknown): null {
  if (error instanceof TRPCError && (error.code === "NOT_FOUND" || error.code === "BAD_REQUEST")) return null;
  throw error;
}

export function orNotFound(error: unknown): never {
  return orNull(error) ?? notFound();
}

export async function readExperiment({ project, no }: { project: string; no: string }) {
  const experimentNo = /^\d{1,9}$/.test(no) ? Number(no) : notFound();
  return getQueryClient().fetchQuery(trpc.experiments.getExperiment.queryOptions({ project, experimentNo })).catch(orNotFound);
}
