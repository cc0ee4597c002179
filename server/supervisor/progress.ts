/** What the terminal shows while it starts: one line a stage, with its time. */

const started = performance.now();

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Runs a stage and prints its name with the time it took, also when it fails. */
export async function stage<T>(name: string, work: () => Promise<T>): Promise<T> {
  const from = performance.now();
  try {
    const result = await work();
    say(`  ✓ ${name.padEnd(34)} ${seconds(performance.now() - from)}`);
    return result;
  } catch (error) {
    say(`  ✗ ${name.padEnd(34)} ${seconds(performance.now() - from)}`);
    throw error;
  }
}

export function elapsed(): string {
  return seconds(performance.now() - started);
}
