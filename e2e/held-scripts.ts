/** Scripts that wait until a test lets them through: a page as somebody on a slow line has it. */
import type { Page } from "@playwright/test";

type Release = () => void;

async function hold(page: Page, glob: string, isHeld: (path: string) => boolean): Promise<Release> {
  let release: Release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(glob, async (route) => {
    if (isHeld(new URL(route.request().url()).pathname)) await held;
    await route.continue();
  });
  return release;
}

/** All of them, from here on. */
export const holdScripts = (page: Page): Promise<Release> => hold(page, "**/_next/static/**/*.js*", () => true);

/** Those that the document at `path` does not name: they come after the first paint. */
export async function holdLateScripts(page: Page, path: string): Promise<Release> {
  const first = await (await page.request.get(path)).text();
  return hold(page, "**/_next/static/chunks/**", (script) => !first.includes(script.split("/").at(-1) ?? ""));
}
