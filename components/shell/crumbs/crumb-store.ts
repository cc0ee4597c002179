/** What the page on show calls itself: written by PageCrumbs, read by the bar. */

export type Crumb = { label: string; href?: string };

const listeners = new Set<() => void>();
let crumbs: readonly Crumb[] | null = null;

function write(next: readonly Crumb[] | null) {
  crumbs = next;
  for (const listener of listeners) listener();
}

/** Returns the undo, which leaves a newer page's crumbs alone. */
export function showCrumbs(next: readonly Crumb[]): () => void {
  write(next);
  return () => {
    if (crumbs === next) write(null);
  };
}

export function subscribeCrumbs(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const readCrumbs = () => crumbs;
