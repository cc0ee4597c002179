"use client";

import { useMutation } from "@tanstack/react-query";
import { FileArchive } from "lucide-react";
import { type DragEvent, type FormEvent, useId, useState } from "react";
import { useTRPCClient } from "@/components/trpc/client";
import { Button } from "@/components/ui/actions/button";
import { cn } from "@/components/ui/class-names";
import { formatBytes } from "@/components/ui/format/format-bytes";
import { Field } from "@/components/ui/forms/field";
import { Input } from "@/components/ui/forms/input";
import type { Registered } from "./add-recipe";
import { RecipeFaults } from "./recipe-faults";

/** Content goes in by itself first, as every file does; the server then reads it where it lies. */
async function upload(project: string, file: File): Promise<string> {
  const response = await fetch("/api/v1/blobs", { method: "POST", headers: { "x-slipway-project": project, "content-type": "application/octet-stream" }, body: file });
  const answer: { sha256?: string; detail?: string } = await response.json();
  if (!response.ok || !answer.sha256) throw new Error(answer.detail ?? `The upload was answered ${response.status}.`);
  return answer.sha256;
}

export type RecipeFormProps = { project: string; onRegistered: (recipe: Registered) => void; onCancel: () => void };

export function ArchiveForm({ project, onRegistered, onCancel }: RecipeFormProps) {
  const client = useTRPCClient();
  const [file, setFile] = useState<File | null>(null);
  const [folder, setFolder] = useState("");
  const register = useMutation({
    mutationFn: async (archive: File) => client.experiments.registerRecipeArchive.mutate({ project, sha256: await upload(project, archive), fileName: archive.name.slice(0, 300), folder: folder.trim() }),
    onSuccess: onRegistered,
  });

  function choose(chosen: File | undefined) {
    if (!chosen) return;
    register.reset();
    setFile(chosen);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (file && !register.isPending) register.mutate(file);
  }

  return (
    <form onSubmit={submit} className="grid gap-4">
      <FileDrop file={file} onChoose={choose} />
      <Field label="Folder in the archive" optional help="Where recipe.yaml lies, if neither at the root nor in the only folder.">
        {(control) => <Input {...control} autoComplete="off" spellCheck={false} maxLength={500} placeholder="recipes/train" value={folder} onChange={(event) => setFolder(event.target.value)} />}
      </Field>
      {register.error && <RecipeFaults error={register.error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={!file} pending={register.isPending}>
          Register
        </Button>
      </div>
    </form>
  );
}

type FileDropProps = { file: File | null; onChoose: (file: File | undefined) => void };

/** A file input that a file can also be dropped on. */
function FileDrop({ file, onChoose }: FileDropProps) {
  const id = useId();
  const [over, setOver] = useState(false);

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    onChoose(event.dataTransfer.files[0]);
  }

  return (
    <label
      htmlFor={id}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cn(
        "grid cursor-pointer justify-items-center gap-1 rounded-lg border border-line border-dashed bg-well/50 px-4 py-7 text-center hover:bg-well has-focus-visible:outline-2 has-focus-visible:outline-accent",
        over && "border-accent bg-well",
      )}
    >
      <FileArchive aria-hidden className="size-5 text-muted" />
      <span className="max-w-full break-all font-medium">{file ? file.name : "Choose an archive, or drop it here"}</span>
      <span className="text-label text-muted">{file ? formatBytes(file.size) : ".zip or .tar.gz of the folder, up to 64 MiB"}</span>
      <input id={id} type="file" accept=".zip,.tar.gz,.tgz,application/zip,application/gzip" className="sr-only" onChange={(event) => onChoose(event.target.files?.[0])} />
    </label>
  );
}
