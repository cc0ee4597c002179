import uPlot from "uplot";
import { labelHeight, type LineEnd, spread } from "./line-ends";
import type { EventMark, ReferenceBand, ReferenceLine } from "./line-series";
import type { PlotColours } from "./plot-colours";
import type { BestPoint } from "./prepare-lines";

/** What is drawn over and under the lines: bands, reference lines, events and the best point, each with its label. */

export type PlotMarks = {
  lines: readonly ReferenceLine[];
  bands: readonly ReferenceBand[];
  events: readonly EventMark[];
  /** Names at the ends of the lines. */
  ends: readonly LineEnd[];
  best: BestPoint | null;
  bestText: string;
};

type Words = { text: string; x: number; y: number; colour: string; halo: string; align?: CanvasTextAlign };

function label(plot: uPlot, { text, x, y, colour, halo, align = "left" }: Words) {
  const { ctx } = plot;
  ctx.font = `${11 * uPlot.pxRatio}px system-ui, sans-serif`;
  ctx.textAlign = align;
  ctx.textBaseline = "bottom";
  // A halo in the ground's colour keeps the words readable over lines.
  ctx.strokeStyle = halo;
  ctx.lineWidth = 4 * uPlot.pxRatio;
  ctx.lineJoin = "round";
  ctx.setLineDash([]);
  ctx.strokeText(text, x, y);
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y);
}

function stroke(plot: uPlot, colour: string, dash: number[], from: [number, number], to: [number, number]) {
  const { ctx } = plot;
  ctx.strokeStyle = colour;
  ctx.lineWidth = uPlot.pxRatio;
  ctx.setLineDash(dash.map((each) => each * uPlot.pxRatio));
  ctx.beginPath();
  ctx.moveTo(...from);
  ctx.lineTo(...to);
  ctx.stroke();
  ctx.setLineDash([]);
}

function clipped(plot: uPlot, draw: () => void) {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  draw();
  ctx.restore();
}

export function drawBands(plot: uPlot, marks: PlotMarks, colours: PlotColours) {
  const { bbox, ctx } = plot;
  clipped(plot, () => {
    for (const band of marks.bands) {
      const top = plot.valToPos(band.to, "y", true);
      const bottom = plot.valToPos(band.from, "y", true);
      ctx.fillStyle = colours.well;
      ctx.fillRect(bbox.left, top, bbox.width, bottom - top);
      label(plot, {
        text: band.label,
        x: bbox.left + 6 * uPlot.pxRatio,
        y: Math.min(bottom, bbox.top + bbox.height) - 3,
        colour: colours.muted,
        halo: colours.well,
      });
    }
  });
}

function drawLines(plot: uPlot, marks: PlotMarks, colours: PlotColours) {
  const { bbox } = plot;
  const right = bbox.left + bbox.width;
  for (const line of marks.lines) {
    const y = plot.valToPos(line.value, "y", true);
    const colour = line.tone === "failed" ? colours.failed : line.tone === "warning" ? colours.warning : colours.muted;
    stroke(plot, colour, [5, 4], [bbox.left, y], [right, y]);
    // Above the line, or below it where the plot ends.
    const isHigh = y - 15 * uPlot.pxRatio < bbox.top;
    label(plot, {
      text: line.label,
      x: bbox.left + 6 * uPlot.pxRatio,
      y: isHigh ? y + 15 * uPlot.pxRatio : y - 3,
      colour,
      halo: colours.panel,
    });
  }
}

const rowHeight = 13;

/** The upper half, where the line that is good at its top end leaves the lower one free. */
function isBestHigh(plot: uPlot, best: BestPoint): boolean {
  return plot.valToPos(best.value, "y", true) < plot.bbox.top + plot.bbox.height / 2;
}

/** Labels stand at the top, or beside the best point's, on the side that lies away from its line. */
function drawEvents(plot: uPlot, marks: PlotMarks, colours: PlotColours) {
  const { bbox } = plot;
  const row = rowHeight * uPlot.pxRatio;
  const y = !marks.best ? bbox.top + row : isBestHigh(plot, marks.best) ? bbox.top + bbox.height - 3 * uPlot.pxRatio - row : bbox.top + 2 * row;
  for (const event of marks.events) {
    const x = plot.valToPos(event.x, "x", true);
    const toLeft = x > bbox.left + bbox.width * 0.6;
    stroke(plot, colours.muted, [2, 3], [x, bbox.top], [x, bbox.top + bbox.height]);
    label(plot, { text: `▾ ${event.label}`, x: x + (toLeft ? -3 : 3) * uPlot.pxRatio, y, colour: colours.muted, halo: colours.panel, align: toLeft ? "right" : "left" });
  }
}

const ring = 4.5;

/** The label at the inner edge of the plot that is farther from the point, so that it lies on no line near the best one. */
function drawBest(plot: uPlot, marks: PlotMarks, colours: PlotColours) {
  if (!marks.best) return;
  const { ctx, bbox } = plot;
  const x = plot.valToPos(marks.best.x, "x", true);
  const y = plot.valToPos(marks.best.value, "y", true);
  if (x < bbox.left || x > bbox.left + bbox.width) return;
  ctx.strokeStyle = colours.ink;
  ctx.lineWidth = 1.5 * uPlot.pxRatio;
  // The last line drawn may have been a dashed one.
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.arc(x, y, ring * uPlot.pxRatio, 0, 2 * Math.PI);
  ctx.stroke();
  const toLeft = x > bbox.left + bbox.width / 2;
  const isHigh = isBestHigh(plot, marks.best);
  label(plot, {
    text: marks.bestText,
    x: x + (toLeft ? ring : -ring) * uPlot.pxRatio,
    y: isHigh ? bbox.top + bbox.height - 3 * uPlot.pxRatio : bbox.top + 13 * uPlot.pxRatio,
    colour: colours.ink,
    halo: colours.panel,
    align: toLeft ? "right" : "left",
  });
}

/** The last value of a line that is within sight. */
function endOf(plot: uPlot, id: string): number | null {
  const column = plot.series.findIndex((each) => each.label === id && (each.alpha ?? 1) > 0.5);
  const values = plot.data[column] ?? [];
  const xs = plot.data[0];
  const to = plot.scales.x?.max ?? Number.POSITIVE_INFINITY;
  for (let at = values.length - 1; at >= 0; at -= 1) {
    const value = values[at];
    if (value !== null && value !== undefined && (xs[at] ?? 0) <= to) return value;
  }
  return null;
}

/** Each name right of the plot at the height of its line's end, with a stroke of its colour. */
function drawEnds(plot: uPlot, marks: PlotMarks, colours: PlotColours) {
  const { bbox } = plot;
  const known = marks.ends.flatMap((end) => {
    const value = endOf(plot, end.id);
    return value === null ? [] : [{ ...end, y: plot.valToPos(value, "y", true) }];
  });
  const height = labelHeight * uPlot.pxRatio;
  const places = spread(known.map(({ y }) => y), height, bbox.top + height / 2, bbox.top + bbox.height - height / 2);
  const right = bbox.left + bbox.width;
  for (const [index, { text, colour, y }] of known.entries()) {
    const place = places[index] ?? y;
    const ink = colours.series[colour - 1] ?? colours.ink;
    stroke(plot, ink, [], [right + 2 * uPlot.pxRatio, y], [right + 9 * uPlot.pxRatio, place]);
    label(plot, { text, x: right + 12 * uPlot.pxRatio, y: place + 6 * uPlot.pxRatio, colour: colours.ink, halo: colours.panel });
  }
}

export function drawMarks(plot: uPlot, marks: PlotMarks, colours: PlotColours) {
  clipped(plot, () => {
    drawLines(plot, marks, colours);
    drawEvents(plot, marks, colours);
  });
  // Not clipped: the best point is often the last one, on the plot's edge.
  drawBest(plot, marks, colours);
  drawEnds(plot, marks, colours);
}
