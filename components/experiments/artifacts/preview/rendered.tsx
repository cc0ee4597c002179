"use client";

import { type ReactNode, useState } from "react";
import { Segmented } from "@/components/ui/forms/segmented";

const ways = [
  { value: "page", label: "Page" },
  { value: "source", label: "Source" },
] as const;

/** A file that is meant to be seen: as it is meant, or its text. */
export function Rendered({ page, source }: { page: ReactNode; source: ReactNode }) {
  const [way, setWay] = useState<"page" | "source">("page");
  return (
    <>
      <Segmented label="How it is shown" className="mb-3" options={ways} value={way} onValueChange={setWay} />
      {way === "page" ? page : source}
    </>
  );
}

/** HTML as a page in an origin of its own, which reaches neither the portal nor the network. */
export function HtmlPage({ href, path }: { href: string; path: string }) {
  return <iframe title={path} src={`${href}&as=page`} sandbox="allow-scripts" className="h-[65dvh] w-full rounded-md border border-line bg-[white]" />;
}
