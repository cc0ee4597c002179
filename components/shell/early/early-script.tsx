import { isAlive } from "./is-alive";
import { keepEarlyInput } from "./keep-early-input";
import { redo } from "./redo";
import { revealAtOnce } from "./reveal-at-once";
import { typeOn } from "./type-on";

const script = `(${revealAtOnce.toString()})();(${keepEarlyInput.toString()})({isAlive:${isAlive.toString()},redo:${redo.toString()},typeOn:${typeOn.toString()}});`;

/** Goes into <head>, before anything that can be pressed. */
export function EarlyScript({ nonce }: { nonce?: string }) {
  return (
    <script nonce={nonce} suppressHydrationWarning>
      {script}
    </script>
  );
}
