"use client";

import { useParams } from "next/navigation";
import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/actions/button";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { PageCrumbs } from "./page-crumbs";

export type NothingHereProps = {
  /** What there is none of. */
  title: string;
  /** Where all of its kind are, below the project, and what that is called. */
  all: [path: string, label: string];
  /** Why that may be. */
  children: ReactNode;
};

/** For the address of a thing that this project does not have. */
export function NothingHere({ title, all: [path, label], children }: NothingHereProps) {
  const { project } = useParams<{ project: string }>();
  return (
    <>
      <PageCrumbs crumbs={[{ label: "Not found" }]} />
      <EmptyState title={title} action={<ButtonLink href={`/${project}/${path}`}>{label}</ButtonLink>}>
        {children}
      </EmptyState>
    </>
  );
}
