"use client";

import { useEffect, useMemo, useState } from "react";
import type { FilterGrammar } from "@/components/data-table/filter/filter-grammar";
import type { RunKeys } from "@/server/domains/experiments/contract/run";
import { exampleFilter } from "./filter-text";

/** The filter's language comes after the first paint: until then nothing is marked, and what is entered waits for it. */
export function useRunGrammar(keys: RunKeys): FilterGrammar {
  const [make, setMake] = useState<((keys: RunKeys) => FilterGrammar) | null>(null);
  useEffect(() => {
    void import("./run-grammar").then(({ runGrammar }) => setMake(() => runGrammar));
  }, []);
  return useMemo(() => make?.(keys) ?? { isComing: true, check: () => [], complete: () => [], example: exampleFilter(keys) }, [make, keys]);
}
