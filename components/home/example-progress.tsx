"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { Progress } from "@/components/ui/feedback/progress";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { Disclosure } from "@/components/ui/layout/disclosure";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { Section } from "@/components/ui/layout/section";
import { Elapsed } from "@/components/ui/text/elapsed";
import type { ExampleStep } from "@/server/platform/example/service";

/** A job writes plain text: its numbers get the page's minus. */
export const detailWords = (detail: string) => detail.replace(/(^|[\s[(])-(?=\d)/g, "$1−");

function Step({ project, step }: { project: string; step: ExampleStep }) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-4 py-1.5 last:border-b-0">
      <StateBadge state={step.state === "pending" ? "queued" : step.state} className="w-24" />
      {/* Many links go below the text before they squeeze it. */}
      <div className="flex min-w-0 flex-1 basis-56 flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0 flex-1 basis-56 sm:basis-96">
          {step.title}
          {step.detail && <span className="text-muted"> · {detailWords(step.detail)}</span>}
        </span>
        {step.state === "running" && step.progress !== null && (
          <div className="w-28">
            <Progress label={step.title} value={step.progress} />
          </div>
        )}
        <span className="flex flex-wrap gap-x-2">
          {step.links.map((link) => (
            <InlineLink key={link.href} href={`/${project}${link.href}`}>
              {link.label}
            </InlineLink>
          ))}
        </span>
      </div>
      <span className="ml-auto text-right text-muted tabular-nums sm:w-20">
        {step.startedAt && <Elapsed from={step.startedAt} to={step.finishedAt ?? undefined} />}
      </span>
    </li>
  );
}

const isPast = (step: ExampleStep) => step.state === "succeeded" || step.state === "skipped";

type StepsProps = { project: string; steps: readonly ExampleStep[] };

function Steps({ project, steps }: StepsProps) {
  return (
    <ul>
      {steps.map((step) => (
        <Step key={step.name} project={project} step={step} />
      ))}
    </ul>
  );
}

function Folded({ project, steps, word }: StepsProps & { word: string }) {
  if (steps.length === 0) return null;
  return (
    <Disclosure className="px-4" summary={`${steps.length} ${steps.length === 1 ? "step" : "steps"} ${word}`}>
      <Steps project={project} steps={steps} />
    </Disclosure>
  );
}

/** While it goes: what runs and what was done last; the rest folded, so that what needs you stays in view. */
function StepsUnderway({ project, steps }: StepsProps) {
  const past = steps.filter(isPast);
  const waiting = steps.filter((step) => step.state === "pending");
  const now = steps.filter((step) => !isPast(step) && step.state !== "pending");
  return (
    <div className="divide-y divide-line">
      <Folded project={project} steps={past.slice(0, -1)} word="done" />
      <Steps project={project} steps={[...past.slice(-1), ...now]} />
      <Folded project={project} steps={waiting} word="to come" />
    </div>
  );
}

/** The example's pipeline as its job reports it. While it goes it stands on top of Home; once `done`, below what needs you. */
export function ExampleProgress({ project, done: wantsDone }: { project: string; done: boolean }) {
  const trpc = useTRPC();
  const options = trpc.platform.getExample.queryOptions({ project });
  const { data } = useQuery(options);
  useLive(["example"], [options.queryKey]);
  if (!data || data.state === "none" || (data.state === "succeeded") !== wantsDone) return null;
  const done = data.steps.filter(isPast).length;
  const title =
    data.state === "running"
      ? `The example is being made: ${done} of ${data.steps.length} steps`
      : data.state === "failed"
        ? "The example stopped at a step"
        : "The example: will this flight arrive late?";
  return (
    <Section
      title={title}
      description="From real flight records to a monitored champion. Each step links to what it made."
      flush
    >
      {wantsDone ? (
        <Steps project={project} steps={data.steps} />
      ) : (
        <StepsUnderway project={project} steps={data.steps} />
      )}
    </Section>
  );
}
