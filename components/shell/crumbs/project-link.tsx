"use client";

import { useParams } from "next/navigation";
import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/actions/button";

/** To a place below the project that is open. */
export function ProjectLink({ path, children }: { path: string; children: ReactNode }) {
  const { project } = useParams<{ project: string }>();
  return <ButtonLink href={`/${project}/${path}`}>{children}</ButtonLink>;
}
