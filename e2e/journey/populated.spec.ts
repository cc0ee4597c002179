/** Every page of the portal over the example's data, each found by following links from Home: no console error, WCAG 2.2 AA. */
import { readdirSync } from "node:fs";
import { sep } from "node:path";
import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "../fixtures";
import { project } from "../instance";

/** The routes below a project, as the app's folders have them: `experiments/[no]`. */
const routes = readdirSync("app/(portal)/[project]", { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith("page.tsx") && !path.startsWith("[...rest]"))
  .map((path) => path.split(sep).slice(0, -1).join("/"));

const patternOf = (route: string) => new RegExp(`^/${project}${route && "/"}${route.replace(/\[[^\]]+\]/g, "[^/]+")}$`);

/** Places with a name of their own come before those that only fit a pattern: `experiments/launch` is not `experiments/[no]`. */
const ordered = routes.map((route) => ({ route, pattern: patternOf(route) })).sort((a, b) => a.route.split("[").length - b.route.split("[").length);
const routeOf = (path: string) => ordered.find(({ pattern }) => pattern.test(path))?.route;

/**
 * No link leads there: runs are compared once they were ticked, a sweep starts from a recipe that was chosen; the settings and the alerts
 * without more in their address lead on to their first section and to the monitors. The specs of each look at these pages, with axe.
 */
const unlinked = ["experiments/compare", "experiments/sweeps/new", "monitoring/alerts", "settings"];

async function linksOf(page: Page): Promise<string[]> {
  const hrefs = await page.locator("a[href^='/']").evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
  return hrefs.map((href) => href.split("#")[0] ?? "");
}

test("every page that links lead to is accessible and without an error, over the example's data", async ({ page }) => {
  test.setTimeout(15 * 60_000);
  const found = new Map<string, string>([["", `/${project}`]]);
  const faults: string[] = [];
  for (const [route, href] of found) {
    await test.step(`${route || "home"}: ${href}`, async () => {
      await page.goto(href);
      await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
      await expect(page.locator("main [aria-busy=true]")).toHaveCount(0);
      for (const link of await linksOf(page)) {
        const next = routeOf(link.split("?")[0] ?? "");
        if (next !== undefined && !found.has(next)) found.set(next, link);
      }
      await expectAccessible(page).catch((error: Error) => faults.push(`${href}: ${error.message}`));
    });
  }
  expect(faults).toEqual([]);
  expect(routes.filter((route) => !found.has(route) && !unlinked.includes(route))).toEqual([]);
});
