"use client";

import { useMutation, useSuspenseQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { PageCrumbs } from "@/components/shell/crumbs/page-crumbs";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { useMay } from "@/components/trpc/use-may";
import { Button, ButtonLink } from "@/components/ui/actions/button";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { Notice } from "@/components/ui/feedback/notice";
import { notify } from "@/components/ui/feedback/notify";
import { PageHeader } from "@/components/ui/layout/page-header";
import { BacktestPreview } from "./backtest-preview";
import { checkDraft, type Draft, draftOf } from "./draft";
import { EditorParts } from "./editor-parts";

/** A monitor's rules, limits and owner, with what they would have done on the reference beside them. */
export function MonitorEditor({ project, name }: { project: string; name: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const mayEdit = useMay(project, "member");
  const options = trpc.monitoring.getMonitor.queryOptions({ project, name });
  const { data: monitor } = useSuspenseQuery(options);
  useLive([`monitor:${name}`], [options.queryKey]);
  const [draft, setDraft] = useState(() => draftOf(monitor.definition));
  // The page reads the monitor again while it is edited: what is held against it is what the draft began from.
  const [since, setSince] = useState(monitor.updatedAt);
  // The model may have another name since the monitor was applied.
  const checked = useMemo(() => checkDraft({ ...monitor.definition, model: monitor.model }, draft), [monitor, draft]);
  const apply = useMutation(
    trpc.monitoring.applyMonitor.mutationOptions({
      onSuccess: ({ change, operationId }) => {
        notify.success(change === "unchanged" ? "Nothing changed" : "The monitor is saved", { description: operationId === null ? undefined : "Its limits are calibrated anew; windows that were judged stay judged." });
        router.push(`/${project}/monitoring/${name}`);
      },
    }),
  );
  const faultOf = (path: string) => (checked.ok ? undefined : checked.faults.find((fault) => fault.path === path)?.message);
  const part = { draft, faultOf, change: (change: Partial<Draft>) => setDraft((known) => ({ ...known, ...change })) };
  function startAnew() {
    setDraft(draftOf(monitor.definition));
    setSince(monitor.updatedAt);
    apply.reset();
  }
  return (
    <>
      <PageCrumbs crumbs={[{ label: name, href: `/${project}/monitoring/${name}` }, { label: "Edit" }]} />
      <PageHeader
        title={`Edit ${name}`}
        description={`Watches ${monitor.model} against ${monitor.definition.reference.dataset}, ${monitor.definition.reference.from} to ${monitor.definition.reference.to}.`}
        actions={<><ButtonLink href={`/${project}/monitoring/${name}`}>Cancel</ButtonLink>{mayEdit && <Button variant="primary" disabled={!checked.ok} pending={apply.isPending} onClick={() => checked.ok && apply.mutate({ project, ...checked.definition, unlessChangedSince: since.toISOString() })}>Save</Button>}</>}
      />
      {monitor.updatedAt > since && (
        <Notice tone="warning" className="mb-4" action={<Button size="sm" onClick={startAnew}>Begin anew from it</Button>}>
          {monitor.appliedBy} saved this monitor since you began: yours would overwrite that.
        </Notice>
      )}
      {apply.error && <Notice tone="failed" className="mb-4">{apply.error.message}</Notice>}
      {mayEdit ? (
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
          <div className="grid gap-4">
            <EditorParts {...part} />
          </div>
          <BacktestPreview project={project} checked={checked} />
        </div>
      ) : (
        <EmptyState title="You may look, not change">Ask an owner of this project for the role of a member. What it watches is on its page.</EmptyState>
      )}
    </>
  );
}
