import type { ReactNode } from "react";

/** A row that waits for someone: its state, what it is, its one button. On a phone one below the other, so that none crowds another. */
export function TaskRow({ state, action, children }: { state: ReactNode; action: ReactNode; children: ReactNode }) {
  return (
    <li className="grid justify-items-start gap-x-3 gap-y-1 border-line border-b px-4 py-2 last:border-b-0 sm:grid-cols-[auto_minmax(0,1fr)_auto] sm:items-center">
      {state}
      <div className="min-w-0 max-w-full wrap-anywhere">{children}</div>
      {action}
    </li>
  );
}
