"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/actions/button";
import { notify } from "@/components/ui/feedback/notify";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import { Textarea } from "@/components/ui/forms/textarea";
import { KeyValues } from "@/components/ui/layout/key-values";
import { Section } from "@/components/ui/layout/section";
import { RelativeTime } from "@/components/ui/text/relative-time";

type Project = { slug: string; name: string; description: string; createdAt: Date };

export function ProjectForm({ project, mayChange, onSaved }: { project: Project; mayChange: boolean; onSaved: () => void }) {
  const trpc = useTRPC();
  const router = useRouter();
  const { register, handleSubmit, formState } = useForm({ defaultValues: { name: project.name, description: project.description } });
  const update = useMutation(
    trpc.identity.updateProject.mutationOptions({
      onSuccess: () => {
        notify.success("The project is changed");
        onSaved();
        router.refresh();
      },
    }),
  );
  const facts = [{ label: "Short name", value: project.slug, mono: true }, { label: "Made", value: <RelativeTime at={project.createdAt} /> }];
  if (!mayChange) {
    return <Section title={project.name} description={project.description || "An owner can change its name and description."}><KeyValues items={facts} /></Section>;
  }
  return (
    <Section title="Project" description="The short name stands in every address and client, and stays.">
      <form onSubmit={handleSubmit((values) => update.mutate({ project: project.slug, ...values }))} className="grid max-w-xl gap-4" noValidate>
        <KeyValues items={facts} />
        <Field label="Name" error={formState.errors.name?.message ?? update.error?.message} required>
          {(control) => <Input {...control} {...register("name", { required: "A name.", maxLength: { value: 100, message: "At most 100 characters." } })} />}
        </Field>
        <Field label="Description" optional>{(control) => <Textarea {...control} rows={3} {...register("description", { maxLength: { value: 1_000, message: "At most 1000 characters." } })} />}</Field>
        <div><Button type="submit" variant="primary" disabled={!formState.isDirty} pending={update.isPending}>Save</Button></div>
      </form>
    </Section>
  );
}
