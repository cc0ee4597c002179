"use client";

import { parseAsBoolean, parseAsString, parseAsStringLiteral } from "nuqs";
import { useAddressState } from "../address-state";

const compareParts = ["curves", "parallel", "scatter", "box", "artifacts", "code"] as const;

const parsers = {
  runs: parseAsString.withDefault(""),
  set: parseAsString,
  base: parseAsString,
  show: parseAsStringLiteral(["last", "best"]).withDefault("last"),
  all: parseAsBoolean.withDefault(false),
  part: parseAsStringLiteral(compareParts).withDefault("curves"),
  /** Runs that repeat each other, or a param's or tag's values: `repeats`, `params.lr`, `tags.team`. */
  by: parseAsString,
};

/** What is compared and how, all of it in the address. */
export function useCompareState() {
  return useAddressState(parsers, { history: "replace", shallow: true });
}
