"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorState } from "@/components/ui/feedback/error-state";
import { PageSkeleton } from "@/components/ui/feedback/skeletons";

type Failure = { message: string; data?: { requestId?: string | null } | null };

type QuerySectionProps<T, E extends Failure> = {
  query: UseQueryResult<T, E>;
  title: string;
  loading?: ReactNode;
  children: (data: T) => ReactNode;
};

/** A query's three faces: its data, its skeleton, or what failed with a way to try again. */
export function QuerySection<T, E extends Failure>({ query, title, loading, children }: QuerySectionProps<T, E>) {
  if (query.data !== undefined) return children(query.data);
  if (query.isPending) return loading ?? <PageSkeleton />;
  return (
    <ErrorState
      title={title}
      detail={query.error?.message}
      requestId={query.error?.data?.requestId ?? undefined}
      onRetry={() => void query.refetch()}
      retrying={query.isFetching}
    />
  );
}
