"use client";

import { useQuery, useSuspenseInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useMemo } from "react";
import { Sparkline } from "@/components/charts/spark/sparkline";
import type { DataColumn } from "@/components/data-table/data-column";
import { DataTable } from "@/components/data-table/data-table";
import { useTableState } from "@/components/data-table/use-table-state";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { useMay } from "@/components/trpc/use-may";
import { ButtonLink } from "@/components/ui/actions/button";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { formatPercent } from "@/components/ui/format/format-number";
import { Input } from "@/components/ui/forms/input";
import { Tabs } from "@/components/ui/layout/tabs";
import { FeatureCard } from "./feature-card";
import { FreshnessBadge } from "./freshness-badge";
import { DefinitionList } from "./definition-list";
import { DatasetList } from "./dataset-list";
import { datasetsAsked } from "./datasets-asked";
import { SkewBadge } from "./skew/skew-badge";
import { type FeatureRow, featureRows, matchesSearch, nullShare } from "./feature-rows";

const sections = ["features", "sources", "datasets"] as const;

const columns: DataColumn<FeatureRow>[] = [
  { key: "name", header: "Feature", fit: { atLeast: 160, atMost: 300 }, cell: (row) => row.name, value: (row) => row.name },
  { key: "description", header: "What it is", fit: { atLeast: 120, atMost: 220 }, cell: (row) => <span data-tip={row.description}>{row.description}{row.unit && <span className="text-faint"> [{row.unit}]</span>}</span>, value: (row) => row.description },
  { key: "entity", header: "Entity", fit: { atLeast: 72, atMost: 140 }, cell: (row) => row.entity, value: (row) => row.entity },
  { key: "dtype", header: "Type", width: 76, optional: true, cell: (row) => row.dtype, value: (row) => row.dtype },
  { key: "distribution", header: "Distribution", width: 106, cell: (row) => (row.statistics?.histogram ? <Sparkline label={`Distribution of ${row.name}`} kind="bars" values={row.statistics.histogram.counts} /> : <span className="text-muted">–</span>) },
  { key: "nulls", header: "Absent", align: "right", width: 66, cell: (row) => (nullShare(row.statistics) === null ? "–" : formatPercent(nullShare(row.statistics) ?? 0, 1)), value: (row) => nullShare(row.statistics) },
  { key: "fresh", header: "Freshness", width: 86, cell: (row) => <FreshnessBadge freshness={row.freshness} />, value: (row) => row.freshness && (row.freshness.isFresh ? "fresh" : "stale") },
  { key: "skew", header: "Online = offline", width: 114, cell: (row) => <SkewBadge share={row.skew} />, value: (row) => row.skew },
  { key: "used", header: "Champions", fit: { atLeast: 84, atMost: 200 }, cell: (row) => row.champions.join(", ") || <span className="text-muted">none</span>, value: (row) => row.champions.join(" ") },
  { key: "owner", header: "Owner", fit: { atLeast: 80, atMost: 200 }, cell: (row) => row.owner || <span className="text-muted">not set</span>, value: (row) => row.owner },
  { key: "view", header: "View", fit: { atLeast: 100, atMost: 260 }, optional: true, cell: (row) => row.view, value: (row) => row.view },
  { key: "services", header: "Services", fit: { atLeast: 90, atMost: 260 }, optional: true, cell: (row) => row.usedBy.join(", ") || <span className="text-muted">none</span>, value: (row) => row.usedBy.join(" ") },
];

const applySnippet = (origin: string) => `export SLIPWAY_TOKEN=slw_…  # Settings → Tokens
curl ${origin}/api/v1/catalog/definitions \\
  -H "Authorization: Bearer $SLIPWAY_TOKEN" -H "Content-Type: application/json" \\
  -d '{"definitions":[{"definition":{"kind":"entity","name":"customer","key":"customer_id"}}]}'`;

function Features({ project, rows, origin }: { project: string; rows: readonly FeatureRow[]; origin: string }) {
  const state = useTableState({});
  const mayMakeToken = useMay(project, "member");
  const [search, setSearch] = useQueryState("find", { defaultValue: "" });
  const found = useMemo(() => rows.filter((row) => matchesSearch(row, search)), [rows, search]);
  return (
    <DataTable
      label="Features"
      columns={columns}
      rows={found}
      rowId={(row) => row.id}
      rowName={(row) => row.name}
      rowHref={(row) => `/${project}/catalog/views/${row.view}?feature=${row.name}`}
      card={(row) => <FeatureCard row={row} />}
      state={state}
      csvName="features"
      filter={<Input type="search" data-filter-input aria-label="Find features" placeholder="Find by name, entity, description" value={search} onChange={(event) => void setSearch(event.target.value || null)} />}
      empty={
        search ? (
          <EmptyState title={`No feature matches “${search}”`}>Search looks at names, views, entities, owners and descriptions.</EmptyState>
        ) : (
          <EmptyState title="No feature is defined yet" action={mayMakeToken && <ButtonLink href={`/${project}/settings/tokens?new=true`}>Make a token</ButtonLink>} snippets={[{ label: "curl", code: applySnippet(origin) }]}>A feature view is SQL over a source, keyed by an entity. Apply definitions with the SDK or the API; the platform computes, measures and serves them.</EmptyState>
        )
      }
    />
  );
}

export function CatalogPage({ project, origin }: { project: string; origin: string }) {
  const trpc = useTRPC();
  const [section] = useQueryState("show", parseAsStringLiteral(sections).withDefault("features"));
  const asked = trpc.catalog.listDefinitions.queryOptions({ project });
  const { data: definitions } = useSuspenseQuery(asked);
  const datasets = useSuspenseInfiniteQuery(trpc.catalog.listDatasets.infiniteQueryOptions(datasetsAsked(project), { getNextPageParam: (page) => page.nextCursor }));
  useLive(["catalog", "datasets", "online"], [asked.queryKey, trpc.catalog.listDatasets.infiniteQueryKey()]);
  const { data: models } = useQuery(trpc.models.listModels.queryOptions({ project }));
  const rows = useMemo(() => featureRows(definitions, models?.models ?? []), [definitions, models]);
  const sources = definitions.filter((item) => item.kind === "source" || item.kind === "feature_view");
  const tab = (key: (typeof sections)[number], label: string, count: number) => ({ key, label, count, href: `/${project}/catalog${key === "features" ? "" : `?show=${key}`}` });
  return (
    <>
      <Tabs label="Catalog" current={section} tabs={[tab("features", "Features", rows.length), tab("sources", "Sources and views", sources.length), tab("datasets", "Datasets", datasets.data.pages[0]?.count ?? 0)]} />
      <div className="mt-4">
        {section === "features" && <Features project={project} rows={rows} origin={origin} />}
        {section === "sources" && <DefinitionList project={project} definitions={sources} />}
        {section === "datasets" && <DatasetList project={project} pages={datasets} />}
      </div>
    </>
  );
}
