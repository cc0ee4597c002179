// Finds a Chromium for the browser tests: the system's, Playwright's own, or Debian's through apt when root.
import { existsSync } from "node:fs";
import { runQuietly } from "./packages.mjs";

const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable", "/snap/bin/chromium"];

async function ofPlaywright() {
  const { chromium } = await import("@playwright/test");
  const path = chromium.executablePath();
  return existsSync(path) ? path : null;
}

export async function findChromium() {
  const found = process.env.CHROMIUM_PATH ?? places.find((path) => existsSync(path)) ?? (await ofPlaywright());
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    process.stdout.write("Installing Chromium from Debian's packages…\n");
    await runQuietly("apt-get", ["update"]);
    await runQuietly("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
    if (existsSync("/usr/bin/chromium")) return "/usr/bin/chromium";
  }
  throw new Error("The browser tests need a Chromium: install one (Debian: apt-get install chromium), or set CHROMIUM_PATH.");
}
