import { describe, expect, it } from "vitest";
import { deliveryAnswer, deliveryNext, deliveryState } from "./delivery-words";

const tried = (over: object) => ({ state: "pending", attempts: 1, lastStatus: null, lastError: null, lastMs: 12, ...over });

describe("a delivery", () => {
  it.each([
    [{ lastError: "connect ECONNREFUSED 127.0.0.1:1" }, "nothing listens at this address"],
    [{ lastError: "getaddrinfo ENOTFOUND hooks.example" }, "the name of the host is not known"],
    [{ lastError: "no answer within 10 s" }, "no answer within 10 s"],
    [{ lastError: "self-signed certificate" }, "the receiver's certificate is not valid"],
    [{ lastStatus: 500, lastError: "It answered 500." }, "the receiver failed (500)"],
    [{ lastStatus: 404, lastError: "It answered 404." }, "there is nothing at this address (404)"],
    [{ lastStatus: 302, lastError: "It answered 302." }, "the address leads elsewhere, and redirects are not followed (302)"],
    [{ state: "delivered", lastStatus: 204 }, "answered 204 within 12 ms"],
  ])("%j is said as %j", (over, said) => expect(deliveryAnswer(tried(over))).toBe(said));

  it("looks as it stands: trying again is no failure, giving up is", () => {
    expect(deliveryState(tried({ lastStatus: 500 }))).toEqual({ state: "warning", word: "trying again" });
    const gone = tried({ state: "failed", attempts: 8, lastStatus: 500 });
    expect([deliveryState(gone), deliveryNext(gone)]).toEqual([{ state: "failed", word: "given up" }, "given up after 8 tries"]);
    const inner = tried({ state: "failed", lastError: "x leads to what is not a public address." });
    expect([deliveryState(inner), deliveryNext(inner)]).toEqual([{ state: "refused", word: "refused" }, "not tried again"]);
    expect(deliveryState(tried({ attempts: 0 }))).toEqual({ state: "pending", word: "sending" });
    for (const attempts of [0, 2]) {
      const stopped = tried({ state: "stopped", attempts, lastStatus: attempts ? 500 : null, lastError: "the channel was turned off" });
      const overtaken = tried({ state: "overtaken", attempts, lastStatus: attempts ? 500 : null, lastError: "a later event of this alert was taken before it" });
      expect([deliveryState(overtaken), deliveryAnswer(overtaken), deliveryNext(overtaken)]).toEqual([{ state: "cancelled", word: "not sent" }, "a later event of this alert was taken before it", ""]);
      expect([deliveryState(stopped), deliveryAnswer(stopped), deliveryNext(stopped)]).toEqual([{ state: "cancelled", word: "not sent" }, "the channel was turned off", "turning it on again does not send it"]);
    }
  });
});
