import { type Extent, percentOf } from "../ticks";

/** What was live when: tracks of spans over one time axis. */

export type TimelineTone = "accent" | "neutral" | "failed";

export type TimelineSpan = {
  id: string;
  label: string;
  from: number;
  to: number | null;
  tone?: TimelineTone;
  href?: string;
  detail?: string;
};

export type TimelineTrack = { id: string; label: string; spans: readonly TimelineSpan[] };

export type PlacedSpan = TimelineSpan & { left: number; width: number };

/** A span without an end runs to the end of the axis; what lies outside is left out. */
export function placeSpans(track: TimelineTrack, [from, to]: Extent): PlacedSpan[] {
  return track.spans
    .filter((span) => span.from < to && (span.to ?? to) > from)
    .map((span) => {
      const left = percentOf(span.from, [from, to]);
      return { ...span, left, width: percentOf(span.to ?? to, [from, to]) - left };
    });
}

/** The spans of each track that cover a moment; a span owns its start, not its end. */
export function liveAt(
  tracks: readonly TimelineTrack[],
  at: number,
): { track: TimelineTrack; spans: TimelineSpan[] }[] {
  return tracks.map((track) => ({
    track,
    spans: track.spans.filter((span) => span.from <= at && (span.to === null || at < span.to)),
  }));
}

/** "champion v4; challenger none". */
export function liveSentence(tracks: readonly TimelineTrack[], at: number): string {
  return liveAt(tracks, at)
    .map(
      ({ track, spans }) =>
        `${track.label} ${spans.length > 0 ? spans.map((span) => span.label).join(" and ") : "none"}`,
    )
    .join("; ");
}
