import { cloneElement, type ReactElement } from "react";

/** The props a trigger of a menu or popover takes; any of our buttons does. */
export type TriggerProps = {
  onClick?: () => void;
  onPointerEnter?: () => void;
  onFocus?: () => void;
  "aria-haspopup"?: "menu" | "dialog";
  "aria-expanded"?: boolean;
};

export type TriggerElement = ReactElement<TriggerProps>;

/** Stands in for the real trigger until the floating part is fetched; hovering or focusing it starts the fetch. */
export function standIn(trigger: TriggerElement, kind: "menu" | "dialog", fetchSurface: () => void, want: () => void) {
  return cloneElement(trigger, {
    onClick: want,
    onPointerEnter: fetchSurface,
    onFocus: fetchSurface,
    "aria-haspopup": kind,
    "aria-expanded": false,
  });
}
