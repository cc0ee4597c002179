import { describe, expect, it } from "vitest";
import { ownPath, signInPath } from "./sign-in-path";

describe("the page after the sign-in", () => {
  it("is the one that was asked for, with its query", () => {
    expect(signInPath("/flights/models/flight-delay?version=3")).toBe("/sign-in?next=%2Fflights%2Fmodels%2Fflight-delay%3Fversion%3D3");
    expect(ownPath("/flights/models/flight-delay?version=3")).toBe("/flights/models/flight-delay?version=3");
  });

  it("is without the router's own parameter", () => {
    expect(signInPath("/flights?tab=runs&_rsc=1abc")).toBe("/sign-in?next=%2Fflights%3Ftab%3Druns");
  });

  it.each([null, "/"])("is not said for %j", (wanted) => expect(signInPath(wanted)).toBe("/sign-in"));

  it.each([undefined, ["/a", "/b"], "", "flights", "https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example", "/.//evil.example", "/a/..//evil.example", "//[", "javascript:alert(1)"])(
    "is the root for %j",
    (next) => expect(ownPath(next)).toBe("/"),
  );
});
