"use client";

import { useState } from "react";
import { Segmented } from "@/components/ui/forms/segmented";
import { CodeBlock } from "./code-block";

export type Snippet = { label: string; code: string };

export type CodeTabsProps = { label: string; snippets: readonly Snippet[]; className?: string };

/** The same snippet in several languages, one shown at a time. */
export function CodeTabs({ label, snippets, className }: CodeTabsProps) {
  const [chosen, setChosen] = useState(snippets[0]?.label ?? "");
  const shown = snippets.find((snippet) => snippet.label === chosen) ?? snippets[0];
  if (!shown) return null;
  return (
    <div className={className}>
      {snippets.length > 1 && (
        <Segmented
          label={label}
          className="mb-2"
          options={snippets.map((snippet) => ({ value: snippet.label, label: snippet.label }))}
          value={shown.label}
          onValueChange={setChosen}
        />
      )}
      <CodeBlock code={shown.code} />
    </div>
  );
}
