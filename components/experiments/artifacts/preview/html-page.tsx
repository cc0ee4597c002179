"use client";

import { useState } from "react";
import { Segmented } from "@/components/ui/forms/segmented";
import type { ReactNode } from "react";

const ways = [
  { value: "page", label: "Page" },
  { value: "source", label: "Source" },
] as const;

/** HTML as a page in an origin of its own, which reaches neither the portal nor the network; `source` is its text. */
export function HtmlPage({ href, path, source }: { href: string; path: string; source: ReactNode }) {
  const [way, setWay] = useState<"page" | "source">("page");
  return (
    <>
      <Segmented label="How it is shown" className="mb-3" options={ways} value={way} onValueChange={setWay} />
      {way === "page" ? <iframe title={path} src={`${href}&as=page`} sandbox="allow-scripts" className="h-[65dvh] w-full rounded-md border border-line bg-[white]" /> : source}
    </>
  );
}
