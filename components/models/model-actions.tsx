"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/actions/button";
import { notify } from "@/components/ui/feedback/notify";
import { Field } from "@/components/ui/forms/field";
import { Textarea } from "@/components/ui/forms/textarea";
import { ConfirmDialog } from "@/components/ui/overlays/confirm-dialog";
import { Dialog } from "@/components/ui/overlays/dialog";
import type { LedgerView, ModelView, VersionView } from "@/server/domains/models/contract";

type ModelActionsProps = { project: string; model: ModelView; version: VersionView | null; ledger: readonly LedgerView[] };

function PromoteDialog({ project, model, version, open, onClose }: { project: string; model: string; version: number; open: boolean; onClose: () => void }) {
  const trpc = useTRPC();
  const [reason, setReason] = useState("");
  const request = useMutation(
    trpc.models.requestPromotion.mutationOptions({
      onSuccess: (made) => {
        const words = { approved: "is champion now", pending: "waits for approval", refused: "was refused by the gate", lapsed: "lapsed" }[made.state];
        (made.state === "refused" || made.state === "lapsed" ? notify.warning : notify.success)(`Version ${made.version} ${words}`);
        onClose();
      },
    }),
  );
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={`Ask to promote version ${version}`}
      description="The gate's verdict goes with it. Another person approves; then it serves."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" pending={request.isPending} onClick={() => request.mutate({ project, name: model, version, reason })}>Ask for promotion</Button>
        </>
      }
    >
      <Field label="Why" optional error={request.error?.message}>
        {(control) => <Textarea {...control} rows={3} value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </Dialog>
  );
}

/** Where a rollback would lead: the newest other version that held the alias. */
function previousChampion(ledger: readonly LedgerView[], current: number | undefined): number | null {
  return ledger.find((entry) => entry.alias === "champion" && entry.version !== current)?.version ?? null;
}

export function ModelActions({ project, model, version, ledger }: ModelActionsProps) {
  const trpc = useTRPC();
  const [isAsking, setIsAsking] = useState(false);
  const [isRollingBack, setIsRollingBack] = useState(false);
  const judge = useMutation(
    trpc.models.judgeVersion.mutationOptions({
      onSuccess: () => notify.success("The gate is judging; the verdict appears here."),
      onError: (error) => notify.error("The gate could not start", { description: error.message }),
    }),
  );
  const rollback = useMutation(
    trpc.models.rollback.mutationOptions({
      onSuccess: (made) => {
        notify.success(`Version ${made.version} is champion again`);
        setIsRollingBack(false);
      },
    }),
  );
  const champion = model.aliases.find((item) => item.alias === "champion")?.version;
  const previous = previousChampion(ledger, champion);
  const canPromote = version !== null && version.version !== champion;
  return (
    <>
      {canPromote && model.suite !== null && <Button pending={judge.isPending} onClick={() => judge.mutate({ project, name: model.name, version: version.version })}>Judge v{version.version}</Button>}
      {canPromote && <Button variant={version.verdict?.outcome === "refused" ? "secondary" : "primary"} onClick={() => setIsAsking(true)}>Promote v{version.version}…</Button>}
      {champion !== undefined && previous !== null && <Button onClick={() => setIsRollingBack(true)}>Roll back to v{previous}…</Button>}
      {version && <PromoteDialog project={project} model={model.name} version={version.version} open={isAsking} onClose={() => setIsAsking(false)} />}
      <ConfirmDialog
        open={isRollingBack}
        onOpenChange={setIsRollingBack}
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
