/** Structured logs on stdout; secrets are redacted by key before a line is written. */
import pino from "pino";
import { env } from "./env";

/** A driver hangs its whole client on the errors of a connection: thousands of characters that say nothing. */
function errorFields(error: Error): object {
  const { client: _client, ...fields } = pino.stdSerializers.err(error);
  return fields;
}

/** Who reads the lines may be gone without a word (kill -9 of the supervisor): what is logged then is logged for nobody. */
process.stdout.on("error", () => undefined);

/** By the process's own stdout: pino's faster writer, once its pipe is broken, tries again for ever as the process ends, and the process stays behind. */
export const logger = pino(
  {
    serializers: { err: errorFields },
    level: env().SLIPWAY_LOG_LEVEL,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: ["authorization", "cookie", "token", "password", "secret", "*.authorization", "*.cookie", "*.token", "*.password", "*.secret"],
      censor: "[redacted]",
    },
  },
  process.stdout,
);
