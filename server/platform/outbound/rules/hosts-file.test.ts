import { expect, it } from "vitest";
import { addressesInHosts } from "./hosts-file";

const hosts = "127.0.0.1\tlocalhost\n# 10.0.0.9 old.example\n\n10.0.0.7  Inner.example inner # the database\nfe80::1%eth0 inner.example\n";

it.each([
  ["localhost", ["127.0.0.1"]],
  ["inner.example", ["10.0.0.7", "fe80::1%eth0"]],
  ["INNER.example.", ["10.0.0.7", "fe80::1%eth0"]],
  ["old.example", []],
  ["10.0.0.7", []],
  ["database", []],
])("finds the addresses of %s", (host, addresses) => {
  expect(addressesInHosts(hosts, host)).toEqual(addresses);
});
