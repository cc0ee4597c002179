"use client";

import { Download } from "lucide-react";
import dynamic from "next/dynamic";
import { formatBytes } from "@/components/ui/format/format-bytes";
import { TextSkeleton } from "@/components/ui/feedback/skeletons";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { CodeBlock } from "@/components/ui/text/code-block";
import { CopyableId } from "@/components/ui/text/copyable-id";
import type { ArtifactView } from "@/server/domains/experiments/contract/artifact";
import { Failure } from "../failure";
import { type ArtifactKind, filesBeside, kindOfArtifact } from "./artifact-kind";
import type { ArtifactRoot } from "./artifact-tree";
import { CsvTable } from "./preview/csv-table";
import { HtmlPage, Rendered } from "./preview/rendered";
import { useArtifactHead } from "./preview/use-artifact-head";

const ParquetTable = dynamic(() => import("./preview/parquet-table").then((module) => module.ParquetTable), { loading: FileSkeleton });
const OnnxGraph = dynamic(() => import("./preview/onnx-graph").then((module) => module.OnnxGraph), { loading: FileSkeleton });
const JsonPreview = dynamic(() => import("./preview/json-preview").then((module) => module.JsonPreview), { loading: FileSkeleton });
const Markdown = dynamic(() => import("@/components/ui/text/markdown/markdown").then((module) => module.Markdown), { ssr: false, loading: FileSkeleton });

function FileSkeleton() {
  return <TextSkeleton lines={8} />;
}

export type ArtifactPreviewProps = { project: string; /** Whose file it is. */ root: ArtifactRoot; file: ArtifactView; href: string };

export function ArtifactPreview(props: ArtifactPreviewProps) {
  const { file, href } = props;
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
        <FileBody {...props} />
      </div>
    </div>
  );
}

/** A file as what it is, without the frame around it. */
export function FileBody({ project, root, file, href }: ArtifactPreviewProps) {
  const kind = kindOfArtifact(file.path);
  if (file.size === 0) return <EmptyState title="The file is empty">There is nothing to show.</EmptyState>;
  if (kind === "other") return <EmptyState title="No preview of this kind of file">Download it to open it on your machine.</EmptyState>;
  // biome-ignore lint/performance/noImgElement: a file of the person's own, of a size nobody knows before
  if (kind === "image") return <img key={file.sha256} src={`${href}&sha256=${file.sha256}`} alt={file.path} className="max-h-[70dvh] max-w-full rounded-sm border border-line bg-well object-contain" />;
  if (kind === "parquet") return <ParquetTable project={project} root={root} path={file.path} />;
  if (kind === "onnx") return <OnnxGraph project={project} root={root} path={file.path} />;
  if (kind === "html") return <Rendered page={<HtmlPage key={file.sha256} href={`${href}&sha256=${file.sha256}`} path={file.path} />} source={<TextPreview file={file} href={href} kind="text" />} />;
  return <TextPreview file={file} href={href} kind={kind} />;
}

function TextPreview({ file, href, kind }: { file: ArtifactView; href: string; kind: ArtifactKind }) {
  const { data, error, refetch } = useArtifactHead(href, file.sha256, kind === "json");
  if (error) return <Failure title="The file could not be read" error={error} onRetry={() => void refetch()} />;
  if (!data) return <TextSkeleton lines={8} />;
  const cut = !data.isWhole && <p className="mt-2 text-label text-muted">The head of the file; download it for the rest.</p>;
  if (kind === "csv") return <CsvTable label={file.path} text={data.text} isWhole={data.isWhole} separator={/\.tsv$/i.test(file.path) ? "\t" : ","} />;
  const code = <CodeBlock code={data.text} maxHeight="65dvh" />;
  if (kind === "markdown" && data.isWhole) return <Rendered page={<Markdown text={data.text} files={filesBeside(file.path, href)} />} source={code} />;
  return (
    <>
      {kind === "json" ? <JsonPreview path={file.path} text={data.text} isWhole={data.isWhole} /> : code}
      {cut}
    </>
  );
}
