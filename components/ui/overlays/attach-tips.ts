/** One tip for the whole page: any element with `data-tip` gets it on hover and on keyboard focus; Escape puts it away. */

const OPEN_AFTER_MS = 350;
const CLOSE_AFTER_MS = 120;

function place(tip: HTMLElement, target: Element) {
  const box = target.getBoundingClientRect();
  const gap = 6;
  const left = Math.min(
    Math.max(8, box.left + box.width / 2 - tip.offsetWidth / 2),
    window.innerWidth - tip.offsetWidth - 8,
  );
  const below = box.bottom + gap + tip.offsetHeight <= window.innerHeight - 8;
  tip.style.left = `${left}px`;
  tip.style.top = `${below ? box.bottom + gap : box.top - gap - tip.offsetHeight}px`;
}

/** `data-small-tip` speaks only while its element is too small to hold its label, as in a narrowed rail. */
function textOf(target: Element | null): string | null {
  const small = target?.getAttribute("data-small-tip");
  if (small && target && target.getBoundingClientRect().width < 64) return small;
  return target?.getAttribute("data-tip") ?? null;
}

function targetOf(event: Event): Element | null {
  return event.target instanceof Element ? event.target.closest("[data-tip], [data-small-tip]") : null;
}

export function attachTips(tip: HTMLElement): () => void {
  let current: Element | null = null;
  let pressed: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = new AbortController();
  const { signal } = stop;

  function close() {
    clearTimeout(timer);
    current?.removeAttribute("aria-describedby");
    current = null;
    if (tip.matches(":popover-open")) tip.hidePopover();
  }

  function open(target: Element) {
    const text = textOf(target);
    if (!text || !target.isConnected || target.getAttribute("aria-expanded") === "true") return;
    close();
    current = target;
    tip.textContent = text;
    tip.showPopover();
    place(tip, target);
    if (target.getAttribute("aria-label") !== text && !target.hasAttribute("aria-describedby"))
      target.setAttribute("aria-describedby", tip.id);
  }

  // What was pressed keeps quiet until the pointer has been elsewhere.
  function onPress(event: PointerEvent) {
    pressed = textOf(targetOf(event));
    close();
  }

  function onOver(event: PointerEvent) {
    if (event.pointerType === "touch") return;
    const target = targetOf(event);
    const onTip = event.target instanceof Node && tip.contains(event.target);
    if (target === current && target !== null) return clearTimeout(timer);
    clearTimeout(timer);
    if (onTip) return;
    if (textOf(target) !== pressed) pressed = null;
    if (target && pressed !== null) return;
    if (target) timer = setTimeout(open, current ? 60 : OPEN_AFTER_MS, target);
    else if (current) timer = setTimeout(close, CLOSE_AFTER_MS);
  }

  document.addEventListener("pointerover", onOver, { signal, passive: true });
  document.addEventListener("pointerdown", onPress, { signal, passive: true });
  document.addEventListener("scroll", close, { signal, passive: true, capture: true });
  document.addEventListener(
    "focusin",
    (event) => {
      const target = targetOf(event);
      close();
      // A dialog that moves the focus is still moving itself: wait until it rests.
      if (target && event.target === target && target.matches(":focus-visible"))
        timer = setTimeout(open, OPEN_AFTER_MS, target);
    },
    { signal },
  );
  document.addEventListener("keydown", (event) => event.key === "Escape" && close(), { signal });
  return () => {
    close();
    stop.abort();
  };
}
