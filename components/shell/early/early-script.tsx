import { isAlive } from "./is-alive";
import { keepEarlyInput } from "./keep-early-input";
import { redo } from "./redo";
import { revealAtOnce } from "./reveal-at-once";

const script = `(${revealAtOnce.toString()})();(${keepEarlyInput.toString()})(${isAlive.toString()},${redo.toString()});`;

/** Goes into <head>, before anything that can be pressed. */
export function EarlyScript({ nonce }: { nonce?: string }) {
  return (
    <script nonce={nonce} suppressHydrationWarning>
      {script}
    </script>
  );
}
