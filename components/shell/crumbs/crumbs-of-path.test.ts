import { expect, it } from "vitest";
import { crumbsOfPath } from "./crumbs-of-path";

it.each([
  ["/flights/settings/members", ["Settings", "Members"]],
  ["/flights/settings/api", ["Settings", "API"]],
  ["/flights/settings/account", ["Settings", "Your account"]],
  ["/flights/models/members", ["Models", "members"]],
])("%s is named as its tab is, and an object as it is", (path, labels) => {
  expect(crumbsOfPath(path, "flights", null).map(({ label }) => label)).toEqual(labels);
});
