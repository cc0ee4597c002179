/** Views of a page that people keep under a name. Browser-safe. */
import { z } from "zod";
import { ExperimentRef } from "./experiment";
import { StoredText } from "./run";

export const SavedViewKind = z.enum(["runs"]);
export type SavedViewKind = z.infer<typeof SavedViewKind>;

export const ViewName = StoredText(80).min(1, "a name is needed").refine((name) => name.trim() === name, "no blanks at the ends");
/** A query string without its question mark. */
const ViewQuery = StoredText(16_000).refine((query) => !/[\s#?]/.test(query), "must be a query string");

export const SavedViewRef = z.object({ viewId: z.uuid() });
export const ListViewsInput = ExperimentRef.extend({ kind: SavedViewKind });
export const SaveViewInput = ListViewsInput.extend({ name: ViewName, query: ViewQuery, isShared: z.boolean().default(false) });
export const UpdateViewInput = SavedViewRef.extend({ name: ViewName.optional(), query: ViewQuery.optional(), isShared: z.boolean().optional() });

export type SavedView = {
  id: string;
  name: string;
  query: string;
  isShared: boolean;
  ownerName: string;
  isOwn: boolean;
  /** Whether the one who asks may rename, overwrite and delete it. */
  mayChange: boolean;
  updatedAt: Date;
};
