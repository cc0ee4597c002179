import type { ReactNode } from "react";
import { EmptyState } from "@/components/ui/feedback/empty-state";
import { PageCrumbs } from "./page-crumbs";
import { ProjectLink } from "./project-link";

export type NothingHereProps = {
  /** What there is none of. */
  title: string;
  /** Where all of its kind are, below the project, and what that is called. */
  all: [path: string, label: string];
  /** Why that may be. */
  children: ReactNode;
};

/** For the address of a thing that this project does not have. Made by the server: its code would be part of each page beside it. */
export function NothingHere({ title, all: [path, label], children }: NothingHereProps) {
  return (
    <>
      <PageCrumbs crumbs={[{ label: "Not found" }]} />
      <EmptyState title={title} action={<ProjectLink path={path}>{label}</ProjectLink>}>
        {children}
      </EmptyState>
    </>
  );
}
