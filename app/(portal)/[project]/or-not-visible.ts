import { TRPCError } from "@trpc/server";
import { notFound } from "next/navigation";

/** A project that is not there, or not for this person, is a page that is not found; other failures are the error page's. */
export function orNotVisible(error: unknown): never {
  if (error instanceof TRPCError && (error.code === "NOT_FOUND" || error.code === "FORBIDDEN")) notFound();
  throw error;
}
