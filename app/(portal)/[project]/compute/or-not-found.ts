import { TRPCError } from "@trpc/server";
import { notFound } from "next/navigation";

/** A path that names nothing is a page that is not found; other failures are the error page's. */
export function orNotFound(error: unknown): never {
  if (error instanceof TRPCError && (error.code === "NOT_FOUND" || error.code === "BAD_REQUEST")) notFound();
  throw error;
}
