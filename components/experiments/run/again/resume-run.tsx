"use client";

import { useState } from "react";
import { formatBytes } from "@/components/ui/format/format-bytes";
import { formatAbsolute } from "@/components/ui/format/format-time";
import { Field } from "@/components/ui/forms/field";
import { Select } from "@/components/ui/forms/select";
import { ConfirmDialog } from "@/components/ui/overlays/confirm-dialog";
import type { Checkpoint } from "@/server/domains/experiments/contract/again/resume-repeat";
import type { RunDetail } from "@/server/domains/experiments/contract/run";
import { messageOf } from "../../failure";
import { useRunChange } from "../use-run-change";

export type ResumeRunProps = { project: string; run: RunDetail; checkpoints: readonly Checkpoint[]; open: boolean; onOpenChange: (open: boolean) => void };

const wordsOf = ({ path, files, bytes, at }: Checkpoint, index: number) =>
  `${path} · ${files > 1 ? `${files} files, ` : ""}${formatBytes(bytes)} · ${formatAbsolute(at)}${index === 0 ? " (newest)" : ""}`;

export function ResumeRun({ project, run, checkpoints, open, onOpenChange }: ResumeRunProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const ref = { project, runId: run.id };
  const resume = useRunChange(
    ref,
    (client) => client.experiments.resumeRun.mutate({ ...ref, checkpoint: chosen ?? checkpoints[0]?.path ?? null }),
    ({ checkpoint }) => `Resumed from ${checkpoint}`,
    () => onOpenChange(false),
  );
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      verb="Resume"
      name={run.name}
      consequence="The same run goes on in a new job with the same code, packages and inputs. Its script finds the checkpoint's path in SLIPWAY_CHECKPOINT; what it logs again takes the place of the old curve from there on."
      error={resume.error ? messageOf(resume.error) : undefined}
      onConfirm={() => resume.mutateAsync().then(() => undefined, () => undefined)}
    >
      <Field label="Checkpoint">
        {(control) => (
          <Select
            {...control}
            value={chosen ?? checkpoints[0]?.path ?? ""}
            onChange={(event) => setChosen(event.target.value)}
            options={checkpoints.map((checkpoint, index) => ({ value: checkpoint.path, label: wordsOf(checkpoint, index) }))}
          />
        )}
      </Field>
    </ConfirmDialog>
  );
}
