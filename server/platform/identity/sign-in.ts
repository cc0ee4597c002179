/** E-mail and password, with a limit on failures a person and an address in a window. */
import { eq, sql } from "drizzle-orm";
import { signInAttempts, users } from "@/drizzle/schema/identity";
import type { Database } from "../db";
import { TooMany, Unauthenticated } from "../errors";
import { parseInput } from "../verb";
import { SignInInput } from "./contract";
import { verifyPassword } from "./secrets";
import { createSession } from "./sessions";

const windowMinutes = 15;
const maxFailures = { email: 8, address: 40 };

type Subject = { key: string; max: number };

async function assertNotLimited(db: Database, subject: Subject): Promise<void> {
  const result = await db.execute<{ failures: number; wait: number }>(sql`
    select failures, ceil(extract(epoch from window_start + make_interval(mins => ${windowMinutes}) - now())) as wait
    from sign_in_attempts where subject = ${subject.key} and window_start > now() - make_interval(mins => ${windowMinutes})`);
  const row = result.rows[0];
  if (row && row.failures >= subject.max) {
    const retryAfterSeconds = Number(row.wait);
    throw new TooMany(`Too many failed sign-ins. Try again in ${Math.ceil(retryAfterSeconds / 60)} min.`, { retryAfterSeconds });
  }
}

async function countFailure(db: Database, subject: Subject): Promise<void> {
  await db.execute(sql`
    insert into sign_in_attempts (subject, failures, window_start) values (${subject.key}, 1, now())
    on conflict (subject) do update set
      failures = case when sign_in_attempts.window_start > now() - make_interval(mins => ${windowMinutes})
                      then sign_in_attempts.failures + 1 else 1 end,
      window_start = case when sign_in_attempts.window_start > now() - make_interval(mins => ${windowMinutes})
                      then sign_in_attempts.window_start else now() end`);
}

/** The same limit for a password asked again inside: a session left open is no way to guess it. */
export const assertMayTryPassword = (db: Database, email: string) => assertNotLimited(db, { key: `email:${email.toLowerCase()}`, max: maxFailures.email });
export const countWrongPassword = (db: Database, email: string) => countFailure(db, { key: `email:${email.toLowerCase()}`, max: maxFailures.email });

/** A session id for the right password; the same Unauthenticated for a wrong one, an unknown or a disabled account. */
export async function signIn(
  db: Database,
  raw: { email: string; password: string },
  from: { address: string; userAgent: string | null },
): Promise<{ sessionId: string; userId: string; name: string; email: string }> {
  const input = parseInput(SignInInput, raw);
  const subjects = [
    { key: `email:${input.email}`, max: maxFailures.email },
    { key: `address:${from.address}`, max: maxFailures.address },
  ];
  for (const subject of subjects) await assertNotLimited(db, subject);
  const [user] = await db.select().from(users).where(eq(sql`lower(${users.email})`, input.email));
  const isRight = await verifyPassword(input.password, user?.passwordHash ?? null);
  if (!user || !isRight || user.disabledAt) {
    for (const subject of subjects) await countFailure(db, subject);
    throw new Unauthenticated("E-mail or password is wrong.");
  }
  await db.delete(signInAttempts).where(eq(signInAttempts.subject, `email:${input.email}`));
  const sessionId = await createSession(db, user.id, from.userAgent);
  return { sessionId, userId: user.id, name: user.name, email: user.email };
}
