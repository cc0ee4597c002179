"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useMay } from "@/components/trpc/use-may";
import { Button } from "@/components/ui/actions/button";
import { notify } from "@/components/ui/feedback/notify";
import { ConfirmDialog } from "@/components/ui/overlays/confirm-dialog";
import type { LedgerView, ModelView, VersionView } from "@/server/domains/models/contract";
import { PromoteDialog } from "./promote-dialog";

type ModelActionsProps = { project: string; model: ModelView; version: VersionView | null; ledger: readonly LedgerView[] };

/** Where a rollback would lead: the newest other version that held the alias. */
function previousChampion(ledger: readonly LedgerView[], current: number | undefined): number | null {
  return ledger.find((entry) => entry.alias === "champion" && entry.version !== current)?.version ?? null;
}

function RollBack({ project, model, champion, previous }: { project: string; model: ModelView; champion: number; previous: number }) {
  const trpc = useTRPC();
  const [isOpen, setIsOpen] = useState(false);
  const rollback = useMutation(
    trpc.models.rollback.mutationOptions({
      onSuccess: (made) => {
        notify.success(`Version ${made.version} is champion again`);
        setIsOpen(false);
      },
    }),
  );
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>Roll back to v{previous}…</Button>
      <ConfirmDialog
        open={isOpen}
        onOpenChange={setIsOpen}
        verb="Roll back"
        name={`${model.name} from v${champion} to v${previous}`}
        consequence={`Version ${previous} serves at once. Version ${champion} stays registered and can be promoted again.`}
        danger
        error={rollback.error?.message}
        onConfirm={() => rollback.mutate({ project, name: model.name, reason: "" })}
      />
    </>
  );
}

/** Why a version can't be put forward now; null when it can. */
export function promotionObstacle(model: ModelView, version: VersionView): string | null {
  const champion = model.aliases.find((item) => item.alias === "champion")?.version ?? null;
  if (version.notServable) return `It can't serve: ${version.notServable}`;
  if (model.suite === null) return null;
  if (!version.verdict) return "The gate has not judged it yet";
  return version.verdict.againstVersion === champion ? null : "The champion changed since it was judged: judge it again";
}

export function ModelActions({ project, model, version, ledger }: ModelActionsProps) {
  const mayAsk = useMay(project, "member");
  const mayRollBack = useMay(project, "maintainer");
  const [isAsking, setIsAsking] = useState(false);
  const champion = model.aliases.find((item) => item.alias === "champion")?.version;
  const previous = previousChampion(ledger, champion);
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
