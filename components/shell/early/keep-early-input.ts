/**
 * A page is in sight before its scripts have come, and its lazily loaded parts later still. What someone presses, chooses
 * or types by then is kept until React answers for the element, then done there (docs/adr/0014).
 * It runs as text in the page's head: it may name nothing outside of itself; `isAlive` and `redo` are put in as text too.
 */
export function keepEarlyInput(isAlive: (element: Element) => boolean, redo: (type: string, element: Element, value: string) => void): void {
  type Kept = { type: string; target: Element; look: string; value: string; until: number };
  const pressed = "button,input[type=checkbox],input[type=radio],[role=tab],[role=menuitem]";
  const typed = "input:not([type=checkbox],[type=radio],[type=file])";
  let kept: Kept[] = [];
  let isOurs = false;

  const lookOf = (element: Element) => `${element.tagName} ${element.getAttribute("aria-label") ?? element.getAttribute("name") ?? element.textContent}`;

  /** In a form Enter submits it by itself, in a text it is a letter. */
  const isEnter = (event: KeyboardEvent, field: Element) => event.key === "Enter" && field instanceof HTMLInputElement && field.matches(typed) && !field.form;

  /** A part that was drawn anew has another element in its place. */
  function find({ target, look }: Kept): Element | null {
    if (target.isConnected) return target;
    const alike = Array.from(document.getElementsByTagName(target.tagName)).filter((element) => lookOf(element) === look);
    return alike.length === 1 ? (alike[0] ?? null) : null;
  }

  function settle(): void {
    if (isOurs) return;
    isOurs = true;
    kept = kept.filter((one) => {
      const element = find(one);
      if (performance.now() < one.until && !(element && isAlive(element))) return true;
      if (element) redo(one.type, element, one.value);
      return false;
    });
    isOurs = false;
  }

  function settleEachFrame(): void {
    settle();
    if (kept.length > 0) requestAnimationFrame(settleEachFrame);
  }

  function keep(event: Event): void {
    if (isOurs || !(event.target instanceof Element)) return;
    if (event instanceof KeyboardEvent && !isEnter(event, event.target)) return;
    const target = event.type === "click" ? event.target.closest(pressed) : event.target;
    if (!target || target.matches(":disabled")) return;
    // Also where React hears it by itself: it holds what was typed before, which, done after it, would take its place.
    kept = kept.filter((one) => one.type !== event.type || find(one) !== target);
    if (isAlive(target)) return;
    if (event.type === "click" || event.type === "submit") {
      event.preventDefault();
      event.stopPropagation();
    }
    kept.push({ type: event.type, target, look: lookOf(target), value: "value" in target ? String(target.value) : "", until: performance.now() + 60_000 });
    if (kept.length === 1) requestAnimationFrame(settleEachFrame);
  }

  // React, once alive, may write its own, older text over what was typed: what was kept is done before the next letter.
  for (const type of ["keydown", "beforeinput", "focusout"]) addEventListener(type, settle, true);
  for (const type of ["click", "change", "input", "submit", "keydown"]) addEventListener(type, keep, true);
}
