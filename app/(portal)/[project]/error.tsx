"use client";

import { ErrorState } from "@/components/ui/feedback/error-state";

type Props = { error: Error & { digest?: string }; reset: () => void };

export default function PageError({ error, reset }: Props) {
  return <ErrorState title="This page could not be shown" kept="Nothing was changed." next="Try again; if it stays, the server's log has the details." requestId={error.digest} onRetry={reset} />;
}
