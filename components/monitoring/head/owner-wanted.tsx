"use client";

import { useMay } from "@/components/trpc/use-may";
import { InlineLink } from "@/components/ui/layout/inline-link";

/** Nobody owns the monitor: who may change it is led to its form. */
export function OwnerWanted({ project, monitor }: { project: string; monitor: string }) {
  const mayEdit = useMay(project, "member");
  return mayEdit ? <InlineLink className="underline" href={`/${project}/monitoring/${monitor}/edit`}>set one</InlineLink> : <span className="text-muted">not set</span>;
}
