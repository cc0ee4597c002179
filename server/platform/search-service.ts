/** ⌘K's query verb. */
import { z } from "zod";
import { query } from "./mutation";
import { findEntries } from "./search";

const SearchInput = z.object({ text: z.string().max(200), limit: z.number().int().min(1).max(50).default(12) });

export const searchObjects = query("search.searchObjects", "viewer", SearchInput, async ({ db, ctx, input }) =>
  findEntries(db, ctx.project.id, input.text, input.limit),
);
