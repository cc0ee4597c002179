import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { EarlyScript } from "@/components/shell/early/early-script";
import { ThemeScript } from "@/components/shell/theme/theme-script";
import "./globals.css";

export const metadata: Metadata = { title: { default: "Slipway", template: "%s · Slipway" }, description: "From features to a monitored endpoint." };
export const viewport: Viewport = { width: "device-width", initialScale: 1 };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        <ThemeScript nonce={nonce} />
        <EarlyScript nonce={nonce} />
      </head>
      <body>
        <NuqsAdapter>{children}</NuqsAdapter>
      </body>
    </html>
  );
}
