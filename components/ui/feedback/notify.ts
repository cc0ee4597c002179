/** Toasts without their weight: the library is fetched with the first message, and the mount waits for it. */

export type NotifyOptions = {
  description?: string;
  action?: { label: string; onClick: () => void };
  id?: string;
  duration?: number;
};

type Kind = "success" | "error" | "message" | "warning";

type Pending = { kind: Kind; text: string; options?: NotifyOptions };

type Deliver = (message: Pending) => void;

const waiting: Pending[] = [];
const listeners = new Set<() => void>();
let deliver: Deliver | undefined;
let wanted = false;

function send(kind: Kind, text: string, options?: NotifyOptions) {
  const message = { kind, text, options };
  if (deliver) return deliver(message);
  waiting.push(message);
  wanted = true;
  for (const listener of listeners) listener();
}

export const notify = {
  success: (text: string, options?: NotifyOptions) => send("success", text, options),
  error: (text: string, options?: NotifyOptions) => send("error", text, options),
  warning: (text: string, options?: NotifyOptions) => send("warning", text, options),
  message: (text: string, options?: NotifyOptions) => send("message", text, options),
};

export function subscribeWanted(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const readWanted = () => wanted;

/** Called once by the mounted surface; hands it what was said before it was there. */
export function connectToasts(next: Deliver): () => void {
  deliver = next;
  for (const message of waiting.splice(0)) next(message);
  return () => {
    deliver = undefined;
  };
}
