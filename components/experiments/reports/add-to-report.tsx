"use client";

import { NotebookText } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useMay } from "@/components/trpc/use-may";
import { Button } from "@/components/ui/actions/button";

const AddDialog = dynamic(() => import("./add-dialog").then((module) => module.AddDialog));

/** Keeps the comparison as it stands, with words above it, in a report of one's own. */
export function AddToReport({ project }: { project: string }) {
  const mayWrite = useMay(project, "member");
  const [open, setOpen] = useState(false);
  if (!mayWrite) return null;
  return (
    <>
      <Button icon={<NotebookText />} onClick={() => setOpen(true)}>
        Add to a report
      </Button>
      {open && <AddDialog project={project} onClose={() => setOpen(false)} />}
    </>
  );
}
