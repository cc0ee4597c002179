import type { ReactNode } from "react";
import { Wordmark } from "@/components/shell/wordmark";
import { ApiProvider } from "@/components/trpc/client";

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <ApiProvider>
      <main className="grid min-h-dvh place-items-center px-4 py-10">
        <div className="w-full max-w-sm">
          <div className="mb-8 grid gap-1.5">
            <p className="flex items-center gap-2.5 font-semibold text-title"><Wordmark /> Slipway</p>
            <p className="text-muted text-table">From features to a monitored endpoint.</p>
          </div>
          {children}
        </div>
      </main>
    </ApiProvider>
  );
}
