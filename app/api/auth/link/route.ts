import { z } from "zod";
import { database } from "@/server/platform/db";
import { ServiceError } from "@/server/platform/errors";
import { readLink } from "@/server/platform/identity/one-time-links";

const Input = z.object({ secret: z.string().min(20).max(200) });

/** What a one-time link is for: its holder sees it before an account exists. */
export async function POST(request: Request): Promise<Response> {
  const input = Input.safeParse(await request.json().catch(() => null));
  if (!input.success) return Response.json({ message: "This link is not complete. Copy all of it." }, { status: 400 });
  try {
    return Response.json(await readLink(database(), input.data.secret));
  } catch (error) {
    if (error instanceof ServiceError) return Response.json({ message: error.message }, { status: error.status });
    throw error;
  }
}
