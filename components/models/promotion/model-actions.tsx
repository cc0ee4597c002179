"use client";

import { useState } from "react";
import { useMay } from "@/components/trpc/use-may";
import { Button } from "@/components/ui/actions/button";
import type { LedgerView, ModelView, VersionView } from "@/server/domains/models/contract";
import { rollbackTarget } from "@/server/domains/models/rules/rollback-target";
import { PromoteDialog } from "./promote-dialog";
import { RollBack } from "./roll-back";

type ModelActionsProps = { project: string; model: ModelView; version: VersionView | null; /** The champion's entries of the ledger, newest first. */ champions: readonly LedgerView[] };

/** Why a version can't be put forward now; null when it can. */
export function promotionObstacle(model: ModelView, version: VersionView): string | null {
  const champion = model.aliases.find((item) => item.alias === "champion")?.version ?? null;
  if (version.notServable) return `It can't serve: ${version.notServable}`;
  if (model.suite === null) return null;
  if (!version.verdict) return "The gate has not judged it yet";
  if (version.verdict.suite !== model.suite) return "The gate has another suite since it was judged: judge it again";
  return version.verdict.againstVersion === champion ? null : "The champion changed since it was judged: judge it again";
}

export function ModelActions({ project, model, version, champions }: ModelActionsProps) {
  const mayAsk = useMay(project, "member");
  const mayRollBack = useMay(project, "maintainer");
  const [isAsking, setIsAsking] = useState(false);
  const champion = model.aliases.find((item) => item.alias === "champion")?.version;
  const previous = rollbackTarget(champions.toReversed().map(({ version: holder, cause }) => ({ holder, cause })));
  const candidate = mayAsk && version !== null && version.version !== champion ? version : null;
  const obstacle = candidate ? promotionObstacle(model, candidate) : null;
  return (
    <>
      {candidate && (
        <Button variant={candidate.verdict?.outcome === "refused" ? "secondary" : "primary"} disabled={obstacle !== null} data-tip={obstacle ?? undefined} onClick={() => setIsAsking(true)}>
          Promote v{candidate.version}…
        </Button>
      )}
      {mayRollBack && champion !== undefined && previous !== null && <RollBack project={project} model={model} champion={champion} previous={previous} />}
      {candidate && <PromoteDialog project={project} model={model} version={candidate} open={isAsking} onClose={() => setIsAsking(false)} />}
    </>
  );
}
