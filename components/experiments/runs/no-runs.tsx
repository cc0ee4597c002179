import { Rocket } from "lucide-react";
import { Button, ButtonLink } from "@/components/ui/actions/button";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { logSnippets } from "../snippets";
import type { RunsView } from "./runs-query";

type NoRunsProps = { project: string; experiment: { name: string }; serverUrl: string; view: RunsView };

function NoRuns({ project, experiment, serverUrl, view }: NoRunsProps) {
  if (view === "deleted")
    return <EmptyState title="No deleted runs">Runs that are deleted stay here, and can be restored.</EmptyState>;
  return (
    <EmptyState
      title="No runs yet"
      action={
        <ButtonLink href={`/${project}/experiments/launch`} variant="primary" icon={<Rocket aria-hidden />}>
          Launch a run
        </ButtonLink>
      }
      snippets={logSnippets(serverUrl, experiment.name)}
    >
      Any script that logs with the MLflow client shows up here as it runs. Make its token in{" "}
      <InlineLink className="underline" href={`/${project}/settings/tokens`}>Settings</InlineLink>.
    </EmptyState>
  );
}

function OnlyHidden({ count, onShow }: { count: number; onShow: () => void }) {
  return (
    <EmptyState title="Only scoring and nested runs" action={<Button onClick={onShow}>{count === 1 ? "Show it" : `Show all ${count}`}</Button>}>
      Runs that score a model, and those that are part of another run, are kept out of the table.
    </EmptyState>
  );
}

type EmptyRunsProps = NoRunsProps & { hidden: number; onShow: () => void };

/** No run at all, or none beside those that the table keeps out. */
export function EmptyRuns({ hidden, onShow, ...props }: EmptyRunsProps) {
  return hidden > 0 ? <OnlyHidden count={hidden} onShow={onShow} /> : <NoRuns {...props} />;
}
