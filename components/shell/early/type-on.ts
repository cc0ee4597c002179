import type { Kept } from "./keep-early-input";

/**
 * A letter typed while text is still kept goes on in what is kept, and is no key of the page: React may have written its older text over the field, or
 * have taken it away with its focus, where it draws a part anew. True where it did. Runs as text in the page's head.
 */
export function typeOn(kept: Kept[], find: (one: Kept) => Element | null, event: KeyboardEvent): boolean {
  const isLetter = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
  const isBack = event.key === "Backspace";
  if (!isLetter && !isBack) return false;
  const focused = document.activeElement;
  const isLost = focused === null || focused === document.body;
  const isText = ({ target }: Kept) => target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
  const isOf = (one: Kept) => (isLost ? isText(one) && !one.target.isConnected : find(one) === focused);
  let text = kept.find((one) => one.type === "input" && isOf(one));
  const lost = isLost && !text ? kept.find((one) => one.type === "focusin" && isOf(one)) : undefined;
  if (lost) {
    text = { ...lost, type: "input" };
    kept.push(text);
  }
  if (!text) return false;
  if (focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement) {
    // In the midst of the text the field knows better where; one of an e-mail or a number does not say where that is.
    const { selectionStart, value } = focused;
    if (value === text.value && (selectionStart === null || selectionStart < value.length)) return false;
  }
  text.value = isLetter ? text.value + event.key : text.value.slice(0, -1);
  text.tries = 0;
  const prototype = focused instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  if (focused && !isLost) Object.getOwnPropertyDescriptor(prototype, "value")?.set?.call(focused, text.value);
  event.stopPropagation();
  return true;
}
