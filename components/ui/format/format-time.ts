/** Points in time: relative to a given now, and absolute with the zone. Pure: the clock and the zone are passed in. */

export type Instant = Date | string | number;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function toMillis(at: Instant): number {
  return at instanceof Date ? at.getTime() : new Date(at).getTime();
}

function span(ms: number): string {
  // Rounded as a duration is: what ended now was not begun sooner than it took.
  if (ms < MINUTE) return `${Math.min(59, Math.round(ms / 1000))} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h`;
  return `${Math.floor(ms / DAY)} d`;
}

/** `just now`, `3 min ago`, `in 2 h`; past 30 days the date says more than a number of days. */
export function formatRelative(at: Instant, now: number): string {
  const ms = toMillis(at);
  if (Number.isNaN(ms)) return "–";
  const past = now - ms;
  const size = Math.abs(past);
  if (size < 5_000) return "just now";
  if (size >= 30 * DAY) return formatDay(at, now);
  return past > 0 ? `${span(size)} ago` : `in ${span(size)}`;
}

/** `12 Mar`, with the year when it is not this one. */
export function formatDay(at: Instant, now: number, zone = "UTC"): string {
  const sameYear = new Date(toMillis(at)).getUTCFullYear() === new Date(now).getUTCFullYear();
  const options = { day: "numeric", month: "short", timeZone: zone } as const;
  return new Date(toMillis(at)).toLocaleDateString("en-GB", sameYear ? options : { ...options, year: "numeric" });
}

/** `Wed 12 Mar 2025, 14:32:05 UTC`. Without a zone: the zone of whoever runs it. */
export function formatAbsolute(at: Instant, zone?: string): string {
  const ms = toMillis(at);
  if (Number.isNaN(ms)) return "–";
  const parts = new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZone: zone,
    timeZoneName: "short",
  }).formatToParts(ms);
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? "";
  const day = `${of("weekday")} ${of("day")} ${of("month")} ${of("year")}`;
  return `${day}, ${of("hour")}:${of("minute")}:${of("second")} ${of("timeZoneName")}`;
}

/** `14:32` or `14:32:05`. */
export function formatClock(at: Instant, zone?: string, seconds = false): string {
  const ms = toMillis(at);
  if (Number.isNaN(ms)) return "–";
  return new Date(ms).toLocaleTimeString("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    second: seconds ? "2-digit" : undefined,
    timeZone: zone,
  });
}
