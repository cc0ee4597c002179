"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { Section } from "@/components/ui/layout/section";
import { CopyableId } from "@/components/ui/text/copyable-id";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { LoggedModelView } from "@/server/domains/experiments/contract/experiment";
import type { RunDetail } from "@/server/domains/experiments/contract/run";
import { runHref } from "../../run-identity";

const states: Record<LoggedModelView["status"], [string, string]> = {
  LOGGED_MODEL_PENDING: ["pending", "uploading"],
  LOGGED_MODEL_READY: ["ready", "ready"],
  LOGGED_MODEL_UPLOAD_FAILED: ["failed", "upload failed"],
};

export function RunModels({ project, run }: { project: string; run: RunDetail }) {
  const trpc = useTRPC();
  const asked = trpc.experiments.listModelsOfRun.queryOptions({ project, runId: run.id });
  const { data: models } = useQuery(asked);
  useLive(["logged-models"], [asked.queryKey]);
  if (!models || models.length === 0) return null;
  return (
    <Section title="Models logged" flush>
      <ul>
        {models.map((model) => {
          const [state, word] = states[model.status];
          return (
            <li key={model.id} className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-4 py-1 text-table last:border-b-0">
              <span className="font-medium">{model.name}</span>
              {model.modelType && <span className="text-muted">{model.modelType}</span>}
              <StateBadge state={state} word={word} />
              <span className="flex-1" />
              <InlineLink href={`${runHref(project, run.id)}/artifacts?of=${model.id}`}>Its files</InlineLink>
              <RelativeTime at={model.createdAt} className="text-muted" />
              <CopyableId id={model.id} label="Copy the model's id" />
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
