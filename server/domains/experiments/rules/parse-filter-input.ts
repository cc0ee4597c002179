/** The same grammar, with faults as the service's Invalid. */
import { Invalid } from "@/server/platform/errors";
import { type Condition, parseFilter, parseOrder, type SortKey } from "./filter";
import { FilterError } from "./filter-tokens";

function asInvalid<T>(field: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof FilterError) throw new Invalid(error.message, { field, start: error.start, end: error.end });
    throw error;
  }
}

export function parseFilterInput(text: string): Condition[] {
  return asInvalid("filter", () => parseFilter(text));
}

export function parseOrderInput(clauses: readonly string[]): SortKey[] {
  return asInvalid("order_by", () => clauses.map(parseOrder));
}
