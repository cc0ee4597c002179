/** The stream of topics behind the live dot: opened again by itself, and not believed once it has been silent. */

import type { LiveStanding } from "@/components/shell/live/live-standing";

type Handlers = { onStanding(standing: LiveStanding): void; onTopics(topics: readonly string[]): void };

/** The server beats every 15 s: two missed beats, and a moment for the way. */
export const silenceMs = 32_000;
const reopenMs = 5_000;

/** A connection that breaks without a word, as a stopped server or a sleeping laptop leaves it, raises no error. */
export function openLive(url: string, { onStanding, onTopics }: Handlers): () => void {
  let source: EventSource | undefined;
  let heardAt = Date.now();
  let silence: ReturnType<typeof setTimeout> | undefined;
  let reopening: ReturnType<typeof setTimeout> | undefined;

  function heard(isLive: boolean) {
    heardAt = Date.now();
    clearTimeout(silence);
    silence = setTimeout(lose, silenceMs);
    onStanding(isLive ? { state: "connected", since: null } : { state: "reconnecting", since: heardAt });
  }

  function lose() {
    onStanding({ state: "lost", since: heardAt });
    reopen();
  }

  /** A new stream rather than the old one: a half-open one would not fail for minutes. */
  function reopen() {
    clearTimeout(reopening);
    source?.close();
    reopening = setTimeout(reopen, silenceMs);
    source = new EventSource(url);
    source.addEventListener("hello", (event) => {
      clearTimeout(reopening);
      heard(event.data === '"live"');
      // Also the first time: the page was rendered before anybody listened for it.
      onTopics(["*"]);
    });
    source.addEventListener("heartbeat", (event) => heard(event.data === '"live"'));
    source.addEventListener("topics", (event) => onTopics(JSON.parse(event.data)));
    source.addEventListener("error", failed);
  }

  function failed(this: EventSource) {
    if (this !== source) return;
    const isLost = Date.now() - heardAt >= silenceMs || !navigator.onLine;
    onStanding({ state: isLost ? "lost" : "reconnecting", since: heardAt });
    if (this.readyState !== EventSource.CLOSED) return;
    clearTimeout(reopening);
    reopening = setTimeout(reopen, reopenMs);
  }

  const wentOffline = () => onStanding({ state: "lost", since: Date.now() });
  window.addEventListener("offline", wentOffline);
  window.addEventListener("online", reopen);
  silence = setTimeout(lose, silenceMs);
  reopen();
  if (!navigator.onLine) wentOffline();
  return () => {
    window.removeEventListener("offline", wentOffline);
    window.removeEventListener("online", reopen);
    clearTimeout(silence);
    clearTimeout(reopening);
    source?.close();
  };
}
