/** Quoting, and ranges, for DuckDB's SQL. */

export const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`;
export const sqlName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const lastDay = Date.UTC(9999, 11, 31);

/** The day after a day; null after a time, and where years would have five digits. */
function dayAfter(text: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const next = Date.parse(`${text}T00:00:00Z`) + 86_400_000;
  return next <= lastDay ? new Date(next).toISOString().slice(0, 10) : null;
}

/** Of a column, by its SQL: a range that ends on a day has all of that day, be the column of days, of times or of texts that begin with a day. */
export function isInRange(column: string, { from, to }: { from: string; to: string }): string {
  const next = dayAfter(to);
  return `${column} >= ${sqlText(from)} and ${column} ${next === null ? `<= ${sqlText(to)}` : `< ${sqlText(next)}`}`;
}
