/** The one family of errors that services throw; tRPC and each protocol map them once. */
export type ErrorCode = "NotFound" | "Invalid" | "Conflict" | "Forbidden" | "Unauthenticated" | "Unavailable" | "TooLarge" | "TooMany";

type Detail = { field?: string; next?: string; retryAfterSeconds?: number; [key: string]: unknown };

export abstract class ServiceError extends Error {
  abstract readonly code: ErrorCode;
  abstract readonly status: number;
  constructor(
    message: string,
    readonly detail: Detail = {},
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/** The thing is not there, or belongs to another project: the two look the same from outside. */
export class NotFound extends ServiceError {
  readonly code = "NotFound";
  readonly status = 404;
}

/** The input breaks a rule; `detail.field` names what to mend. */
export class Invalid extends ServiceError {
  readonly code = "Invalid";
  readonly status = 400;
}

/** The state moved on, or a unique thing exists: read again, then decide. */
export class Conflict extends ServiceError {
  readonly code = "Conflict";
  readonly status = 409;
}

export class Unauthenticated extends ServiceError {
  readonly code = "Unauthenticated";
  readonly status = 401;
}

export class Forbidden extends ServiceError {
  readonly code = "Forbidden";
  readonly status = 403;
}

/** A part that is needed does not answer now; the same call may work later. */
export class Unavailable extends ServiceError {
  readonly code = "Unavailable";
  readonly status = 503;
}

export class TooLarge extends ServiceError {
  readonly code = "TooLarge";
  readonly status = 413;
}

export class TooMany extends ServiceError {
  readonly code = "TooMany";
  readonly status = 429;
}

const goneCodes = new Set(["ECONNREFUSED", "ECONNRESET", "ENOENT", "EPIPE"]);
/** Of a socket; the same codes of a file or a program are something else. */
const socketCalls = new Set(["connect", "read", "write"]);

/** The SQLSTATE or system code of the database's error that is behind `error`. */
function databaseCodeOf(error: unknown): string | null {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const code = "code" in at && typeof at.code === "string" ? at.code : "";
    if (/^[0-9A-Z]{5}$/.test(code) && "severity" in at) return code;
    if (goneCodes.has(code) && "syscall" in at && socketCalls.has(String(at.syscall))) return "08006";
    if (/Connection terminated|timeout exceeded when trying to connect|is not queryable/.test(at.message)) return "08006";
  }
  return null;
}

const uniqueViolation = "23505";

/** A write of a name that was free when it was looked for: another may have taken it since, and then it is theirs. */
export async function unlessTaken<R>(write: PromiseLike<R>, taken: () => Conflict): Promise<R> {
  try {
    return await write;
  } catch (error) {
    throw databaseCodeOf(error) === uniqueViolation ? taken() : error;
  }
}

/** Of a file: no room, or none left for this user. */
const isDiskFull = (error: unknown) => error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");

const isGone = (code: string) => /^(57P|08)/.test(code);

/** That the database went away while something was done: the same work may go well later. */
export const isDatabaseGone = (error: unknown): boolean => isGone(databaseCodeOf(error) ?? "");

/**
 * What an error is to the caller, PostgreSQL's own among them; null for a fault of ours. A data exception is a value
 * that no check refused before it reached SQL: the caller's doing, and logged, since that check is missing. So with a unique index.
 */
export function asServiceError(error: unknown, warn: (message: string) => void): ServiceError | null {
  if (error instanceof ServiceError) return error;
  if (isDiskFull(error)) return new Unavailable("The disk is full: nothing was kept. Free space, then send it again.");
  const code = databaseCodeOf(error);
  if (code === null) return null;
  if (code.startsWith("22")) {
    warn("a value was refused by the database alone");
    return new Invalid("A value is out of range, or has a character that can't be stored.");
  }
  if (code === uniqueViolation) {
    warn("two of a kind were refused by the database alone");
    return new Conflict("Somebody else made the same, or took the name, at this moment. Read again, then decide.");
  }
  if (code === "53100") return new Unavailable("The database's disk is full: nothing can be written until there is room.");
  if (code.startsWith("53")) return new Unavailable("The database is short of memory or connections. Try again in a moment.");
  if (isGone(code)) return new Unavailable("The database does not answer; it is being restarted. Try again in a moment.");
  return null;
}
