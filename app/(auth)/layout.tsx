import type { ReactNode } from "react";
import { ApiProvider } from "@/components/trpc/client";

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <ApiProvider>
      <main className="grid min-h-dvh place-items-center px-4 py-10">
        <div className="w-full max-w-sm">
          <p className="mb-6 font-semibold text-title">Slipway</p>
          {children}
        </div>
      </main>
    </ApiProvider>
  );
}
