/** The first rows of a CSV or TSV (RFC 4180), enough for a preview. */

export type CsvPreview = { header: string[]; rows: string[][]; isCut: boolean };

/** Fields of each line; quotes may hold separators, line ends and doubled quotes. */
function* readRows(text: string, separator: string): Generator<string[]> {
  let row: string[] = [];
  let field = "";
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (quoted) {
      if (char !== '"') field += char;
      else if (text[at + 1] === '"') {
        field += '"';
        at += 1;
      } else quoted = false;
    } else if (char === '"' && field === "") quoted = true;
    else if (char === separator) {
      row.push(field);
      field = "";
    } else if (char === "\n") {
      row.push(field.replace(/\r$/, ""));
      yield row;
      row = [];
      field = "";
    } else field += char;
  }
  if (field !== "" || row.length > 0) yield [...row, field];
}

/** `isWhole`: the text is all of the file; else its last line is taken to be cut off. */
export function previewCsv(text: string, options: { separator: string; isWhole: boolean; rows: number }): CsvPreview {
  const all = readRows(text, options.separator);
  const header = all.next().value ?? [];
  const rows: string[][] = [];
  for (const row of all) {
    if (rows.length > options.rows) break;
    rows.push(row);
  }
  if (!options.isWhole && rows.length <= options.rows) rows.pop();
  return { header, rows: rows.slice(0, options.rows), isCut: !options.isWhole || rows.length > options.rows };
}
