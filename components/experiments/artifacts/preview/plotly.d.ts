/** The package brings no types; this is what is used of it. */
declare module "plotly.js-basic-dist-min" {
  const Plotly: {
    newPlot(node: HTMLElement, data: unknown[], layout: Record<string, unknown>, config: Record<string, unknown>): Promise<void>;
    purge(node: HTMLElement): void;
  };
  export default Plotly;
}
