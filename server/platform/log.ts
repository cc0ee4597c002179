/** Structured logs on stdout; secrets are redacted by key before a line is written. */
import pino from "pino";
import { env } from "./env";

export const logger = pino({
  level: env().SLIPWAY_LOG_LEVEL,
  base: { pid: process.pid },
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: {
    paths: ["authorization", "cookie", "token", "password", "secret", "*.authorization", "*.cookie", "*.token", "*.password", "*.secret"],
    censor: "[redacted]",
  },
});
