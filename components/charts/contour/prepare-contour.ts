/** What lies between points of two parameters: a grid of values, weighted by nearness. Pure. */

export type ContourPoint = { x: number; y: number; value: number };

/**
 * Shepard's inverse-distance weighting with the power 3, over positions 0…1: at a point its own value, between points
 * that of the nearer. `size` cells a side, row by row from the foot; shares of the range of values, 0…1.
 */
export function fillContour(points: readonly ContourPoint[], size: number): Float32Array {
  const values = points.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const cells = new Float32Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const value = valueAt(points, (column + 0.5) / size, (row + 0.5) / size);
      cells[row * size + column] = high > low ? (value - low) / (high - low) : 0.5;
    }
  }
  return cells;
}

function valueAt(points: readonly ContourPoint[], x: number, y: number): number {
  let sum = 0;
  let weights = 0;
  for (const point of points) {
    const distance = Math.hypot(point.x - x, point.y - y);
    const weight = 1 / (distance + 1e-6) ** 3;
    sum += weight * point.value;
    weights += weight;
  }
  return sum / weights;
}

/** Values in steps, so that lines of equal value show. */
export const bandOf = (share: number, bands: number): number => Math.min(bands - 1, Math.floor(share * bands)) / (bands - 1);
