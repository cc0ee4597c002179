import { type Looked, looksOf, type SeriesLook } from "../colour-of";

/** Curves over a numeric x; `n` is how many examples stand behind a point, `low` and `high` its interval. */

export type CurvePoint = { x: number; y: number; low?: number; high?: number; n?: number };

export type Curve = Looked & { label: string; points: readonly CurvePoint[] };

export type PreparedPoint = CurvePoint & { error?: [number, number] };

export type PreparedCurve = { id: string; label: string; look: SeriesLook; points: PreparedPoint[] };

/** Points in order of x, without what is no number, and errors as distances from the point. */
export function prepareCurves(curves: readonly Curve[]): PreparedCurve[] {
  const looks = looksOf(curves);
  return curves.map((curve) => ({
    id: curve.id,
    label: curve.label,
    look: looks.get(curve.id) ?? { colour: 1, dash: [] },
    points: curve.points
      .filter((point) => Number.isFinite(point.x) && Number.isFinite(point.y))
      .map((point) =>
        point.low === undefined || point.high === undefined
          ? { ...point }
          : { ...point, error: distances(point, point.low, point.high) },
      )
      .sort((a, b) => a.x - b.x || a.y - b.y),
  }));
}

function distances(point: CurvePoint, low: number, high: number): [number, number] {
  return [Math.max(0, point.y - low), Math.max(0, high - point.y)];
}
