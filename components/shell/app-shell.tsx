"use client";

import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import { Toaster } from "@/components/ui/feedback/toaster";
import { TipLayer } from "@/components/ui/overlays/tip-layer";
import { Bar } from "./bar";
import { Dock } from "./dock";
import { Palette } from "./palette/palette";
import { Rail } from "./rail";
import type { ShellData } from "./shell-data";
import { KeptNotice } from "./live/kept-notice";
import { useKeepPage } from "./live/use-keep-page";
import { useShellKeys } from "./use-shell-keys";

const KeyboardHelp = dynamic(() => import("./keyboard-help").then((module) => module.KeyboardHelp), { ssr: false });

export type AppShellProps = ShellData & { children: ReactNode };

export function AppShell({ children, ...data }: AppShellProps) {
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  useShellKeys({ project: data.project.slug, onPalette: () => setPalette(true), onHelp: () => setHelp(true) });

  const isKept = useKeepPage(data.live);

  return (
    <>
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-ink px-3 py-1.5 text-canvas text-table focus:translate-y-0"
      >
        Skip to content
      </a>
      <div className="md:grid md:grid-cols-[var(--rail-width)_minmax(0,1fr)]">
        <Rail data={data} />
        <div className="min-w-0">
          <Bar data={data} onPalette={() => setPalette(true)} onHelp={() => setHelp(true)} />
          <main
            id="content"
            tabIndex={-1}
            className="mx-auto max-w-[108rem] px-4 pt-4 pb-24 outline-none md:px-6 md:pt-5 md:pb-10"
          >
            {children}
          </main>
        </div>
      </div>
      <Dock data={data} />
      <Palette open={palette} onOpenChange={setPalette} data={data} />
      {help && <KeyboardHelp open onOpenChange={setHelp} />}
      {isKept && <KeptNotice />}
      <TipLayer />
      <Toaster />
    </>
  );
}
