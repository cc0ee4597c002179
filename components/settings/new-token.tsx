"use client";

import { useMutation } from "@tanstack/react-query";
import { useId } from "react";
import { useForm } from "react-hook-form";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/actions/button";
import { Notice } from "@/components/ui/feedback/notice";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { Select } from "@/components/ui/forms/select";
import { Dialog } from "@/components/ui/overlays/dialog";
import { CodeBlock } from "@/components/ui/text/code-block";

type Values = { name: string; scope: "read" | "write" | "manage"; days: string };

const scopes = [
  { value: "write", label: "Log, launch, register, infer (write)" },
  { value: "read", label: "Read and infer only (read)" },
  { value: "manage", label: "Also manage (manage)" },
];
const lifetimes = [{ value: "90", label: "90 days" }, { value: "365", label: "a year" }, { value: "30", label: "30 days" }, { value: "", label: "until revoked" }];

type Props = { project: string; origin: string; onClose: () => void; onMade: () => void };

/** Makes a token and shows it the one time that it can be seen. */
export function NewToken({ project, origin, onClose, onMade }: Props) {
  const trpc = useTRPC();
  const formId = useId();
  const { register, handleSubmit, formState } = useForm<Values>({ defaultValues: { scope: "write", days: "90", name: "" } });
  const create = useMutation(trpc.identity.createToken.mutationOptions({ onSuccess: onMade }));
  const submit = handleSubmit((values) => create.mutate({ project, name: values.name, scopes: [values.scope], expiresInDays: values.days === "" ? null : Number(values.days) }));
  const token = create.data?.token;
  return (
    <Dialog open onOpenChange={(next) => !next && onClose()} size={token ? "lg" : "md"} title={token ? "The token, shown once" : "New token"} description={token ? "Copy it now: only its hash is kept." : `It acts in this project only.`}
      footer={token ? <Button variant="primary" onClick={onClose}>Done</Button> : <><Button onClick={onClose}>Cancel</Button><Button variant="primary" pending={create.isPending} type="submit" form={formId}>Make the token</Button></>}>
      {token ? (
        <div className="grid gap-3">
          <CodeBlock title="Token" code={token} wrap />
          <CodeBlock title="For an MLflow script" code={`export MLFLOW_TRACKING_URI=${origin}\nexport MLFLOW_TRACKING_TOKEN=${token}`} />
        </div>
      ) : (
        <form id={formId} onSubmit={submit} className="grid gap-4" noValidate>
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
