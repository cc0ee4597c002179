/** What was done on an element that React did not answer for yet. `look` finds it again once it was drawn anew, `until` is in ms of the page's life, `tries` counts the frames in which it was to be done. */
export type Kept = { type: string; target: Element; look: string; value: string; path: string; until: number; tries: number };

type Helpers = {
  isAlive: (element: Element) => boolean;
  redo: (type: string, element: Element, value: string) => void;
  typeOn: (kept: Kept[], find: (one: Kept) => Element | null, event: KeyboardEvent) => boolean;
};

/**
 * A page is in sight before its scripts have come, and its lazily loaded parts later still. What someone presses, chooses
 * or types by then is kept until React answers for the element, then done there (docs/adr/0014).
 * It runs as text in the page's head: it may name nothing outside of itself; its helpers are put in as text too.
 */
export function keepEarlyInput({ isAlive, redo, typeOn }: Helpers): void {
  const pressed = "button,input[type=checkbox],input[type=radio],[role=tab],[role=menuitem]";
  const typed = "input:not([type=checkbox],[type=radio],[type=file])";
  let kept: Kept[] = [];
  let isOurs = false;

  const labelOf = (element: Element) => (element instanceof HTMLInputElement || element instanceof HTMLSelectElement ? element.labels?.[0]?.textContent : null);
  const lookOf = (element: Element) => `${element.tagName} ${element.getAttribute("aria-label") ?? element.getAttribute("name") ?? labelOf(element) ?? element.textContent}`;
  /** In a form Enter submits it by itself, in a text it is a letter. */
  const isEnter = (event: KeyboardEvent, field: Element) => event.key === "Enter" && field instanceof HTMLInputElement && field.matches(typed) && !field.form;

  /** A part that was drawn anew has another element in its place. */
  function find({ target, look }: Kept): Element | null {
    if (target.isConnected) return target;
    const alike = Array.from(document.getElementsByTagName(target.tagName)).filter((element) => lookOf(element) === look);
    return alike.length === 1 ? (alike[0] ?? null) : null;
  }

  /** Text and choices stay until they are seen in their field: what keeps them may not listen yet, though React does, and then React writes its older one back. */
  function isDone(one: Kept, element: Element): boolean {
    const isShown = "value" in element && (one.type === "input" || element instanceof HTMLSelectElement);
    one.tries += 1;
    // What listens by an effect does so a frame after it is shown.
    if (one.tries === 1) return false;
    if (isShown && one.tries > 2 && (element.value === one.value || one.tries > 7)) return true;
    redo(one.type, element, one.value);
    return !isShown;
  }

  function settle(): void {
    isOurs = true;
    const waiting = new Set<Element>();
    kept = kept.filter((one) => {
      // Another page may have a field of the same look.
      if (one.path !== location.pathname) return false;
      const element = find(one);
      // What was done later on the same element, or a form around it, is done after it.
      const isReady = element && isAlive(element) && ![...waiting].some((each) => element.contains(each));
      // What nobody answers for in a minute is given up: done by the browser alone, a form would put a password into the address.
      if (isReady ? isDone(one, element) : performance.now() > one.until) return false;
      waiting.add(element ?? one.target);
      return true;
    });
    isOurs = false;
    if (kept.length > 0) requestAnimationFrame(settle);
  }

  function keep(event: Event): void {
    if (isOurs || !(event.target instanceof Element)) return;
    if (event instanceof KeyboardEvent && !isEnter(event, event.target)) return;
    const target = event.type === "click" ? event.target.closest(pressed) : event.target;
    if (!target || target.matches(":disabled")) return;
    // Also where React hears it by itself: it holds what was typed before, which, done after it, would take its place.
    kept = kept.filter((one) => one.type !== event.type || (event.type !== "focusin" && find(one) !== target));
    const needsText = event.type === "keydown" || event.type === "submit";
    if (isAlive(target) && !(needsText && kept.some((one) => one.type === "input" && target.contains(find(one))))) return;
    if (needsText || event.type === "click") {
      event.preventDefault();
      event.stopPropagation();
    }
    kept.push({ type: event.type, target, look: lookOf(target), value: "value" in target ? String(target.value) : "", path: location.pathname, until: performance.now() + 60_000, tries: 0 });
    if (kept.length === 1) requestAnimationFrame(settle);
  }

  for (const type of ["click", "change", "input", "submit", "keydown", "focusin"]) addEventListener(type, keep, true);
  addEventListener("keydown", (event) => !isOurs && typeOn(kept, find, event) && event.preventDefault(), true);
  // Who presses elsewhere leaves the field.
  addEventListener("pointerdown", () => (kept = kept.filter(({ type }) => type !== "focusin")), true);
}
