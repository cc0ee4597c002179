import { keepEarlyInput } from "./keep-early-input";

const script = `(${keepEarlyInput.toString()})()`;

/** Goes into <head>, before anything that can be pressed. */
export function EarlyScript({ nonce }: { nonce?: string }) {
  return (
    <script nonce={nonce} suppressHydrationWarning>
      {script}
    </script>
  );
}
