/** Keyset pages over any mix of sort expressions: nulls come last, whatever the direction. */
import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { Invalid } from "@/server/platform/errors";

/** `isPresent`: never null, which lets an index that knows so give the order. */
export type SortTerm = { expression: SQL; descending: boolean; cast: "text" | "float8" | "bigint" | "uuid"; isPresent?: true };

const Token = z.array(z.union([z.string(), z.number(), z.null()])).max(12);
export type PageKey = z.infer<typeof Token>;

/** The infinities are texts: JSON knows none. */
export function encodePageToken(key: PageKey): string {
  const written = key.map((value) => (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY ? String(value) : value));
  return Buffer.from(JSON.stringify(written)).toString("base64url");
}

/** Throws Invalid for a token that this query did not give. */
export function decodePageToken(token: string, length: number): PageKey {
  try {
    const parsed = Token.safeParse(JSON.parse(Buffer.from(token, "base64url").toString("utf8")));
    if (parsed.success && parsed.data.length === length) return parsed.data;
  } catch {
    // Falls through to the refusal.
  }
  throw new Invalid("The page token is not one of this search.", { field: "page_token" });
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const holds: Record<SortTerm["cast"], (value: string | number) => boolean> = {
  text: (value) => !/\0/.test(String(value)) && String(value).isWellFormed(),
  float8: (value) => !Number.isNaN(Number(value)) && value !== "",
  bigint: (value) => value !== "" && Number.isSafeInteger(Number(value)),
  uuid: (value) => uuid.test(String(value)),
};

const orderOf = ({ expression, descending, isPresent }: SortTerm) =>
  isPresent ? sql`${expression} ${descending ? sql`desc` : sql`asc`}` : descending ? sql`${expression} desc nulls last` : sql`${expression} asc nulls last`;

export function orderBy(terms: readonly SortTerm[]): SQL {
  return sql.join(terms.map(orderOf), sql`, `);
}

/** Rows strictly behind `key` in the order of `terms`. */
export function afterKey(terms: readonly SortTerm[], key: PageKey): SQL {
  const options: SQL[] = [];
  const equal: SQL[] = [];
  terms.forEach((term, index) => {
    const value = key[index] ?? null;
    const { expression, descending, cast } = term;
    if (value !== null) {
      if (!holds[cast](value)) throw new Invalid("The page token is not one of this search.", { field: "page_token" });
      const literal = sql`${cast === "text" || cast === "uuid" ? String(value) : Number(value)}::${sql.raw(cast)}`;
      const behind = descending ? sql`${expression} < ${literal}` : sql`${expression} > ${literal}`;
      options.push(sql.join([...equal, term.isPresent ? behind : sql`(${behind} or ${expression} is null)`], sql` and `));
      equal.push(sql`${expression} = ${literal}`);
    } else {
      // Nothing comes behind a null but other nulls, told apart by the next term.
      equal.push(sql`${expression} is null`);
    }
  });
  return options.length === 0 ? sql`false` : sql`(${sql.join(options.map((option) => sql`(${option})`), sql` or `)})`;
}
