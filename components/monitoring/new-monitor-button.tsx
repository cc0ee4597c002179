"use client";

import { useMay } from "@/components/trpc/use-may";
import { ButtonLink } from "@/components/ui/actions/button";

/** For who may make one. */
export function NewMonitorButton({ project }: { project: string }) {
  return useMay(project, "member") ? <ButtonLink href={`/${project}/monitoring/new`}>New monitor</ButtonLink> : null;
}
