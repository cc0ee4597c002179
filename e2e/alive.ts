/** A page is opened once React answers for all of it. What is done before that is `platform/early-input.spec.ts`'s matter: on a busy machine it would be every spec's. */
import { expect, type Page } from "@playwright/test";
import { isAlive } from "../components/shell/early/is-alive";

const areAlive = `[...document.querySelectorAll("button, input, select, textarea")].filter((each) => !each.disabled).every(${isAlive})`;

/** What hears keys of the whole page does so by an effect, a frame after it is shown. */
const isSettled = `new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(() => next(${areAlive}))))`;

/** A page that leads on to another meanwhile is asked again. */
const untilAlive = (page: Page) =>
  expect.poll(() => page.evaluate<boolean>(isSettled).catch(() => false), { message: `${page.url()} comes alive`, intervals: [50], timeout: 30_000 }).toBe(true);

/** Who asks for a moment before, by `waitUntil`, has the page as it is then. */
export function opensAlive(page: Page): Page {
  const { goto, reload } = page;
  page.goto = async (url, options) => {
    const answer = await goto.call(page, url, options);
    if (!options?.waitUntil) await untilAlive(page);
    return answer;
  };
  page.reload = async (options) => {
    const answer = await reload.call(page, options);
    if (!options?.waitUntil) await untilAlive(page);
    return answer;
  };
  return page;
}
