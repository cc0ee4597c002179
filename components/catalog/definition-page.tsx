"use client";

import { useMutation, useQuery, useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useQueryState } from "nuqs";
import { PageCrumbs } from "@/components/shell/crumbs/page-crumbs";
import { useTRPC } from "@/components/trpc/client";
import { useMay } from "@/components/trpc/use-may";
import { useLive } from "@/components/trpc/live";
import { cn } from "@/components/ui/class-names";
import { Button } from "@/components/ui/actions/button";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { notify } from "@/components/ui/feedback/notify";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { formatDuration } from "@/components/ui/format/format-duration";
import { formatCount, formatPercent } from "@/components/ui/format/format-number";
import { formatAbsolute } from "@/components/ui/format/format-time";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { PageHeader } from "@/components/ui/layout/page-header";
import { Section } from "@/components/ui/layout/section";
import { CodeBlock } from "@/components/ui/text/code-block";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { DefinitionView } from "@/server/domains/catalog/contract/catalog";
import { FeatureDetail } from "./feature-detail";
import { championsOf } from "./feature-rows";
import { FeatureSnippets } from "./feature-snippets";
import { Findings } from "./findings";
import { Lineage } from "./lineage";
import { TrustLine } from "./trust-line";

type Kind = "source" | "feature_view";

function fieldsOf({ definition }: DefinitionView) {
  if (definition.kind === "feature_view") return definition.features;
  return definition.kind === "source" ? definition.columns : [];
}

function factsOf(view: DefinitionView) {
  const { definition, material, online } = view;
  const made = material
    ? [
        { label: "Rows", value: formatCount(material.rows) },
        { label: "Computed", value: <><RelativeTime at={material.madeAt} /> in {formatDuration(material.tookMs)}</> },
        ...(material.lastEventTime ? [{ label: "Data until (stream)", value: formatAbsolute(material.lastEventTime, "UTC") }] : []),
      ]
    : [{ label: "Rows", value: "no data yet" }];
  const viewFacts = definition.kind === "feature_view" ? [{ label: "Entity", value: definition.entity }, { label: "TTL", value: formatDuration(definition.ttl * 1_000) }] : [];
  const onlineFacts = definition.kind === "feature_view" ? [{ label: "Online until (stream)", value: online?.watermark ? formatAbsolute(online.watermark, "UTC") : "not written yet" }] : [];
  return [...viewFacts, ...made, ...onlineFacts, { label: "Owner", value: definition.owner || "not set" }, { label: "Version", value: `${view.version}, by ${view.appliedBy}` }];
}

function ComputeButton({ project, view }: { project: string; view: DefinitionView }) {
  const trpc = useTRPC();
  const mayCompute = useMay(project, "member");
  const handlers = { onSuccess: () => notify.success("Computing; progress shows here."), onError: (error: { message: string }) => notify.error("It could not start", { description: error.message }) };
  const materialize = useMutation(trpc.catalog.materializeView.mutationOptions(handlers));
  const compute = useMutation(trpc.catalog.computeSource.mutationOptions(handlers));
  if (!mayCompute) return null;
  if (view.kind === "feature_view") return <Button pending={materialize.isPending} onClick={() => materialize.mutate({ project, name: view.name })}>Compute again</Button>;
  if (view.sqlText === null) return null;
  return <Button pending={compute.isPending} onClick={() => compute.mutate({ project, name: view.name })}>Compute again</Button>;
}

function entityKeyOf(entities: readonly DefinitionView[] | undefined, entity: string): string {
  const found = entities?.find((item) => item.name === entity)?.definition;
  return found?.kind === "entity" ? found.key : entity;
}

export function DefinitionPage({ project, kind, name, origin }: { project: string; kind: Kind; name: string; origin: string }) {
  const trpc = useTRPC();
  const [chosen] = useQueryState("feature");
  const options = trpc.catalog.getDefinition.queryOptions({ project, kind, name });
  const { data: view } = useSuspenseQuery(options);
  useLive([`${kind}:${name}`, "catalog", "operations"], [options.queryKey]);
  const fields = fieldsOf(view);
  const statistics = view.material?.statistics ?? [];
  const shown = statistics.find((item) => item.name === chosen) ?? statistics[0];
  const field = fields.find((item) => item.name === shown?.name);
  /** The page is the feature's own once one is named. */
  const own = kind === "feature_view" && field?.name === chosen ? field : undefined;
  const { operation } = view;
  const { data: models } = useQuery(trpc.models.listModels.queryOptions({ project }));
  const { data: entities } = useQuery(trpc.catalog.listDefinitions.queryOptions({ project, kind: "entity" }));
  const champions = championsOf(models?.models ?? [], view.links.flatMap(({ from }) => (from.kind === "feature_service" ? [from.id] : [])));
  const hasFindings = (view.material?.findings.length ?? 0) > 0;
  const isBusy = operation?.state === "queued" || operation?.state === "running";
  return (
    <>
      <PageCrumbs crumbs={own ? [{ label: view.name, href: `/${project}/catalog/views/${view.name}` }, { label: own.name }] : [{ label: view.name }]} />
      <PageHeader title={own?.name ?? view.name} description={own ? own.description : view.definition.description} facts={own ? [{ label: "Feature view", value: <InlineLink href={`/${project}/catalog/views/${view.name}`}>{view.name}</InlineLink> }, ...factsOf(view)] : factsOf(view)} actions={<ComputeButton project={project} view={view} />}
        state={isBusy ? <StateBadge state="running" word={operation.stage || "queued"} /> : operation?.state === "failed" ? <StateBadge state="failed" reason={operation.error ?? undefined} /> : undefined} />
      <div className="grid gap-4">
        {hasFindings && <Findings findings={view.material?.findings ?? []} />}
        {kind === "feature_view" && shown && <TrustLine project={project} statistics={shown} freshness={view.freshness} skew={view.skew} champions={champions} />}
        {shown && field && <FeatureDetail statistics={shown} title={own ? "Measured over all rows" : undefined} description={own ? undefined : field.description} unit={field.unit} dtype={field.dtype} />}
        {statistics.length === 0 && <EmptyState title="It holds no data yet">Load or compute it; every column is measured then.</EmptyState>}
        {statistics.length > 0 && (
          <Section title={kind === "source" ? "Columns" : "Features"} flush>
            <ul className="text-table">
              {fields.map((item) => {
                const measured = statistics.find((entry) => entry.name === item.name);
                return (
                  <li key={item.name} className={cn("flex flex-wrap gap-x-4 border-line border-b px-3 py-1.5 last:border-b-0", item.name === shown?.name && "bg-well")}>
                    <Link href={`?feature=${item.name}`} scroll={false} className="w-60 break-words text-accent-text hover:underline">{item.name}</Link>
                    <span className="w-20 text-muted">{item.dtype}</span>
                    <span className="w-24 text-muted tabular-nums">{measured && measured.count > 0 ? `${formatPercent(measured.nulls / measured.count, 1)} absent` : ""}</span>
                    <span className="min-w-0 flex-1 basis-60 text-muted">{item.description}</span>
                  </li>
                );
              })}
            </ul>
          </Section>
        )}
        <Lineage project={project} kind={kind} name={name} links={view.links} datasets={view.datasets} champions={champions} />
        {view.sqlText && <Section title="Definition"><CodeBlock title={`${view.name}.sql`} code={view.sqlText} maxHeight="22rem" /></Section>}
        {shown && view.definition.kind === "feature_view" && <FeatureSnippets origin={origin} view={view.name} feature={shown.name} entityKey={entityKeyOf(entities, view.definition.entity)} />}
      </div>
    </>
  );
}
