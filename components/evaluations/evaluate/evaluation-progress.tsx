"use client";

import { useMutation, useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect } from "react";
import { PageCrumbs } from "@/components/shell/crumbs/page-crumbs";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { useMay } from "@/components/trpc/use-may";
import { Button } from "@/components/ui/actions/button";
import { Notice } from "@/components/ui/feedback/notice";
import { notify } from "@/components/ui/feedback/notify";
import { Progress } from "@/components/ui/feedback/progress";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { PageHeader } from "@/components/ui/layout/page-header";
import { Section } from "@/components/ui/layout/section";
import { Elapsed } from "@/components/ui/text/elapsed";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { EvaluationRequestView } from "@/server/domains/evaluations/contract/evaluation";
import { EvaluateButton } from "./evaluate-button";
import { requestLooks } from "./request-words";

type Props = { project: string; evaluationId: string };
type StepProps = { title: string; state: string; word?: string; children?: ReactNode };

function Step({ title, state, word, children }: StepProps) {
  return (
    <li className="grid gap-x-4 gap-y-1 border-line border-b px-4 py-2.5 last:border-b-0 sm:grid-cols-[14rem_8rem_minmax(0,1fr)] sm:items-center">
      <span className="font-medium">{title}</span>
      <StateBadge state={state} word={word} />
      <div className="min-w-0 text-muted text-table">{children}</div>
    </li>
  );
}

function ScoringStep({ project, request }: { project: string; request: EvaluationRequestView }) {
  const trpc = useTRPC();
  const asked = trpc.experiments.getRun.queryOptions({ project, runId: request.scoringRunId ?? "" }, { enabled: request.scoringRunId !== null });
  const { data: run } = useQuery(asked);
  useLive(request.scoringRunId ? [`run:${request.scoringRunId}`] : [], [asked.queryKey]);
  if (request.jobId === null) return <Step title="Score each example" state="succeeded">The scores were brought along.</Step>;
  return (
    <Step title="Score each example" state={run?.status ?? "queued"}>
      Recipe {request.recipe}: <InlineLink className="underline" href={`/${project}/compute/jobs/${request.jobId}`}>its job</InlineLink>
      {request.scoringRunId && <> and <InlineLink className="underline" href={`/${project}/experiments/runs/${request.scoringRunId.replaceAll("-", "")}`}>its run</InlineLink></>}
      {run?.status === "SCHEDULED" && ". The job's page says why it waits."}
    </Step>
  );
}

function ComputingStep({ request }: { request: EvaluationRequestView }) {
  if (request.operationId === null) return <Step title="Compute metrics and intervals" state="queued">For the scores.</Step>;
  if (request.state === "failed") return <Step title="Compute metrics and intervals" state="failed" word="failed" />;
  return (
    <Step title="Compute metrics and intervals" state={requestLooks[request.state].state} word={requestLooks[request.state].word}>
      {request.stage || "queued"}
      <Progress label="Computation" value={request.progress} className="mt-1 max-w-72" />
    </Step>
  );
}

function CancelButton({ project, request }: { project: string; request: EvaluationRequestView }) {
  const client = useTRPCClient();
  const cancel = useMutation({
    mutationFn: async () => {
      if (request.operationId) await client.platform.cancelOperation.mutate({ project, operationId: request.operationId });
      else if (request.scoringRunId) await client.experiments.cancelRun.mutate({ project, runId: request.scoringRunId });
    },
    onSuccess: () => notify.success("Cancelling"),
    onError: (error) => notify.error("It could not be cancelled", { description: error.message }),
  });
  return <Button pending={cancel.isPending} onClick={() => cancel.mutate()}>Cancel</Button>;
}

/** An evaluation that is not there yet: where it is, or why it will not come. When it is there the page shows it. */
export function EvaluationProgress({ project, evaluationId }: Props) {
  const trpc = useTRPC();
  const router = useRouter();
  const mayLaunch = useMay(project, "member");
  const asked = trpc.evaluations.getEvaluationRequest.queryOptions({ project, evaluationId });
  const { data: request } = useSuspenseQuery(asked);
  useLive(["evaluations", `evaluation:${evaluationId}`], [asked.queryKey]);
  const { state, evaluationId: madeId } = request;
  useEffect(() => {
    if (state !== "done" || madeId === null) return;
    if (madeId === evaluationId) router.refresh();
    else router.replace(`/${project}/evaluations/${madeId}`);
  }, [state, madeId, evaluationId, project, router]);
  const look = requestLooks[state];
  const isOpen = state === "scoring" || state === "computing";
  return (
    <>
      <PageCrumbs crumbs={[{ label: request.model.name }]} />
      <PageHeader
        title={request.model.name}
        state={<StateBadge state={look.state} word={look.word} />}
        description={`Suite ${request.suite.name} v${request.suite.version} on ${request.dataset.name} v${request.dataset.version}.`}
        facts={[
          { label: "Asked by", value: request.requestedBy },
          { label: "Asked", value: <RelativeTime at={request.createdAt} /> },
          ...(isOpen ? [{ label: "Elapsed", value: <Elapsed from={request.createdAt.getTime()} to={null} /> }] : []),
        ]}
        actions={mayLaunch && isOpen ? <CancelButton project={project} request={request} /> : state === "failed" && <EvaluateButton project={project} loggedModelId={request.model.id} variant="primary">Evaluate again</EvaluateButton>}
      />
      {request.reason && <Notice tone="failed" className="mb-4" action={request.jobId && <InlineLink href={`/${project}/compute/jobs/${request.jobId}`}>Read the job's log</InlineLink>}>{request.reason}</Notice>}
      <Section title="What happens" flush>
        <ul>
          <ScoringStep project={project} request={request} />
          <ComputingStep request={request} />
        </ul>
      </Section>
    </>
  );
}
