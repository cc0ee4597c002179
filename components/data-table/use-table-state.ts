"use client";

import { createParser, parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo, useState } from "react";
import type { TableSort } from "./data-column";

/**
 * A table's view state in the URL: `?q=…&sort=auc.desc&cols=a,b&sel=x,y&rows=dense`. A second table on a page passes
 * a prefix. Filter and sort are written to the history, so that Back undoes them; the rest replaces.
 */

export type Density = "normal" | "dense";

export type TableState = {
  filter: string;
  sort: TableSort | null;
  columns: readonly string[] | null;
  selected: readonly string[];
  density: Density;
  setFilter: (filter: string) => void;
  setSort: (sort: TableSort | null) => void;
  setColumns: (columns: readonly string[] | null) => void;
  setSelected: (ids: readonly string[]) => void;
  setDensity: (density: Density) => void;
};

const sortParser = createParser<TableSort>({
  parse(text) {
    const [, key, direction] = /^(.+)\.(asc|desc)$/.exec(text) ?? [];
    return key ? { key, desc: direction === "desc" } : null;
  },
  serialize: (sort) => `${sort.key}.${sort.desc ? "desc" : "asc"}`,
  eq: (a, b) => a.key === b.key && a.desc === b.desc,
});

const parsers = {
  q: parseAsString.withDefault(""),
  sort: sortParser,
  cols: parseAsArrayOf(parseAsString),
  sel: parseAsArrayOf(parseAsString).withDefault([]),
  rows: parseAsStringLiteral(["normal", "dense"]).withDefault("normal"),
};

/** Ids are 36 letters, and servers refuse an address of more than some thousands. */
const heldByAddress = 100;

export type TableStateOptions = { prefix?: string; defaultSort?: TableSort };

export function useTableState({ prefix = "", defaultSort }: TableStateOptions = {}): TableState {
  const urlKeys = useMemo(
    () => ({
      q: `${prefix}q`,
      sort: `${prefix}sort`,
      cols: `${prefix}cols`,
      sel: `${prefix}sel`,
      rows: `${prefix}rows`,
    }),
    [prefix],
  );
  const [state, set] = useQueryStates(parsers, { urlKeys, history: "replace", shallow: true });
  /** More than an address can hold: those of a long choice are kept by the page alone. */
  const [many, setMany] = useState<readonly string[] | null>(null);
  return {
    filter: state.q,
    sort: state.sort ?? defaultSort ?? null,
    columns: state.cols,
    selected: many ?? state.sel,
    density: state.rows,
    setFilter: (q) => {
      setMany(null);
      void set({ q: q || null, sel: null }, { history: "push" });
    },
    setSort: (sort) => void set({ sort }, { history: "push" }),
    setColumns: (cols) => void set({ cols: cols ? [...cols] : null }),
    setSelected: (sel) => {
      const isLong = sel.length > heldByAddress;
      setMany(isLong ? sel : null);
      void set({ sel: sel.length > 0 && !isLong ? [...sel] : null });
    },
    setDensity: (rows) => void set({ rows }),
  };
}
