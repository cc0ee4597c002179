import type { ReactNode } from "react";
import { Ruler } from "@/components/charts/intervals/ruler";
import { StateBadge } from "@/components/ui/feedback/state-badge";
import { formatCount } from "@/components/ui/format/format-number";
import { formatP, formatSigned } from "@/components/ui/format/format-difference";
import { Disclosure } from "@/components/ui/layout/disclosure";
import { InlineLink } from "@/components/ui/layout/inline-link";
import { ColumnHeads } from "@/components/ui/layout/column-heads";
import { ScrollRegion } from "@/components/ui/layout/scroll-region";
import { Section } from "@/components/ui/layout/section";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { VerdictView } from "@/server/domains/models/contract";
import { decidedByWords, evidenceWords, verdictSentence } from "./verdict-words";

type Check = VerdictView["verdict"]["checks"][number];
type Slice = VerdictView["verdict"]["slices"][number];

const titles: Record<Check["name"], string> = {
  overall: "Better overall",
  slices: "Harms no slice",
  calibration: "Calibrated",
  discrimination: "Tells apart",
  base_rate: "Beats the base rate",
  skew: "Online equals offline",
};

/** A limit that a value must stay under; discrimination (AUC) must reach its limit instead. */
const passWhen = (name: Check["name"]) => (name === "discrimination" ? "above" : "below");

/** The number judged against its limit: on the interval's end for a difference, on the value itself elsewhere. Verdicts made before estimates were kept have the value alone. */
function CheckRuler({ check: { name, value, limit, estimate, passed } }: { check: Check }) {
  if (value === null || limit === null || name === "slices") return <span />;
  const shown = estimate?.value ?? value;
  return (
    <Ruler
      label={titles[name]}
      estimate={shown}
      low={estimate?.low}
      high={estimate?.high}
      threshold={limit}
      passWhen={passWhen(name)}
      passes={passed}
      signed={name === "overall"}
    />
  );
}

/** Where the evidence of the skew check stands; a version registered without a dataset has none. */
const skewHref = (project: string, datasetId: string | null) =>
  datasetId === null ? null : `/${project}/catalog/datasets/${datasetId}#skew`;

function CheckRow({ check, href }: { check: Check; href: string | null }) {
  return (
    <li className="grid gap-x-4 gap-y-1 border-line border-b px-4 py-2.5 last:border-b-0 md:grid-cols-[10rem_7rem_minmax(0,1fr)_16rem] md:items-center">
      <span className="font-medium">
        {href === null ? titles[check.name] : <InlineLink href={href}>{titles[check.name]}</InlineLink>}
      </span>
      <StateBadge state={check.passed ? "succeeded" : "refused"} word={check.passed ? "Passed" : "Refused"} />
      <span className="text-muted">{check.reason}</span>
      <CheckRuler check={check} />
    </li>
  );
}

/** A difference that can't be told from none is neither good news nor bad. */
const lookOf = (slice: Slice) =>
  slice.refuses ? "failed" : slice.word === "better" ? "succeeded" : slice.word === "worse" ? "warning" : "cancelled";

const wordOf = (slice: Slice) =>
  slice.finding === "too_little_evidence"
    ? "too little evidence"
    : slice.refuses
      ? "harmed"
      : slice.word.replaceAll("_", " ");

/** Its own interval speaks, but not once all slices that were looked at count: the row says so. */
const shownWordOf = (slice: Slice) =>
  slice.word === "not_distinguishable" && !slice.refuses && slice.upperEnd !== null && slice.upperEnd < 0
    ? `${wordOf(slice)} after Holm`
    : wordOf(slice);

const harmLeft = (upper: number | null) =>
  upper === null ? "any" : upper > 0 ? `up to ${formatSigned(upper, 4)}` : "none";

function SliceRows({ slices }: { slices: readonly Slice[] }) {
  const sorted = [...slices].sort(
    (a, b) => (b.difference ?? Number.NEGATIVE_INFINITY) - (a.difference ?? Number.NEGATIVE_INFINITY),
  );
  return (
    <ScrollRegion label="The harm test, slice by slice" className="-ml-5">
      <table className="w-full text-table">
        <caption className="sr-only">The harm test, slice by slice, worst change first</caption>
        <ColumnHeads
          titles={["Slice", "Finding", "Δ log-loss", "Harm not ruled out", "p of harm (Holm)", "Rows", "Clusters"]}
          words={["Finding"]}
        />
        <tbody className="tabular-nums">
          {sorted.map((slice) => (
            <tr key={`${slice.slice.name} ${slice.slice.label}`} className="h-8 border-line border-b last:border-b-0">
              <th scope="row" className="px-3 text-left font-normal">
                {slice.slice.name} {slice.slice.label}
              </th>
              <td className="px-3">
                <StateBadge state={lookOf(slice)} word={shownWordOf(slice)} />
              </td>
              <td className="px-3 text-right">{slice.difference === null ? "–" : formatSigned(slice.difference, 4)}</td>
              <td className="px-3 text-right">{harmLeft(slice.upperEnd)}</td>
              <td className="px-3 text-right">{slice.adjustedP === null ? "–" : formatP(slice.adjustedP)}</td>
              <td className="px-3 text-right">{formatCount(slice.support.rows)}</td>
              <td className="px-3 text-right">{slice.support.clusters ?? "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** All of them in a line: how many refuse, are worse, better, or open. */
function sliceSummary(slices: readonly Slice[]): string {
  const counts = new Map<string, number>();
  for (const slice of slices) counts.set(wordOf(slice), (counts.get(wordOf(slice)) ?? 0) + 1);
  return `${slices.length} gated slices: ${[...counts].map(([word, n]) => `${n} ${word}`).join(", ")}`;
}

type GateVerdictProps = { project: string; view: VerdictView; datasetId: string | null; actions?: ReactNode };

export function GateVerdict({ project, view, datasetId, actions }: GateVerdictProps) {
  const skew = view.verdict.checks.some((check) => check.name === "skew") ? skewHref(project, datasetId) : null;
  return (
    <Section
      id="gate"
      title={
        <span className="flex items-center gap-2">
          Gate of v{view.version}{" "}
          <StateBadge
            state={view.outcome === "passed" ? "succeeded" : "refused"}
            word={view.outcome === "passed" ? "Passed" : "Refused"}
          />
        </span>
      }
      description={
        <>
          {verdictSentence(view)} {decidedByWords(view)}{" "}
          <span className="text-faint">
            Judged <RelativeTime at={view.createdAt} /> by suite {view.suite} v{view.suiteVersion}.
          </span>
        </>
      }
      actions={actions}
      flush
    >
      <ul>
        {view.verdict.checks.map((check) => (
          <CheckRow key={check.name} check={check} href={check.name === "skew" ? skew : null} />
        ))}
      </ul>
      {view.verdict.slices.length > 0 && (
        <Disclosure
          key={view.id}
          summary={sliceSummary(view.verdict.slices)}
          open={view.verdict.slices.some((slice) => slice.refuses)}
          className="px-4 py-1"
        >
          <p className="max-w-prose py-1.5 text-label text-muted">
            p of harm asks one thing only, is the candidate worse here, and is adjusted by Holm for all gated slices that
            are judged: near 1 where it is as good or better. Harm not ruled out is each slice's own 95% upper end, not
            adjusted: a slice can stand below 0 there and still not be distinguishable.
          </p>
          <SliceRows slices={view.verdict.slices} />
        </Disclosure>
      )}
      <p className="border-line border-t px-4 py-2 text-label text-muted">
        Intervals: {evidenceWords(view)} Evidence:{" "}
        <InlineLink className="underline" href={`/${project}/evaluations/${view.evaluationId}`}>
          the evaluation
        </InlineLink>
        {view.comparisonId && (
          <>
            ,{" "}
            <InlineLink className="underline" href={`/${project}/evaluations/compare/${view.comparisonId}`}>
              the comparison with the champion
            </InlineLink>
          </>
        )}
        {skew !== null && (
          <>
            ,{" "}
            <InlineLink className="underline" href={skew}>
              {view.skewCheckId === null ? "the dataset" : "the dataset's skew check"}
            </InlineLink>
          </>
        )}
        .
      </p>
    </Section>
  );
}
