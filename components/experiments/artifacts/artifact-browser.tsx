"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { TextSkeleton } from "@/components/ui/feedback/skeletons";
import { Select } from "@/components/ui/forms/select";
import { Failure } from "../failure";
import { artifactHref } from "./artifact-kind";
import { ArtifactPreview } from "./artifact-preview";
import { type ArtifactRoot, ArtifactTree } from "./artifact-tree";

export type ArtifactBrowserProps = { project: string; runId: string };

const own = "run";

/** Whose files are shown: the run's own, or a model's that it logged; the first that has any, until someone chooses. */
function useArtifactRoot(project: string, runId: string) {
  const trpc = useTRPC();
  const [picked, setPicked] = useQueryState("of", parseAsString.withOptions({ history: "push", shallow: true }));
  const asked = trpc.experiments.listRunArtifacts.queryOptions({ project, runId });
  const files = useQuery(asked);
  const askedModels = trpc.experiments.listModelsOfRun.queryOptions({ project, runId });
  const { data: models } = useQuery(askedModels);
  useLive(["artifacts", "logged-models"], [trpc.experiments.listRunArtifacts.pathKey(), askedModels.queryKey]);
  const chosen = models?.find(({ id }) => id === picked) ?? (picked === null && files.data?.entries.length === 0 ? models?.at(-1) : undefined);
  const root: ArtifactRoot = chosen ? { runId, loggedModelId: chosen.id } : { runId };
  const shown = useQuery(trpc.experiments.listRunArtifacts.queryOptions({ project, ...root }));
  return { root, shown, models: models ?? [], isReading: !models || !files.data, setPicked };
}

/** Files of a run, or of a model that it logged, on the left, the chosen one on the right. */
export function ArtifactBrowser({ project, runId }: ArtifactBrowserProps) {
  const [chosen, setChosen] = useQueryState("path", parseAsString.withOptions({ history: "push", shallow: true }));
  const { root, shown, models, isReading, setPicked } = useArtifactRoot(project, runId);
  const { data, error, refetch } = shown;
  if (error && !data) return <Failure title="The artifacts could not be listed" error={error} onRetry={() => void refetch()} />;
  if (!data || isReading) return <TextSkeleton lines={8} />;
  const first = data.entries.find((entry) => !entry.isDir)?.path ?? null;
  const path = chosen ?? first;
  return (
    <div className="grid gap-3">
      {models.length > 0 && (
        <Select
          aria-label="Whose files"
          className="max-w-80"
          options={[{ value: own, label: "Files of the run" }, ...models.map(({ id, name }) => ({ value: id, label: `Files of its model ${name}` }))]}
          value={root.loggedModelId ?? own}
          onChange={(event) => {
            void setChosen(null);
            void setPicked(event.target.value);
          }}
        />
      )}
      {data.entries.length === 0 ? (
        <NoArtifacts />
      ) : (
        <div className="grid overflow-hidden rounded-lg border border-line bg-panel md:grid-cols-[17rem_minmax(0,1fr)]">
          <nav aria-label="Artifacts" className="quiet-scroll max-h-64 overflow-auto border-line p-1.5 max-md:border-b md:max-h-[calc(100dvh-16rem)] md:border-r">
            <ArtifactTree key={root.loggedModelId} project={project} root={root} entries={data.entries} chosen={path} onChoose={(next) => void setChosen(next)} />
          </nav>
          {path ? <ChosenFile project={project} root={root} path={path} /> : <EmptyState title="Choose a file">Its preview shows here.</EmptyState>}
        </div>
      )}
    </div>
  );
}

function NoArtifacts() {
  return (
    <EmptyState
      title="No artifacts yet"
      snippets={[{ label: "Python", code: 'mlflow.log_artifact("plots/roc.png")\nmlflow.log_dict({"threshold": 0.2}, "thresholds.json")' }]}
    >
      Files that the run logs appear here, with previews of images, tables and text.
    </EmptyState>
  );
}

function ChosenFile({ project, root, path }: { project: string; root: ArtifactRoot; path: string }) {
  const trpc = useTRPC();
  const slash = path.lastIndexOf("/");
  const folder = slash < 0 ? "" : path.slice(0, slash);
  const { data } = useQuery(trpc.experiments.listRunArtifacts.queryOptions({ project, ...root, ...(folder ? { path: folder } : {}) }));
  const file = data?.entries.find((entry) => entry.path === path && !entry.isDir);
  const href = data && artifactHref(project, data.rootUri, path);
  if (!data) return <TextSkeleton lines={6} className="p-4" />;
  if (!file) return <EmptyState title="There is no such file">It may have been deleted, or the link is cut short.</EmptyState>;
  if (!href) return <EmptyState title="Kept elsewhere">These artifacts lie at {data.rootUri}; they are read there.</EmptyState>;
  return <ArtifactPreview key={path} project={project} root={root} file={file} href={href} />;
}
