/** What a job prints, on its way to disk; its last lines are kept at hand to say why it failed. */
import { stripVTControlCharacters } from "node:util";
import { SegmentWriter } from "../attempt/log-segments";

const TAIL_BYTES = 8 * 1024;
/** Below what an eye sees, above what would wake the agent for each line. */
const NUDGE_MS = 30;

export class JobLog {
  readonly #writer: SegmentWriter;
  #tail: Buffer = Buffer.alloc(0);
  #nudging: NodeJS.Timeout | null = null;

  constructor(
    folder: string,
    keepBytes: number,
    readonly nudge: () => void,
  ) {
    this.#writer = new SegmentWriter(folder, keepBytes);
  }

  write(bytes: Buffer): void {
    this.#writer.write(bytes);
    this.#tail = Buffer.concat([this.#tail, bytes.subarray(-TAIL_BYTES)]).subarray(-TAIL_BYTES);
    this.#nudging ??= setTimeout(() => {
      this.#nudging = null;
      this.nudge();
    }, NUDGE_MS);
  }

  /** The platform's own words, told apart from the job's. */
  say(text: string): void {
    this.write(Buffer.from(`[slipway] ${text}\n`));
  }

  /** The last line of a Python traceback, if the log ends with one. */
  exception(): string | null {
    const lines = stripVTControlCharacters(this.#tail.toString("utf8")).split(/\r?\n/);
    const found = lines.findLast((line) =>
      /^(?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*(?:Error|Exception|Interrupt|Exit)(?::|$)/.test(line),
    );
    return found ? found.slice(0, 500) : null;
  }

  close(): void {
    if (this.#nudging) clearTimeout(this.#nudging);
    this.#writer.close();
    this.nudge();
  }
}
