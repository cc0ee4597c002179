"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { Section } from "@/components/ui/layout/section";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { VersionView } from "@/server/domains/models/contract";

/** The evaluation that the gate of a version stands on. */
export type GateQuestion = { version: number; suite: string; loggedModelId: string; datasetId: string };
export type EvaluateForGate = (question: GateQuestion) => ReactNode;

/** Null where the version can't be evaluated for its gate. */
export function gateQuestion({ version, loggedModelId, datasetId }: VersionView, suite: string): GateQuestion | null {
  return loggedModelId !== null && datasetId !== null ? { version, suite, loggedModelId, datasetId } : null;
}

type Props = {
  project: string;
  version: VersionView;
  suite: string;
  judge: ReactNode;
  evaluate: EvaluateForGate;
};

/** Why a version can't be judged at all; null when it can. */
function obstacleOf({ loggedModelId, datasetId }: VersionView): string | null {
  if (loggedModelId === null)
    return "It names no logged model, and evaluations are of logged models. Register it from its run.";
  if (datasetId === null)
    return "It names no dataset: its run logged none as its input. Register it with the one it was trained on.";
  return null;
}

/** The next step towards a verdict: evaluate it, or let the gate judge. */
export function UnjudgedGate({ project, version, suite, judge, evaluate }: Props) {
  const trpc = useTRPC();
  const { loggedModelId, datasetId } = version;
  const asked = trpc.evaluations.listEvaluations.queryOptions(
    { project, suite, loggedModelId, datasetId, limit: 1 },
    { enabled: loggedModelId !== null && datasetId !== null },
  );
  const { data } = useQuery(asked);
  const askedOpen = trpc.evaluations.listEvaluationRequests.queryOptions({ project }, { enabled: loggedModelId !== null });
  const { data: open } = useQuery(askedOpen);
  useLive(["evaluations", "operations"], [asked.queryKey, askedOpen.queryKey]);
  const obstacle = obstacleOf(version);
  const known = data?.evaluations[0];
  const question = gateQuestion(version, suite);
  const underWay = open?.requests.find(
    (request) =>
      request.state !== "failed" &&
      request.suite.name === suite &&
      request.model.id === loggedModelId &&
      request.dataset.id === datasetId,
  );
  return (
    <Section id="gate" title="Gate" actions={known ? judge : !underWay && question && evaluate(question)}>
      <p className="text-muted">
        Version {version.version} has not been judged.{" "}
        {obstacle ??
          (known ? (
            <>
              It was{" "}
              <InlineLink className="underline" href={`/${project}/evaluations/${known.id}`}>
                evaluated by suite {known.suite.name} v{known.suite.version}
              </InlineLink>{" "}
              <RelativeTime at={known.createdAt} />: let the gate judge it.
            </>
          ) : underWay ? (
            <>
              It is{" "}
              <InlineLink className="underline" href={`/${project}/evaluations/${underWay.id}`}>
                being evaluated by suite {underWay.suite.name} v{underWay.suite.version}
              </InlineLink>
              ; then the gate can judge it.
            </>
          ) : (
            `It has no evaluation by suite ${suite} on the dataset it was trained on yet.`
          ))}
      </p>
    </Section>
  );
}
