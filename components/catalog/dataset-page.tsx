"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useQueryState } from "nuqs";
import { PageCrumbs } from "@/components/shell/crumbs/page-crumbs";
import { useTRPC } from "@/components/trpc/client";
import { Notice } from "@/components/ui/feedback/notice";
import { Select } from "@/components/ui/forms/select";
import { formatBytes } from "@/components/ui/format/format-bytes";
import { formatDuration } from "@/components/ui/format/format-duration";
import { formatCount, formatPercent } from "@/components/ui/format/format-number";
import { PageHeader } from "@/components/ui/layout/page-header";
import { Section } from "@/components/ui/layout/section";
import { CopyableId } from "@/components/ui/text/copyable-id";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { DatasetView } from "@/server/domains/catalog/contract/catalog";
import { DatasetLineage } from "./dataset-lineage";
import { FeatureDetail } from "./feature-detail";
import { SkewCheck } from "./skew/skew-check";
import { joinWords } from "./skew/skew-words";

function Splits({ dataset }: { dataset: DatasetView }) {
  return (
    <Section title="Splits" flush>
      <ul className="text-table tabular-nums">
        {dataset.splits.map((split) => (
          <li key={split.name} className="flex flex-wrap gap-x-4 border-line border-b px-3 py-1.5 last:border-b-0">
            <span className="w-32">{split.name}</span>
            <span className="w-28 text-right">{formatCount(split.rows)} rows</span>
            <span className="w-28 text-right">{split.rows > 0 ? formatPercent(split.positives / split.rows, 1) : "–"} positive</span>
            <span className="text-muted">{split.from} – {split.to}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Until when a temporary one stays, or since when its content is gone. */
function Retention({ dataset, isUsed }: { dataset: DatasetView; isUsed: boolean }) {
  if (dataset.purgedAt) {
    return (
      <Notice tone="warning">
        Its content is gone: it was built as temporary, nothing used it, and it was purged <RelativeTime at={dataset.purgedAt} />. What is below was measured before. Building {dataset.name} again from the same inputs brings its rows back.
      </Notice>
    );
  }
  if (!dataset.temporaryUntil) return null;
  return (
    <Notice>
      {isUsed ? "Temporary: it is kept for as long as a run, an evaluation, a model's version or a monitor uses it." : <>Temporary, and nothing uses it: it is purged <RelativeTime at={dataset.temporaryUntil} />, unless a run, an evaluation, a model's version or a monitor uses it by then, or it is built again.</>}
    </Notice>
  );
}

export function DatasetPage({ project, datasetId }: { project: string; datasetId: string }) {
  const trpc = useTRPC();
  const [chosen, choose] = useQueryState("feature");
  const { data: dataset } = useSuspenseQuery(trpc.catalog.getDataset.queryOptions({ project, datasetId }));
  const shown = dataset.statistics.find((item) => item.name === chosen) ?? dataset.statistics[0];
  const facts = [
    { label: "Rows", value: formatCount(dataset.rows) },
    { label: "Columns", value: dataset.columns.length },
    { label: "Sample", value: formatPercent(dataset.sampleShare, 0) },
    { label: "Size", value: formatBytes(dataset.bytes) },
    { label: "Content hash", value: <CopyableId id={dataset.blobSha256} shown={12} label="content hash" /> },
    { label: "Built", value: <><RelativeTime at={dataset.createdAt} /> in {formatDuration(dataset.tookMs)} by {dataset.createdBy}</> },
  ];
  return (
    <>
      <PageCrumbs crumbs={[{ label: "Datasets", href: `/${project}/catalog?show=datasets` }, { label: `${dataset.name} v${dataset.version}` }]} />
      <PageHeader title={`${dataset.name} v${dataset.version}`} description={joinWords(dataset.skew)} facts={facts} />
      <div className="grid gap-4">
        <Retention dataset={dataset} isUsed={dataset.links.some((link) => link.hold && link.to.id === dataset.id)} />
        {dataset.skew && <SkewCheck skew={dataset.skew} />}
        <Splits dataset={dataset} />
        <DatasetLineage project={project} datasetId={datasetId} links={dataset.links} usedBy={dataset.usedBy} />
        {shown && (
          <>
            <Select aria-label="Column" className="max-w-xs" value={shown.name} onChange={(event) => void choose(event.target.value)} options={dataset.statistics.map((item) => ({ value: item.name, label: item.name }))} />
            <FeatureDetail statistics={shown} description="As it stands in this dataset, all splits together." unit="" dtype={dataset.columns.find((column) => column.name === shown.name)?.type ?? ""} />
          </>
        )}
      </div>
    </>
  );
}
