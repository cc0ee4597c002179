/** Does on `element` what was done before React answered for it. Runs as text in the page's head: it may name nothing outside of itself. */
export function redo(type: string, element: Element, value: string): void {
  const typed = "input:not([type=checkbox],[type=radio],[type=file]),textarea";

  /** React hears of text only where it differs from what it last saw: set back through its setter, typed past it. */
  function retype(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
    const prototype = field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
    field.value = field.defaultValue;
    Object.getOwnPropertyDescriptor(prototype, "value")?.set?.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  if (type === "submit" && element instanceof HTMLFormElement) element.requestSubmit();
  else if (type === "click" && element instanceof HTMLElement) {
    // A menu opens where the pointer goes down.
    if (element.getAttribute("aria-haspopup") === "menu") element.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, button: 0, pointerType: "mouse" }));
    element.click();
  } else if (type === "change" && element instanceof HTMLSelectElement) {
    element.value = value;
    element.dispatchEvent(new Event("change", { bubbles: true }));
  } else if (type === "input" && element.matches(typed)) retype(element as HTMLInputElement, value);
  // Only where it was lost with the element that had it.
  else if (type === "focusin" && element instanceof HTMLElement && (document.activeElement ?? document.body) === document.body) element.focus();
  else if (type === "keydown") element.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", code: "Enter", bubbles: true, cancelable: true }));
}
