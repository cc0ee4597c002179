/** The numbers behind a chart, as its table shows them. */
export type ChartCell = string | number | null;
export type ChartData = { columns: readonly string[]; rows: readonly (readonly ChartCell[])[] };
