/** An attempt that ends before its command could run, with the cause that the server will show. */
import type { AttemptCause } from "@/server/domains/compute/contract/job";

export class AttemptFailure extends Error {
  constructor(
    readonly reason: AttemptCause,
    message: string,
  ) {
    super(message);
    this.name = "AttemptFailure";
  }
}
