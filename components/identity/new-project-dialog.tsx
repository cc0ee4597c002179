"use client";

import { useMutation } from "@tanstack/react-query";
import { useId } from "react";
import { useForm } from "react-hook-form";
import { useTRPC } from "@/components/trpc/client";
import { fieldOf } from "@/components/trpc/field-of";
import { Button } from "@/components/ui/actions/button";
import { Notice } from "@/components/ui/feedback/notice";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { Textarea } from "@/components/ui/forms/textarea";
import { Dialog } from "@/components/ui/overlays/dialog";
import { slugOf } from "./slug-of";

type Values = { name: string; slug: string; description: string };

/** Makes a project and opens it; the slug follows the name until someone types one. */
export function NewProjectDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const trpc = useTRPC();
  const formId = useId();
  const { register, handleSubmit, formState, setValue, reset } = useForm<Values>({ defaultValues: { name: "", slug: "", description: "" } });
  const create = useMutation(trpc.identity.createProject.mutationOptions({ onSuccess: ({ slug }) => window.location.assign(`/${slug}`) }));
  const isSlugRefused = fieldOf(create.error) === "slug";
  const close = () => {
    reset();
    create.reset();
    onClose();
  };
  const submit = handleSubmit((values) => create.mutate(values));
  const follow = (name: string) => !formState.dirtyFields.slug && setValue("slug", slugOf(name), { shouldDirty: false });
  return (
    <Dialog open={open} onOpenChange={(next) => !next && close()} title="New project" description="A project is a tenant of its own: its experiments, models, people and tokens are apart from every other."
      footer={<><Button onClick={close}>Cancel</Button><Button variant="primary" pending={create.isPending || create.isSuccess} type="submit" form={formId}>Make the project</Button></>}>
      <form id={formId} onSubmit={submit} className="grid gap-4" noValidate>
        {create.error && !isSlugRefused && <Notice tone="failed">{create.error.message}</Notice>}
        <Field label="Name" error={formState.errors.name?.message} required>
          {(control) => <Input {...control} autoFocus {...register("name", { required: "A name.", onChange: (event) => follow(event.target.value) })} />}
        </Field>
        <Field label="Short name" help="Stands in every address, and stays." error={formState.errors.slug?.message ?? (isSlugRefused ? create.error?.message : undefined)} required>
          {(control) => <Input {...control} mono {...register("slug", { required: "A short name.", pattern: { value: /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])$/, message: "Lower-case letters, digits and inner hyphens, at least two." }, maxLength: { value: 40, message: "At most 40 characters." } })} />}
        </Field>
        <Field label="Description" optional>{(control) => <Textarea {...control} rows={2} {...register("description", { maxLength: { value: 1_000, message: "At most 1000 characters." } })} />}</Field>
      </form>
    </Dialog>
  );
}
