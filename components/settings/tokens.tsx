"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { useTRPC } from "@/components/trpc/client";
import { QuerySection } from "@/components/trpc/query-section";
import { Button } from "@/components/ui/actions/button";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { Notice } from "@/components/ui/feedback/notice";
import { notify } from "@/components/ui/feedback/notify";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { Select } from "@/components/ui/forms/select";
import { Section } from "@/components/ui/layout/section";
import { ConfirmDialog } from "@/components/ui/overlays/confirm-dialog";
import { Dialog } from "@/components/ui/overlays/dialog";
import { CodeBlock } from "@/components/ui/text/code-block";
import { RelativeTime } from "@/components/ui/text/relative-time";

type Values = { name: string; scope: "read" | "write" | "manage"; days: string };

const scopes = [
  { value: "write", label: "Log, launch, register, infer (write)" },
  { value: "read", label: "Read and infer only (read)" },
  { value: "manage", label: "Also manage (manage)" },
];
const lifetimes = [{ value: "90", label: "90 days" }, { value: "365", label: "a year" }, { value: "30", label: "30 days" }, { value: "", label: "until revoked" }];

function NewToken({ project, origin, open, onClose, onMade }: { project: string; origin: string; open: boolean; onClose: () => void; onMade: () => void }) {
  const trpc = useTRPC();
  const { register, handleSubmit, formState, reset } = useForm<Values>({ defaultValues: { scope: "write", days: "90", name: "" } });
  const create = useMutation(trpc.identity.createToken.mutationOptions({ onSuccess: onMade }));
  const close = () => {
    reset();
    create.reset();
    onClose();
  };
  const submit = handleSubmit((values) => create.mutate({ project, name: values.name, scopes: [values.scope], expiresInDays: values.days === "" ? null : Number(values.days) }));
  const token = create.data?.token;
  return (
    <Dialog open={open} onOpenChange={(next) => !next && close()} title={token ? "The token, shown once" : "New token"} description={token ? "Copy it now: only its hash is kept." : `It acts in this project only.`}
      footer={token ? <Button variant="primary" onClick={close}>Done</Button> : <><Button onClick={close}>Cancel</Button><Button variant="primary" pending={create.isPending} onClick={() => void submit()}>Make the token</Button></>}>
      {token ? (
        <CodeBlock title="For an MLflow script" code={`export MLFLOW_TRACKING_URI=${origin}\nexport MLFLOW_TRACKING_TOKEN=${token}`} wrap />
      ) : (
        <form onSubmit={submit} className="grid gap-4">
          {create.error && <Notice tone="failed">{create.error.message}</Notice>}
          <Field label="Name" help="What uses it, so that you know what to revoke." error={formState.errors.name?.message} required>
            {(control) => <Input {...control} autoFocus {...register("name", { required: "A name." })} />}
          </Field>
          <Field label="May">{(control) => <Select {...control} options={scopes} {...register("scope")} />}</Field>
          <Field label="Works for">{(control) => <Select {...control} options={lifetimes} {...register("days")} />}</Field>
        </form>
      )}
    </Dialog>
  );
}

export function Tokens({ project, origin }: { project: string; origin: string }) {
  const trpc = useTRPC();
  const [isMaking, setIsMaking] = useState(false);
  const [doomed, setDoomed] = useState<{ id: string; name: string } | null>(null);
  const query = useQuery(trpc.identity.listTokens.queryOptions({ project }));
  const revoke = useMutation(
    trpc.identity.revokeToken.mutationOptions({
      onSuccess: () => {
        notify.success(`${doomed?.name} is revoked`);
        setDoomed(null);
        void query.refetch();
      },
    }),
  );
  return (
    <Section title="Tokens" description="For scripts, agents and services. Every protocol takes them: as Bearer, or as the password of Basic." actions={<Button variant="primary" size="sm" onClick={() => setIsMaking(true)}>New token</Button>} flush>
      <QuerySection query={query} title="The tokens could not be read">
        {(tokens) =>
          tokens.length === 0 ? (
            <EmptyState title="No token yet">Make one to log from a script.</EmptyState>
          ) : (
            <ul className="text-table">
              {tokens.map((token) => (
                <li key={token.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 border-line border-b px-3 py-2 last:border-b-0">
                  <span className="w-44 font-medium">{token.name}</span>
                  <code className="text-label text-muted">{token.hint}</code>
                  <span className="text-muted">{token.scopes.join(", ")}</span>
                  <span className="text-muted">{token.owner ?? "this installation"}</span>
                  <span className="min-w-0 flex-1 text-muted">{token.lastUsedAt ? <>used <RelativeTime at={token.lastUsedAt} /></> : "never used"}{token.expiresAt && <> · ends <RelativeTime at={token.expiresAt} /></>}</span>
                  <Button size="sm" variant="danger" onClick={() => setDoomed(token)}>Revoke…</Button>
                </li>
              ))}
            </ul>
          )
        }
      </QuerySection>
      <NewToken project={project} origin={origin} open={isMaking} onClose={() => setIsMaking(false)} onMade={() => void query.refetch()} />
      <ConfirmDialog open={doomed !== null} onOpenChange={(open) => !open && setDoomed(null)} verb="Revoke" name={doomed?.name ?? ""} consequence="Whatever uses it is refused from this moment. It can't be undone." danger error={revoke.error?.message} onConfirm={() => {
          if (doomed) revoke.mutate({ project, tokenId: doomed.id });
        }} />
    </Section>
  );
}
