"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { TextSkeleton } from "@/components/ui/feedback/skeletons";
import { Failure } from "../failure";
import { artifactHref } from "./artifact-kind";
import { ArtifactPreview } from "./artifact-preview";
import { ArtifactTree } from "./artifact-tree";

export type ArtifactBrowserProps = { project: string; runId: string };

/** Files of a run on the left, the chosen one on the right. */
export function ArtifactBrowser({ project, runId }: ArtifactBrowserProps) {
  const trpc = useTRPC();
  const [chosen, setChosen] = useQueryState("path", parseAsString.withOptions({ history: "push", shallow: true }));
  const asked = trpc.experiments.listRunArtifacts.queryOptions({ project, runId });
  const { data, error, refetch } = useQuery(asked);
  useLive(["artifacts"], [trpc.experiments.listRunArtifacts.queryKey({ project, runId })]);
  if (error) return <Failure title="The artifacts could not be listed" error={error} onRetry={() => void refetch()} />;
  if (!data) return <TextSkeleton lines={8} />;
  if (data.entries.length === 0)
    return (
      <EmptyState
        title="No artifacts yet"
        snippets={[{ label: "Python", code: 'mlflow.log_artifact("plots/roc.png")\nmlflow.log_dict({"threshold": 0.2}, "thresholds.json")' }]}
      >
        Files that the run logs appear here, with previews of images, tables and text.
      </EmptyState>
    );
  const first = data.entries.find((entry) => !entry.isDir)?.path ?? null;
  const path = chosen ?? first;
  return (
    <div className="grid overflow-hidden rounded-lg border border-line bg-panel md:grid-cols-[17rem_minmax(0,1fr)]">
      <nav aria-label="Artifacts" className="quiet-scroll max-h-64 overflow-auto border-line p-1.5 max-md:border-b md:max-h-[calc(100dvh-16rem)] md:border-r">
        <ArtifactTree project={project} runId={runId} entries={data.entries} chosen={path} onChoose={(next) => void setChosen(next)} />
      </nav>
      {path ? <ChosenFile project={project} runId={runId} path={path} /> : <EmptyState title="Choose a file">Its preview shows here.</EmptyState>}
    </div>
  );
}

function ChosenFile({ project, runId, path }: ArtifactBrowserProps & { path: string }) {
  const trpc = useTRPC();
  const slash = path.lastIndexOf("/");
  const folder = slash < 0 ? "" : path.slice(0, slash);
  const { data } = useQuery(trpc.experiments.listRunArtifacts.queryOptions({ project, runId, ...(folder ? { path: folder } : {}) }));
  const file = data?.entries.find((entry) => entry.path === path && !entry.isDir);
  const href = data && artifactHref(project, data.rootUri, path);
  if (!data) return <TextSkeleton lines={6} className="p-4" />;
  if (!file) return <EmptyState title="There is no such file">It may have been deleted, or the link is cut short.</EmptyState>;
  if (!href) return <EmptyState title="Kept elsewhere">This run's artifacts lie at {data.rootUri}; they are read there.</EmptyState>;
  return <ArtifactPreview key={path} file={file} href={href} />;
}
