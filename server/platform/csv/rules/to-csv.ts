/** Rows → CSV by RFC 4180, safe to open in a spreadsheet: a text that could be read as a formula is defused. */

export type CsvCell = string | number | boolean | null | undefined;

/** Spreadsheets run a cell that starts with one of these; a leading apostrophe makes it text. */
const FORMULA = /^[=+\-@\t\r\n]/;

function field(cell: CsvCell): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell !== "string") return Number.isNaN(cell) ? "" : String(cell);
  const defused = FORMULA.test(cell) ? `'${cell}` : cell;
  return defused !== cell || /[",\r\n]|^\s|\s$/.test(defused) ? `"${defused.replaceAll('"', '""')}"` : defused;
}

export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(field).join(",")}\r\n`;
}

export function toCsv(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return [header, ...rows].map(csvLine).join("");
}
