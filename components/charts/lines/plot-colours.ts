import { SERIES_COLOURS } from "../colour-of";

/** The theme's colours as a canvas needs them: looked up, not named. */

export type PlotColours = {
  ink: string;
  muted: string;
  line: string;
  panel: string;
  well: string;
  failed: string;
  warning: string;
  /** The faint end of a ramp whose strong end is the first series colour. */
  ramp: string;
  series: string[];
};

export function readPlotColours(): PlotColours {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: read("ink"),
    muted: read("muted"),
    line: read("line"),
    panel: read("panel"),
    well: read("well"),
    failed: read("failed"),
    warning: read("warning"),
    ramp: read("control"),
    series: Array.from({ length: SERIES_COLOURS }, (_, index) => read(`series-${index + 1}`)),
  };
}
