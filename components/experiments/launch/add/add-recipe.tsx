"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useCallback, useState } from "react";
import { useMay } from "@/components/trpc/use-may";
import { Button } from "@/components/ui/actions/button";
import { notify } from "@/components/ui/feedback/notify";
import { Segmented } from "@/components/ui/forms/segmented";
import { Dialog } from "@/components/ui/overlays/dialog";
import { ArchiveForm } from "./archive-form";
import { GitForm } from "./git-form";

/** What a registration says of the version it made or found. */
export type Registered = { name: string; version: number; isNew: boolean };

const ways = [
  { value: "archive", label: "Archive" },
  { value: "git", label: "Git" },
] as const;
type Way = (typeof ways)[number]["value"];

/** For members: a recipe from a packed folder or a repository. */
export function AddRecipe({ project }: { project: string }) {
  const mayAdd = useMay(project, "member");
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [way, setWay] = useState<Way>("archive");
  const registered = useCallback(
    ({ name, version, isNew }: Registered) => {
      setOpen(false);
      if (isNew) notify.success(`${name} v${version} registered`);
      else notify.success(`This is ${name} v${version} already`, { description: "The same content is the same version: nothing was changed." });
      router.push(`/${project}/experiments/launch?recipe=${name}`);
    },
    [project, router],
  );
  if (!mayAdd) return null;
  const Form = way === "archive" ? ArchiveForm : GitForm;
  return (
    <>
      <Button icon={<Plus />} onClick={() => setOpen(true)}>
        Add a recipe
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title="Add a recipe" description="A folder with recipe.yaml and the code it runs. The same content is the same version, whichever way it comes.">
        <div className="grid gap-4">
          <Segmented label="Where the folder is" options={ways} value={way} onValueChange={setWay} />
          <Form project={project} onRegistered={registered} onCancel={() => setOpen(false)} />
        </div>
      </Dialog>
    </>
  );
}
