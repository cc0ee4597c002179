"use client";

import { Download } from "lucide-react";
import { formatBytes } from "@/components/ui/format/format-bytes";
import { TextSkeleton } from "@/components/ui/feedback/skeletons";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { CodeBlock } from "@/components/ui/text/code-block";
import { CopyableId } from "@/components/ui/text/copyable-id";
import type { ArtifactView } from "@/server/domains/experiments/contract/artifact";
import { Failure } from "../failure";
import { type ArtifactKind, kindOfArtifact } from "./artifact-kind";
import { CsvTable } from "./csv-table";
import { useArtifactHead } from "./use-artifact-head";

export type ArtifactPreviewProps = { file: ArtifactView; href: string };

export function ArtifactPreview({ file, href }: ArtifactPreviewProps) {
  const kind = kindOfArtifact(file.path);
  return (
    <div className="min-w-0">
      <header className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-4 py-1.5">
        <h2 className="min-w-0 flex-1 basis-40 truncate text-body" data-tip={file.path}>
          {file.path}
        </h2>
        <span className="text-label text-muted">{formatBytes(file.size)}</span>
        {file.sha256 && <CopyableId id={file.sha256} label="Copy the SHA-256" />}
        <a
          href={href}
          download
          className="inline-flex h-7 items-center gap-1.5 rounded-md border border-line bg-panel px-2 font-medium text-label hover:bg-well"
        >
          <Download aria-hidden className="size-3.5" />
          Download
        </a>
      </header>
      <div className="p-4">
        {kind === "image" ? (
          // biome-ignore lint/performance/noImgElement: a file of the person's own, of a size nobody knows before
          <img src={href} alt={file.path} className="max-h-[70dvh] max-w-full rounded-sm border border-line bg-well object-contain" />
        ) : kind === "other" || file.size === 0 ? (
          <EmptyState title={file.size === 0 ? "The file is empty" : "No preview of this kind of file"}>
            {file.size === 0 ? "There is nothing to show." : "Download it to open it on your machine."}
          </EmptyState>
        ) : (
          <TextPreview file={file} href={href} kind={kind} />
        )}
      </div>
    </div>
  );
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function TextPreview({ file, href, kind }: ArtifactPreviewProps & { kind: ArtifactKind }) {
  const { data, error, refetch } = useArtifactHead(href, file.sha256);
  if (error) return <Failure title="The file could not be read" error={error} onRetry={() => void refetch()} />;
  if (!data) return <TextSkeleton lines={8} />;
  const cut = !data.isWhole && <p className="mt-2 text-label text-muted">The head of the file; download it for the rest.</p>;
  if (kind === "csv") return <CsvTable label={file.path} text={data.text} isWhole={data.isWhole} separator={/\.tsv$/i.test(file.path) ? "\t" : ","} />;
  return (
    <>
      <CodeBlock code={kind === "json" && data.isWhole ? pretty(data.text) : data.text} maxHeight="65dvh" />
      {cut}
    </>
  );
}
