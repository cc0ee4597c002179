"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/actions/button";
import { Notice } from "@/components/ui/feedback/notice";
import { notify } from "@/components/ui/feedback/notify";
import { Field } from "@/components/ui/forms/field";
import { Select } from "@/components/ui/forms/select";
import { Dialog } from "@/components/ui/overlays/dialog";
import type { ModelView } from "@/server/domains/models/contract";
import { approvalWords, noGateWords } from "./gate-words";

type Props = { project: string; model: ModelView; open: boolean; onOpenChange: (open: boolean) => void };
type Draft = { suite: string; service: string; approval: ModelView["approval"] };

const named = (items: readonly { name: string }[] = []) => items.map(({ name }) => ({ value: name, label: name }));
const approvals = Object.entries(approvalWords).map(([value, label]) => ({ value, label }));

/** Which suite decides, who approves, where features come from. Verdicts and promotions that were made stay as they are. */
export function GateSettings({ project, model, open, onOpenChange }: Props) {
  const trpc = useTRPC();
  const form = useId();
  const [changed, setChanged] = useState<Partial<Draft>>({});
  const draft: Draft = { suite: model.suite ?? "", service: model.service ?? "", approval: model.approval, ...changed };
  const { data: suites } = useQuery(trpc.evaluations.listSuites.queryOptions({ project }, { enabled: open }));
  const { data: services } = useQuery(
    trpc.catalog.listDefinitions.queryOptions({ project, kind: "feature_service" }, { enabled: open }),
  );
  const save = useMutation(
    trpc.models.setGate.mutationOptions({
      onSuccess: () => {
        notify.success("The gate is changed");
        close();
      },
    }),
  );

  function close() {
    setChanged({});
    save.reset();
    onOpenChange(false);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!save.isPending)
      save.mutate({
        project,
        name: model.name,
        suite: draft.suite || null,
        service: draft.service || null,
        approval: draft.approval,
      });
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => (next ? onOpenChange(true) : close())}
      title={`Gate of ${model.name}`}
      description="What a version must pass before it serves. The change stands in the audit."
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            disabled={Object.keys(changed).length === 0}
            pending={save.isPending}
          >
            Change the gate
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="grid gap-4">
        <Field
          label="Suite"
          help={
            draft.suite === ""
              ? noGateWords
              : "Its policy is part of its definition, by version."
          }
        >
          {(control) => (
            <Select
              {...control}
              placeholder="No gate"
              options={named(suites)}
              value={draft.suite}
              onChange={(event) => setChanged({ ...changed, suite: event.target.value })}
            />
          )}
        </Field>
        <Field label="Who approves">
          {(control) => (
            <Select
              {...control}
              options={approvals}
              value={draft.approval}
              onChange={(event) => setChanged({ ...changed, approval: event.target.value as Draft["approval"] })}
            />
          )}
        </Field>
        <Field
          label="Features from"
          help="The feature service that completes requests of keys. Changing it changes what the champion is asked with, at once."
        >
          {(control) => (
            <Select
              {...control}
              placeholder="the request itself"
              options={named(services)}
              value={draft.service}
              onChange={(event) => setChanged({ ...changed, service: event.target.value })}
            />
          )}
        </Field>
        {save.error && <Notice tone="failed">{save.error.message}</Notice>}
      </form>
    </Dialog>
  );
}
