import { ErrorState } from "@/components/ui/feedback/error-state";

export type FailureShape = { message: string; data?: { requestId?: string | null } | null };

export type FailureProps = { title: string; error: FailureShape; onRetry?: () => void; retrying?: boolean };

/** A failed read in place of what it would have shown. */
export function Failure({ title, error, onRetry, retrying }: FailureProps) {
  return (
    <ErrorState title={title} next={error.message} requestId={error.data?.requestId ?? undefined} onRetry={onRetry} retrying={retrying} />
  );
}

/** What a refused action says; for toasts and dialogs. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "Something failed.";
}
