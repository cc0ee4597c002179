"use client";

import { useSuspenseQueries } from "@tanstack/react-query";
import { parseAsInteger, useQueryState } from "nuqs";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { PageHeader } from "@/components/ui/layout/page-header";
import { Section } from "@/components/ui/layout/section";
import { CodeTabs } from "@/components/ui/text/code-tabs";
import { RelativeTime } from "@/components/ui/text/relative-time";
import type { ModelView, VersionView } from "@/server/domains/models/contract";
import { GateVerdict } from "./gate-verdict";
import { Ledger } from "./ledger";
import { ModelActions } from "./model-actions";
import { PromotionList } from "./promotion-list";
import { requestSnippets } from "./request-snippets";
import { VersionList } from "./version-list";

type ModelPageProps = { project: string; name: string; origin: string; now: number };

function factsOf(model: ModelView) {
  const champion = model.aliases.find((item) => item.alias === "champion");
  const modes = { person: "another person approves", owner_alone: "an owner may approve alone", policy: "the gate's verdict approves" };
  return [
    { label: "Champion", value: champion ? <>v{champion.version} since <RelativeTime at={champion.since} /></> : "none yet" },
    { label: "Other aliases", value: model.aliases.filter((item) => item.alias !== "champion").map((item) => `${item.alias} v${item.version}`).join(", ") || "none" },
    { label: "Gate", value: model.suite ? `suite ${model.suite}` : "none" },
    { label: "Approval", value: modes[model.approval] },
    { label: "Features from", value: model.service ?? "the request" },
  ];
}

function chooseVersion(versions: readonly VersionView[], wanted: number | null): VersionView | null {
  return versions.find((version) => version.version === wanted) ?? versions[0] ?? null;
}

export function ModelPage({ project, name, origin, now }: ModelPageProps) {
  const trpc = useTRPC();
  const [wanted] = useQueryState("version", parseAsInteger);
  const queries = [
    trpc.models.getModel.queryOptions({ project, name }),
    trpc.models.listVersions.queryOptions({ project, name }),
    trpc.models.listPromotions.queryOptions({ project, name }),
    trpc.models.listLedger.queryOptions({ project, name }),
  ] as const;
  const [{ data: model }, { data: page }, { data: promotions }, { data: ledger }] = useSuspenseQueries({ queries });
  useLive([`model:${name}`], queries.map((query) => query.queryKey));
  const version = chooseVersion(page.versions, wanted);
  return (
    <>
      <PageHeader
        title={model.name}
        description={model.description}
        facts={factsOf(model)}
        actions={<ModelActions project={project} model={model} version={version} ledger={ledger} />}
      />
      <div className="grid gap-4">
        {version === null && <EmptyState title="It has no version yet">Register one from a run's model, or with a script.</EmptyState>}
        {version?.verdict && <GateVerdict view={version.verdict} />}
        {version && !version.verdict && model.suite && (
          <Section title="Gate">
            <p className="text-muted">Version {version.version} has not been judged. Evaluate it on the suite {model.suite}, then judge it.</p>
          </Section>
        )}
        <VersionList project={project} model={name} versions={page.versions} chosen={version?.version ?? null} />
        <PromotionList project={project} promotions={promotions} />
        <Ledger entries={ledger} now={now} />
        {version?.signature && (
          <Section title="Ask it" description={`The champion answers at /v2/models/${name}/infer (Open Inference Protocol).`}>
            <CodeTabs label="How to ask" snippets={requestSnippets(origin, name, version.signature)} />
          </Section>
        )}
      </div>
    </>
  );
}
