/** The live dot against a connection that breaks without a word. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LiveStanding } from "@/components/shell/live/live-standing";
import { openLive, silenceMs } from "./live-connection";

class Stream extends EventTarget {
  static readonly CLOSED = 2;
  static opened: Stream[] = [];
  readyState = 1;
  constructor(readonly url: string) {
    super();
    Stream.opened.push(this);
  }
  close() {
    this.readyState = Stream.CLOSED;
  }
  say(type: string, data: string) {
    this.dispatchEvent(Object.assign(new Event(type), { data }));
  }
}

let standing: LiveStanding | undefined;
let topics: string[] = [];
let stop = () => {};
const browser = new EventTarget();
const latest = () => Stream.opened.at(-1) ?? new Stream("none");

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-03-01T07:02:00Z") });
  vi.stubGlobal("EventSource", Stream);
  vi.stubGlobal("window", browser);
  vi.stubGlobal("navigator", { onLine: true });
  Stream.opened = [];
  topics = [];
  stop = openLive("/live?project=a", {
    onStanding: (next) => (standing = next),
    onTopics: (said) => topics.push(...said),
  });
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("a live connection", () => {
  it("reads again what may have changed between the page's rendering and its first word", () => {
    expect(topics).toEqual([]);
    latest().say("hello", '"live"');
    expect(topics).toEqual(["*"]);
  });

  it("that is silent for two beats is lost since it was last heard, opened again, and catches up", () => {
    latest().say("hello", '"live"');
    vi.advanceTimersByTime(15_000);
    latest().say("heartbeat", '"live"');
    const heardAt = Date.now();
    vi.advanceTimersByTime(silenceMs - 1);
    expect(standing).toEqual({ state: "connected", since: null });
    vi.advanceTimersByTime(1);
    expect(standing).toEqual({ state: "lost", since: heardAt });
    expect(Stream.opened).toHaveLength(2);
    topics = [];
    latest().say("hello", '"live"');
    expect(standing).toEqual({ state: "connected", since: null });
    expect(topics).toEqual(["*"]);
  });

  it("is lost at once when the browser is offline, and opened again when it is online", () => {
    latest().say("hello", '"live"');
    vi.advanceTimersByTime(1_000);
    browser.dispatchEvent(new Event("offline"));
    expect(standing).toEqual({ state: "lost", since: Date.now() });
    browser.dispatchEvent(new Event("online"));
    latest().say("hello", '"live"');
    expect(standing?.state).toBe("connected");
  });

  it("reconnects by itself at first, and is lost when that takes too long", () => {
    latest().say("hello", '"live"');
    latest().dispatchEvent(new Event("error"));
    expect(standing?.state).toBe("reconnecting");
    vi.advanceTimersByTime(silenceMs);
    expect(standing?.state).toBe("lost");
  });

  it("that was refused is asked for again", () => {
    latest().close();
    latest().dispatchEvent(new Event("error"));
    vi.advanceTimersByTime(5_000);
    expect(Stream.opened).toHaveLength(2);
  });

  it("says so when it is itself behind", () => {
    latest().say("hello", '"behind"');
    expect(standing?.state).toBe("reconnecting");
  });
});
