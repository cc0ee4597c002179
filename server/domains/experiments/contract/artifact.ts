/** Artifacts: files under a project's `mlflow-artifacts:/` root. Browser-safe. */
import { z } from "zod";
import { LoggedModelId } from "./experiment";

export const ArtifactPathInput = z.object({ path: z.string().max(1_000) });
/** With a model, the files of that one, which the run logged: they lie beside the run's own. */
export const RunArtifactsInput = z.object({ runId: z.uuid(), loggedModelId: LoggedModelId.nullable().default(null), path: z.string().max(1_000).default("") });
export const PutArtifactInput = z.object({ path: z.string().min(1).max(1_000), sha256: z.string().regex(/^[0-9a-f]{64}$/), size: z.number().int().min(0) });

export type ArtifactView = { path: string; isDir: boolean; size: number | null; sha256: string | null };

/** A file as it is kept: its path, and the blob that it is. */
export type ArtifactRow = { path: string; sha256: string; size: number };

/** The head of a table file: as text, for a reader, with the type that each column has. */
export type TableHead = { columns: { name: string; type: string }[]; rows: (string | null)[][]; totalRows: number; totalColumns: number };
