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
