"use client";

import { useParams } from "next/navigation";
import { ButtonLink } from "@/components/ui/actions/button";
import { EmptyState } from "@/components/ui/feedback/empty-state";

export default function NotFound() {
  const { project } = useParams<{ project: string }>();
  return (
    <EmptyState title="There is no such feature view, source or dataset in this project" action={<ButtonLink href={`/${project}/catalog`}>The catalog</ButtonLink>}>
      The link may be of another project, or cut short.
    </EmptyState>
  );
}
