/** Pages signed in as the owner, with what every page must keep: no console error, no axe violation. */
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test as base } from "@playwright/test";
import { opensAlive } from "./alive";
import { ownerState } from "./instance";

export { expect };

/** Noise of a page that is left while it loads is not an error of ours. */
const harmless = /net::ERR_ABORTED|Failed to load resource: net::ERR_/;

type Expected = {
  /** Answers that a test asks for on purpose: browsers write each refused request to the console. */
  refusals: RegExp | null;
};

export const test = base.extend<Expected>({
  storageState: ownerState,
  refusals: [null, { option: true }],
  page: async ({ page, refusals }, use) => {
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error" && !harmless.test(message.text())) faults.push(message.text());
    });
    await use(opensAlive(page));
    expect(faults.filter((fault) => !refusals?.test(fault))).toEqual([]);
  },
});

/** Sets the theme and waits until every colour has arrived: half-way through a transition no contrast means anything. */
async function showTheme(name: string): Promise<void> {
  document.documentElement.dataset.theme = name;
  await new Promise((next) => requestAnimationFrame(next));
  const moving = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
  await Promise.allSettled(moving.map((animation) => animation.finished));
}

const looked = {
  light: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
  dark: { type: "rule", values: ["color-contrast", "link-in-text-block"] },
} as const;

/**
 * WCAG 2.2 AA in both themes; in the second what a theme changes. Only violations are asked for, and in the page itself: to name each element that
 * passes, and to put the answer together in a page of its own, takes several times as long as to look.
 */
export async function expectAccessible(page: Page): Promise<void> {
  for (const theme of ["light", "dark"] as const) {
    await page.evaluate(showTheme, theme);
    const { type, values } = looked[theme];
    const result = await new AxeBuilder({ page }).options({ runOnly: { type, values: [...values] }, resultTypes: ["violations"] }).setLegacyMode().analyze();
    expect(result.violations.map(({ id, nodes }) => `${theme} ${id}: ${nodes.map((node) => node.html).join(" | ")}`)).toEqual([]);
  }
}
