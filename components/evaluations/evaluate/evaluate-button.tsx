"use client";

import { useState } from "react";
import { useMay } from "@/components/trpc/use-may";
import { Button, type ButtonProps } from "@/components/ui/actions/button";
import { EvaluateDialog } from "./evaluate-dialog";

type EvaluateButtonProps = { project: string; loggedModelId?: string | null } & Pick<ButtonProps, "variant" | "size" | "icon" | "children">;

/** Offered to those who may launch. */
export function EvaluateButton({ project, loggedModelId = null, children, ...looks }: EvaluateButtonProps) {
  const mayLaunch = useMay(project, "member");
  const [isOpen, setIsOpen] = useState(false);
  if (!mayLaunch) return null;
  return (
    <>
      <Button {...looks} onClick={() => setIsOpen(true)}>{children}</Button>
      <EvaluateDialog project={project} loggedModelId={loggedModelId} open={isOpen} onOpenChange={setIsOpen} />
    </>
  );
}
