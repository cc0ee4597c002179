"use client";

import { Dialog, type DialogProps } from "./dialog";

export type SheetProps = Omit<DialogProps, "placement"> & { side?: "right" | "left" | "bottom" };

/** A panel from the edge, for detail beside the page it belongs to. */
export function Sheet({ side = "right", ...rest }: SheetProps) {
  return <Dialog placement={side} {...rest} />;
}
