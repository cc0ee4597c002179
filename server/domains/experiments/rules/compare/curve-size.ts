/** How fine curves are drawn: what one sees of many lines over each other is less than of one. */

const pointsInAll = 24_000;
const leastPoints = 60;

/** Points a curve when so many are drawn on one chart. */
export const pointsEach = (asked: number, curves: number): number => Math.min(asked, Math.max(leastPoints, Math.floor(pointsInAll / Math.max(1, curves))));
