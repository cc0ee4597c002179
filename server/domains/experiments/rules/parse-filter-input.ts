/** The same grammar, with faults as the service's Invalid. */
import { Invalid } from "@/server/platform/errors";
import { type Condition, parseFilter, parseOrder, type SortKey } from "./filter";
import { FilterError } from "./filter-tokens";

/** Both are read by one grammar, whose faults speak of a filter. `name` is MLflow's for the same. */
function asInvalid<T>(field: string, name: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof FilterError) throw new Invalid(error.message.replace(/^Invalid filter/, `Invalid ${name}`), { field, start: error.start, end: error.end });
    throw error;
  }
}

export function parseFilterInput(text: string): Condition[] {
  return asInvalid("filter", "filter", () => parseFilter(text));
}

export function parseOrderInput(clauses: readonly string[]): SortKey[] {
  return asInvalid("orderBy", "order_by", () => clauses.map(parseOrder));
}
