import { type ClassValue, clsx } from "clsx";

/** Joins class names. There is no conflict resolution: `className` props place a component, they don't restyle it. */
export function cn(...classes: ClassValue[]): string {
  return clsx(classes);
}
