"use client";

import { useQueries, useQuery } from "@tanstack/react-query";
import { useComparison } from "@/components/evaluations/comparison/use-comparison";
import { EvaluateButton } from "@/components/evaluations/evaluate/evaluate-button";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { useMay } from "@/components/trpc/use-may";
import { Button } from "@/components/ui/actions/button";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { Section } from "@/components/ui/layout/section";
import type { EvaluationSummary } from "@/server/domains/evaluations/contract/evaluation";

type Run = { id: string; name: string };
type PairProps = { project: string; baseline: Run; candidate: Run; evaluations: readonly EvaluationSummary[] };

const ofRun = (evaluations: readonly EvaluationSummary[], run: Run) => evaluations.filter(({ model }) => model.runId === run.id);

/** The newest evaluations of both by one suite version on one dataset, or else by one suite version. */
function pairOf({ baseline, candidate, evaluations }: PairProps) {
  const pairs = ofRun(evaluations, candidate).flatMap((mine) =>
    ofRun(evaluations, baseline).flatMap((theirs) => (theirs.suite.id === mine.suite.id ? [{ mine, theirs }] : [])),
  );
  return pairs.find(({ mine, theirs }) => mine.dataset.id === theirs.dataset.id) ?? pairs[0] ?? null;
}

/** A run's model can be evaluated once its files are there. */
function EvaluateRun({ project, run }: { project: string; run: Run }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.experiments.listModelsOfRun.queryOptions({ project, runId: run.id }));
  const model = data?.filter(({ status }) => status === "LOGGED_MODEL_READY").at(-1);
  if (!data) return null;
  if (!model) return <span className="text-muted">{run.name} logged no model.</span>;
  return <EvaluateButton project={project} loggedModelId={model.id} size="sm">{`Evaluate ${run.name}`}</EvaluateButton>;
}

function Pair(props: PairProps) {
  const { project, baseline, candidate, evaluations } = props;
  const trpc = useTRPC();
  const mayCompare = useMay(project, "member");
  const compare = useComparison(project);
  const pair = pairOf(props);
  const asked = trpc.evaluations.listComparisons.queryOptions({ project, evaluationId: pair?.mine.id ?? null, limit: 200 }, { enabled: pair !== null });
  const { data } = useQuery(asked);
  useLive(["comparisons"], [asked.queryKey]);
  const made = data?.comparisons.find((each) => each.candidate.id === pair?.mine.id && each.baseline.id === pair?.theirs.id);
  const missing = [baseline, candidate].filter((run) => ofRun(evaluations, run).length === 0);
  return (
    <li className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-4 py-1 text-table last:border-b-0">
      <span className="min-w-0 flex-1 basis-56">
        {candidate.name} against {baseline.name}
        {pair && <span className="text-muted">, suite {pair.mine.suite.name} v{pair.mine.suite.version}</span>}
      </span>
      {made && <InlineLink href={`/${project}/evaluations/compare/${made.id}`}>Open their comparison</InlineLink>}
      {pair && data && !made && mayCompare && (
        <Button size="sm" pending={compare.isPending} onClick={() => compare.mutate({ baselineId: pair.theirs.id, candidateId: pair.mine.id })}>
          Compare their evaluations
        </Button>
      )}
      {!pair && missing.map((run) => <EvaluateRun key={run.id} project={project} run={run} />)}
      {!pair && missing.length === 0 && <span className="text-muted">No suite has evaluated both.</span>}
    </li>
  );
}

const pairsShown = 5;

/** Where runs and evaluations meet: whether a difference is real. */
export function JudgedByEvaluations({ project, runs }: { project: string; runs: readonly Run[] }) {
  const trpc = useTRPC();
  const asked = trpc.evaluations.listEvaluations.queryOptions({ project, limit: 200 });
  const { data } = useQuery(asked);
  useLive(["evaluations"], [asked.queryKey]);
  const [baseline, ...others] = runs.slice(0, pairsShown + 1);
  const models = useQueries({ queries: runs.slice(0, pairsShown + 1).map((run) => trpc.experiments.listModelsOfRun.queryOptions({ project, runId: run.id })) });
  if (!baseline || !data) return null;
  const canBeJudged = models.some((query) => query.data?.some(({ status }) => status === "LOGGED_MODEL_READY")) || runs.some((run) => ofRun(data.evaluations, run).length > 0);
  if (!canBeJudged) return null;
  return (
    <Section title="Is a difference real?" description="Both models are evaluated on the same examples, with an interval around the difference." flush className="mt-4">
      <ul>
        {others.map((candidate) => (
          <Pair key={candidate.id} project={project} baseline={baseline} candidate={candidate} evaluations={data.evaluations} />
        ))}
      </ul>
    </Section>
  );
}
