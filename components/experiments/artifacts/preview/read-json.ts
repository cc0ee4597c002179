/** What a JSON file is: a table that MLflow logged, a Plotly figure, or neither; pure. */

export type PlotlyFigure = { data: Record<string, unknown>[]; layout: Record<string, unknown> };

export type ReadJson = { kind: "table"; header: string[]; rows: (string | null)[][] } | { kind: "plotly"; figure: PlotlyFigure } | { kind: "text"; text: string };

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

const cellOf = (value: unknown): string | null => (value === null || value === undefined ? null : typeof value === "object" ? JSON.stringify(value) : String(value));

/** `mlflow.log_table` writes pandas' "split": columns, data, and maybe an index. */
function tableOf(value: Record<string, unknown>): ReadJson | null {
  const { columns, data, index } = value;
  const isTable = Array.isArray(columns) && Array.isArray(data) && columns.every((name) => typeof name === "string" || typeof name === "number") && data.every(Array.isArray);
  if (!isTable || (index !== undefined && !Array.isArray(index))) return null;
  return { kind: "table", header: columns.map(String), rows: data.map((row: unknown[]) => row.map(cellOf)) };
}

function figureOf(value: Record<string, unknown>): ReadJson | null {
  const { data, layout } = value;
  if (!Array.isArray(data) || data.length === 0 || !isRecord(layout) || !data.every(isRecord)) return null;
  return { kind: "plotly", figure: { data, layout } };
}

const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Ids and hashes that a double would round, as texts; the same text where there are none. */
const withWholeNumbers = (text: string) => text.replace(stringOrNumber, (token) => (/^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token));

export function readJson(text: string): ReadJson {
  try {
    const exact = withWholeNumbers(text);
    const value: unknown = JSON.parse(exact);
    const known = isRecord(value) ? (tableOf(value) ?? figureOf(value)) : null;
    // Laid out anew only where no number would change by it.
    return known ?? { kind: "text", text: exact !== text ? text : JSON.stringify(value, null, 2) };
  } catch {
    return { kind: "text", text };
  }
}

const drawn = new Set(["scatter", "bar", "pie"]);

/** Which kinds of traces the small Plotly has not; a trace without a type is a scatter. */
export function missingTraces({ data }: PlotlyFigure): string[] {
  const types = data.map(({ type }) => (typeof type === "string" ? type : "scatter"));
  return [...new Set(types.filter((type) => !drawn.has(type)))];
}
