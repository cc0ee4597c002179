/**
 * A page is in sight before its scripts have come, and its lazily loaded parts later still. What someone presses, chooses
 * or types by then is kept until React answers for the element, then done there (docs/adr/0014).
 * It runs as text in the page's head: it may name nothing outside of itself.
 */
export function keepEarlyInput(): void {
  type Kept = { type: string; target: Element; look: string; value: string; until: number };
  const pressed = "button,input[type=checkbox],input[type=radio],[role=tab],[role=menuitem]";
  const typed = "input:not([type=checkbox],[type=radio],[type=file]),textarea";
  let kept: Kept[] = [];
  let isOurs = false;

  /** Whether React's event system finds a mounted component for it: it looks at the same two flags, Placement and Hydrating. */
  function isAlive(element: Element): boolean {
    type Fiber = { alternate: unknown; flags: number; return: Fiber | null };
    const mark = Object.keys(element).find((key) => key.startsWith("__reactFiber$"));
    let fiber: Fiber | null = mark ? Reflect.get(element, mark) : null;
    if (fiber === null || fiber.alternate) return fiber !== null;
    for (; fiber; fiber = fiber.return) if (fiber.flags & 4098) return false;
    return true;
  }

  const lookOf = (element: Element) => `${element.tagName} ${element.getAttribute("aria-label") ?? element.getAttribute("name") ?? element.textContent}`;

  /** A part that was drawn anew has another element in its place. */
  function find({ target, look }: Kept): Element | null {
    if (target.isConnected) return target;
    const alike = Array.from(document.getElementsByTagName(target.tagName)).filter((element) => lookOf(element) === look);
    return alike.length === 1 ? (alike[0] ?? null) : null;
  }

  /** React hears of text only where it differs from what it last saw: set back through its setter, typed past it. */
  function retype(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
    const prototype = field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
    field.value = field.defaultValue;
    Object.getOwnPropertyDescriptor(prototype, "value")?.set?.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function redo(type: string, element: Element, value: string): void {
    if (type === "submit" && element instanceof HTMLFormElement) element.requestSubmit();
    else if (type === "click" && element instanceof HTMLElement) {
      // A menu opens where the pointer goes down.
      if (element.getAttribute("aria-haspopup") === "menu") element.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, button: 0, pointerType: "mouse" }));
      element.click();
    } else if (type === "change" && element instanceof HTMLSelectElement) {
      element.value = value;
      element.dispatchEvent(new Event("change", { bubbles: true }));
    } else if (type === "input" && element.matches(typed)) retype(element as HTMLInputElement, value);
  }

  function settle(): void {
    kept = kept.filter((one) => {
      const element = find(one);
      if (performance.now() < one.until && !(element && isAlive(element))) return true;
      isOurs = true;
      if (element) redo(one.type, element, one.value);
      isOurs = false;
      return false;
    });
    if (kept.length > 0) requestAnimationFrame(settle);
  }

  function keep(event: Event): void {
    if (isOurs || !(event.target instanceof Element)) return;
    const target = event.type === "click" ? event.target.closest(pressed) : event.target;
    if (!target || target.matches(":disabled")) return;
    // Also where React hears it by itself: it holds what was typed before, which, done after it, would take its place.
    kept = kept.filter((one) => one.type !== event.type || find(one) !== target);
    if (isAlive(target)) return;
    if (event.type === "click" || event.type === "submit") {
      event.preventDefault();
      event.stopPropagation();
    }
    kept.push({ type: event.type, target, look: lookOf(target), value: "value" in target ? String(target.value) : "", until: performance.now() + 15_000 });
    if (kept.length === 1) requestAnimationFrame(settle);
  }

  for (const type of ["click", "change", "input", "submit"]) addEventListener(type, keep, true);
}
