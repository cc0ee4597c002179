/** Structured logs on stdout; secrets are redacted by key before a line is written. */
import pino from "pino";
import { env } from "./env";

/** A driver hangs its whole client on the errors of a connection: thousands of characters that say nothing. */
function errorFields(error: Error): object {
  const { client: _client, ...fields } = pino.stdSerializers.err(error);
  return fields;
}

export const logger = pino({
  serializers: { err: errorFields },
  level: env().SLIPWAY_LOG_LEVEL,
  base: { pid: process.pid },
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: {
    paths: ["authorization", "cookie", "token", "password", "secret", "*.authorization", "*.cookie", "*.token", "*.password", "*.secret"],
    censor: "[redacted]",
  },
});
