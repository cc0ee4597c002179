"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import type { FilterGrammar } from "@/components/data-table/filter/filter-grammar";
import { useTRPC } from "@/components/trpc/client";
import type { RunKeys } from "@/server/domains/experiments/contract/run";
import { exampleFilter } from "./filter-text";
import type { WantedValues } from "./run-grammar";

type Language = typeof import("./run-grammar");

/** The filter's language comes after the first paint: until then nothing is marked, and what is entered waits for it. */
export function useRunGrammar(project: string, experimentNo: number, keys: RunKeys): FilterGrammar {
  const trpc = useTRPC();
  const [language, setLanguage] = useState<Language | null>(null);
  const [wanted, setWanted] = useState<WantedValues | null>(null);
  useEffect(() => {
    void import("./run-grammar").then(setLanguage);
  }, []);
  // Of a key with many values only some come with the keys.
  const found = useQuery(
    trpc.experiments.listRunValues.queryOptions(
      { project, experimentNo, ...(wanted ?? { field: { scope: "param", key: "-" } }) },
      { enabled: wanted !== null },
    ),
  );
  const values = found.data;
  return useMemo(() => {
    if (!language) return { isComing: true, check: () => [], complete: () => [], example: exampleFilter(keys) };
    const known = wanted && values ? language.withValues(keys, wanted, values.map(({ value }) => value)) : keys;
    return { ...language.runGrammar(known), onPlace: (text, cursor) => setWanted(language.wantedValues(text, cursor)) };
  }, [language, keys, wanted, values]);
}
