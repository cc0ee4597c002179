/** Reports: comparisons arranged with words between them, for the project to read. Browser-safe. */
import { z } from "zod";
import { StoredText } from "./run";

const ReportName = StoredText(120).min(1, "a name is needed").refine((name) => name.trim() === name, "no blanks at the ends");

export const ReportBlock = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("text"), markdown: StoredText(20_000) }),
  z.object({
    kind: z.literal("comparison"),
    title: StoredText(200),
    /** The comparison's address, without its question mark. */
    query: StoredText(16_000).refine((query) => !/[\s#?]/.test(query), "must be a query string"),
  }),
]);
export type ReportBlock = z.infer<typeof ReportBlock>;

export const ReportBlocks = z.array(ReportBlock).max(60);

export const ReportRef = z.object({ reportId: z.uuid() });
export const ListReportsInput = z.object({});
export const CreateReportInput = z.object({ name: ReportName, blocks: ReportBlocks.default([]) });
/** `revision`: the one that was read; a report that changed since is not overwritten. */
export const UpdateReportInput = ReportRef.extend({ revision: z.number().int().min(1), name: ReportName.optional(), blocks: ReportBlocks.optional() });

export type ReportSummary = { id: string; name: string; ownerName: string; blocks: number; createdAt: Date; updatedAt: Date };
export type ReportView = Omit<ReportSummary, "blocks"> & { blocks: ReportBlock[]; revision: number; /** Whether the one who asks may edit and delete it. */ mayChange: boolean };
