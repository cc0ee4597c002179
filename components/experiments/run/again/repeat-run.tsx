"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPC } from "@/components/trpc/client";
import { Notice } from "@/components/ui/feedback/notice";
import { KeyValues } from "@/components/ui/layout/key-values";
import { ConfirmDialog } from "@/components/ui/overlays/confirm-dialog";
import { CopyableId } from "@/components/ui/text/copyable-id";
import type { RepeatPlan } from "@/server/domains/experiments/contract/again/resume-repeat";
import type { RunDetail } from "@/server/domains/experiments/contract/run";
import { messageOf } from "../../failure";
import { runHref } from "../../run-identity";

export type RepeatRunProps = { project: string; run: RunDetail; open: boolean; onOpenChange: (open: boolean) => void };

/** Says what will be the same before it is done, or why it can't be. */
export function RepeatRun({ project, run, open, onOpenChange }: RepeatRunProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const { data: plan, error } = useQuery(trpc.experiments.planRepeat.queryOptions({ project, runId: run.id }, { enabled: open }));
  const repeat = useMutation(
    trpc.experiments.repeatRun.mutationOptions({
      onSuccess: ({ runId }) => {
        onOpenChange(false);
        router.push(runHref(project, runId));
      },
    }),
  );
  const problem = repeat.error ?? error;
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      verb="Run again"
      name={run.name}
      consequence="A new run with the same code, packages, data and parameters. Once it has ended, its overview lists what came out different."
      error={problem ? messageOf(problem) : undefined}
      ready={plan !== undefined && plan.hindrances.length === 0}
      onConfirm={() => repeat.mutateAsync({ project, runId: run.id }).then(() => undefined, () => undefined)}
    >
      {plan && <Plan plan={plan} />}
    </ConfirmDialog>
  );
}

function Plan({ plan: { hindrances, notes, same } }: { plan: RepeatPlan }) {
  return (
    <>
      {hindrances.map((why) => (
        <Notice key={why} tone="failed">
          {why}
        </Notice>
      ))}
      {notes.map((note) => (
        <Notice key={note}>{note}</Notice>
      ))}
      {same.length > 0 && <KeyValues items={same.map(({ label, value, isHash }) => ({ label, value: isHash ? <CopyableId id={value} shown={12} label={`Copy the hash of ${label}`} /> : value, mono: true }))} />}
    </>
  );
}
