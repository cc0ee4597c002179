"use client";

import { useState } from "react";
import { useMay } from "@/components/trpc/use-may";
import { Button, type ButtonProps } from "@/components/ui/actions/button";
import { type AskedFor, EvaluateDialog } from "./evaluate-dialog";

type EvaluateButtonProps = { project: string; loggedModelId?: string | null; askedFor?: AskedFor } & Pick<ButtonProps, "variant" | "size" | "icon" | "children">;

/** Offered to those who may launch. */
export function EvaluateButton({ project, loggedModelId = null, askedFor, children, ...looks }: EvaluateButtonProps) {
  const mayLaunch = useMay(project, "member");
  const [isOpen, setIsOpen] = useState(false);
  if (!mayLaunch) return null;
  return (
    <>
      <Button {...looks} onClick={() => setIsOpen(true)}>{children}</Button>
      <EvaluateDialog project={project} loggedModelId={loggedModelId} askedFor={askedFor} open={isOpen} onOpenChange={setIsOpen} />
    </>
  );
}
