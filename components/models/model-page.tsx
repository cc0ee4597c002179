"use client";

import { useSuspenseQueries } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { parseAsInteger, useQueryState } from "nuqs";
import type { ReactNode } from "react";
import { PageCrumbs } from "@/components/shell/crumbs/page-crumbs";
import { useTRPC } from "@/components/trpc/client";
import { useLive } from "@/components/trpc/live";
import { useMay } from "@/components/trpc/use-may";
import { Button } from "@/components/ui/actions/button";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { Notice } from "@/components/ui/feedback/notice";
import { PageHeader } from "@/components/ui/layout/page-header";
import { SectionNav } from "@/components/ui/layout/section-nav";
import type { ModelView, VersionView } from "@/server/domains/models/contract";
import { GateRules } from "./gate/gate-rules";
import { GateVerdict } from "./gate/gate-verdict";
import { type EvaluateForGate, gateQuestion, UnjudgedGate } from "./gate/unjudged-gate";
import { useJudging } from "./gate/use-judging";
import { Ledger } from "./ledger";
import { LiveVersion } from "./live-version";
import { chooseVersion } from "./live-words";
import { useModelFacts } from "./model-facts";
import { ModelActions, promotionObstacle } from "./promotion/model-actions";
import { PromotionList } from "./promotion/promotion-list";
import { WaitingPromotions } from "./promotion/waiting-promotions";
import { useVersion } from "./use-version";
import { VersionList } from "./version-list";

// Below the fold, and with the request's schemas: it comes after first paint.
const TryPanel = dynamic(() => import("./try/try-panel").then((module) => module.TryPanel));

export type ModelPageProps = { project: string; name: string; origin: string; now: number; evaluate: EvaluateForGate; watch: ReactNode };

function sectionsOf(model: ModelView, version: VersionView | null, isLive: boolean, hasLedger: boolean) {
  return [
    ...(isLive ? [{ id: "live", label: "Live" }] : []),
    ...(version && model.suite !== null ? [{ id: "gate", label: "Gate" }] : []),
    { id: "versions", label: "Versions" },
    { id: "promotions", label: "Promotions" },
    ...(hasLedger ? [{ id: "ledger", label: "Ledger" }] : []),
    { id: "try", label: "Try it" },
    { id: "rules", label: "Rules" },
  ];
}

type GateProps = { project: string; model: ModelView; version: VersionView } & Pick<ModelPageProps, "evaluate">;

/** The verdict on the chosen version, or the next step towards one. */
function Gate({ project, model, version, evaluate }: GateProps) {
  const mayJudge = useMay(project, "member");
  const judging = useJudging(project, model.name);
  const [, choose] = useQueryState("version", parseAsInteger);
  if (model.suite === null) return null;
  const isChampion = version.aliases.includes("champion");
  // A refused one is no longer what the page opens on: who had it judged still reads why.
  const ask = () => {
    void choose(version.version);
    judging.mutate(version.version);
  };
  const judge = mayJudge && !isChampion && (
    <Button size="sm" pending={judging.isPending} onClick={ask}>
      {version.verdict ? "Judge again" : `Let the gate judge v${version.version}`}
    </Button>
  );
  const question = gateQuestion(version, model.suite);
  const obstacle = version.verdict && !isChampion ? promotionObstacle(model, version) : null;
  return (
    <div className="grid gap-2">
      {judging.error && (
        <Notice tone="failed" action={question && evaluate(question)}>
          {judging.error.message}
        </Notice>
      )}
      {obstacle && <Notice tone="warning">{obstacle}.</Notice>}
      {version.verdict ? (
        <GateVerdict project={project} view={version.verdict} datasetId={version.datasetId} actions={judge} />
      ) : (
        <UnjudgedGate project={project} version={version} suite={model.suite} judge={judge} evaluate={evaluate} />
      )}
    </div>
  );
}

export function ModelPage({ project, name, origin, now, evaluate, watch }: ModelPageProps) {
  const trpc = useTRPC();
  const [wanted] = useQueryState("version", parseAsInteger);
  const queries = [
    trpc.models.getModel.queryOptions({ project, name }),
    trpc.models.listVersions.queryOptions({ project, name }),
    trpc.models.listPromotions.queryOptions({ project, name }),
    trpc.models.listLedger.queryOptions({ project, name }),
    // The newest of all aliases may hold none of the champion's.
    trpc.models.listLedger.queryOptions({ project, name, alias: "champion" }),
  ] as const;
  const [{ data: model }, { data: page }, { data: promotions }, { data: ledger }, { data: champions }] = useSuspenseQueries({ queries });
  useLive(
    [`model:${name}`],
    queries.map((query) => query.queryKey),
  );
  const facts = useModelFacts(project, model, now);
  const champion = model.aliases.find((item) => item.alias === "champion")?.version ?? null;
  const live = useVersion(project, name, champion, page.versions).version;
  const asked = useVersion(project, name, wanted, page.versions);
  const version = asked.state === "coming" ? null : (asked.version ?? chooseVersion(page.versions, live));
  const servable = page.versions
    .filter(({ notServable, signature }) => notServable === null && signature !== null)
    .map((item) => item.version);
  const newest = page.versions[0] ?? null;
  return (
    <>
      <PageCrumbs crumbs={[{ label: model.name }]} />
      <PageHeader
        title={model.name}
        description={model.description}
        facts={[...facts, { label: "Monitor", value: watch }]}
        actions={<ModelActions project={project} model={model} version={version} champions={champions} />}
        tabs={<SectionNav sections={sectionsOf(model, version, live !== null, ledger.length > 0)} />}
      />
      <div className="grid gap-4">
        <WaitingPromotions project={project} promotions={promotions} />
        {live && <LiveVersion project={project} model={model} champion={live} newest={newest && newest.version > live.version ? newest : null} />}
        {asked.state === "failed" && (
          <Notice tone="failed" action={<Button size="sm" onClick={asked.retry}>Try again</Button>}>
            Version {wanted} could not be read.{version && ` This is v${version.version}.`}
          </Notice>
        )}
        {asked.state === "missing" && <Notice tone="warning">{model.name} has no version {wanted}.{version && ` This is v${version.version}.`}</Notice>}
        {newest === null && version === null && (
          <EmptyState title="It has no version yet">
            Register one from the page of a run that logged a model.
          </EmptyState>
        )}
        {version && (
          <Gate key={version.version} project={project} model={model} version={version} evaluate={evaluate} />
        )}
        <VersionList project={project} model={name} newest={page} chosen={version?.version ?? null} />
        <PromotionList project={project} promotions={promotions} />
        <Ledger entries={ledger} now={now} />
        <TryPanel
          project={project}
          name={name}
          description={model.description}
          origin={origin}
          champion={champion}
          servable={servable}
        />
        <GateRules project={project} model={model} />
      </div>
    </>
  );
}
