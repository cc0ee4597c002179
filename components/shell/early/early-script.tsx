import { keepEarlyInput } from "./keep-early-input";
import { revealAtOnce } from "./reveal-at-once";

const script = [revealAtOnce, keepEarlyInput].map((each) => `(${each.toString()})();`).join("");

/** Goes into <head>, before anything that can be pressed. */
export function EarlyScript({ nonce }: { nonce?: string }) {
  return (
    <script nonce={nonce} suppressHydrationWarning>
      {script}
    </script>
  );
}
