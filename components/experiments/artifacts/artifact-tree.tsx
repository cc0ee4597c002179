"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronRight, File, FileCode, FileImage, FileJson, FileSpreadsheet, FileText, Folder, Workflow } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { cn } from "@/components/ui/class-names";
import { TextSkeleton } from "@/components/ui/feedback/skeletons";
import { formatBytes } from "@/components/ui/format/format-bytes";
import type { ArtifactView } from "@/server/domains/experiments/contract/artifact";
import { type ArtifactKind, kindOfArtifact } from "./artifact-kind";

const icons: Record<ArtifactKind, typeof File> = { image: FileImage, csv: FileSpreadsheet, json: FileJson, parquet: FileSpreadsheet, onnx: Workflow, html: FileCode, markdown: FileText, text: FileText, other: File };

const row = "flex h-7 w-full min-w-0 items-center gap-1.5 rounded-sm pr-2 text-left text-table hover:bg-well aria-[current]:bg-well aria-[current]:font-medium";

export type ArtifactRoot = { runId: string; loggedModelId?: string };

export type ArtifactTreeProps = {
  project: string;
  /** The run's own files, or those of a model that it logged. */
  root: ArtifactRoot;
  entries: readonly ArtifactView[];
  chosen: string | null;
  onChoose: (path: string) => void;
  depth?: number;
};

/** Folders first, and step_5 before step_10. */
const collator = new Intl.Collator("en", { numeric: true });
const inOrder = (entries: readonly ArtifactView[]) => [...entries].sort((a, b) => Number(b.isDir) - Number(a.isDir) || collator.compare(a.path, b.path));

const nameOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);

export function ArtifactTree(props: ArtifactTreeProps) {
  const { entries, chosen, onChoose, depth = 0 } = props;
  const indent = { paddingLeft: depth * 16 + 8 };
  return (
    <ul>
      {inOrder(entries).map((entry) => {
        if (entry.isDir) return <Branch key={entry.path} {...props} folder={entry.path} />;
        const Icon = icons[kindOfArtifact(entry.path)];
        return (
          <li key={entry.path}>
            <button type="button" className={row} style={indent} aria-current={entry.path === chosen || undefined} onClick={() => onChoose(entry.path)}>
              <span className="w-3.5 shrink-0" />
              <Icon aria-hidden className="size-3.5 shrink-0 text-faint" />
              <span className="min-w-0 flex-1 truncate">{nameOf(entry.path)}</span>
              <span className="shrink-0 font-normal text-label text-muted">{formatBytes(entry.size)}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** A folder; what is in it is read when it first opens. */
function Branch({ folder, ...props }: ArtifactTreeProps & { folder: string }) {
  const { project, root, chosen, depth = 0 } = props;
  const trpc = useTRPC();
  const holdsChosen = chosen?.startsWith(`${folder}/`) ?? false;
  const [toggled, setToggled] = useState<boolean | null>(null);
  const open = toggled ?? (holdsChosen || depth === 0);
  const { data } = useQuery(trpc.experiments.listRunArtifacts.queryOptions({ project, ...root, path: folder }, { enabled: open }));
  return (
    <li>
      <button type="button" aria-expanded={open} className={row} style={{ paddingLeft: depth * 16 + 8 }} onClick={() => setToggled(!open)}>
        <ChevronRight aria-hidden className={cn("size-3.5 shrink-0 text-faint transition-transform duration-100", open && "rotate-90")} />
        <Folder aria-hidden className="size-3.5 shrink-0 text-faint" />
        <span className="min-w-0 flex-1 truncate">{nameOf(folder)}</span>
      </button>
      {open && (data ? <ArtifactTree {...props} entries={data.entries} depth={depth + 1} /> : <TextSkeleton lines={2} className="py-1 pl-10" />)}
    </li>
  );
}
