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

const isOpen = sql`sign_in_attempts.window_start > now() - make_interval(mins => ${windowMinutes})`;

/** Counted before the password is checked, which takes long: tries at the same time would all pass a count that comes after. */
async function countTry(db: Database, subject: Subject): Promise<void> {
  const counted = await db.execute(sql`
    insert into sign_in_attempts (subject, failures, window_start) values (${subject.key}, 1, now())
    on conflict (subject) do update set
      failures = case when ${isOpen} then sign_in_attempts.failures + 1 else 1 end,
      window_start = case when ${isOpen} then sign_in_attempts.window_start else now() end
    where not (${isOpen}) or sign_in_attempts.failures < ${subject.max}
    returning 1`);
  if (counted.rows.length > 0) return;
  const result = await db.execute<{ wait: number }>(sql`
    select ceil(extract(epoch from window_start + make_interval(mins => ${windowMinutes}) - now())) as wait
    from sign_in_attempts where subject = ${subject.key}`);
  const retryAfterSeconds = Math.max(1, Number(result.rows[0]?.wait ?? 1));
  throw new TooMany(`Too many failed sign-ins. Try again in ${Math.ceil(retryAfterSeconds / 60)} min.`, { retryAfterSeconds });
}

async function giveTryBack(db: Database, subject: Subject): Promise<void> {
  await db.execute(sql`update sign_in_attempts set failures = failures - 1 where subject = ${subject.key} and failures > 0`);
}

const ofEmail = (email: string): Subject => ({ key: `email:${email.toLowerCase()}`, max: maxFailures.email });

/** The same limit for a password asked again inside: a session left open is no way to guess it. */
export const countPasswordTry = (db: Database, email: string) => countTry(db, ofEmail(email));
export const givePasswordTryBack = (db: Database, email: string) => giveTryBack(db, ofEmail(email));

async function countSignIn(db: Database, email: Subject, address: Subject): Promise<void> {
  await countTry(db, email);
  // An address that is shut out must not shut out a person.
  await countTry(db, address).catch(async (error: unknown) => {
    await giveTryBack(db, email);
    throw error;
  });
}

/** A session id for the right password; the same Unauthenticated for a wrong one, an unknown or a disabled account. */
export async function signIn(
  db: Database,
  raw: { email: string; password: string },
  from: { address: string; userAgent: string | null },
): Promise<{ sessionId: string; userId: string; name: string; email: string }> {
  const input = parseInput(SignInInput, raw);
  const email = ofEmail(input.email);
  const address = { key: `address:${from.address}`, max: maxFailures.address };
  await countSignIn(db, email, address);
  const [user] = await db.select().from(users).where(eq(sql`lower(${users.email})`, input.email));
  const isRight = await verifyPassword(input.password, user?.passwordHash ?? null);
  if (!user || !isRight || user.disabledAt) throw new Unauthenticated("E-mail or password is wrong.");
  await giveTryBack(db, address);
  await db.delete(signInAttempts).where(eq(signInAttempts.subject, email.key));
  const sessionId = await createSession(db, user.id, from.userAgent);
  return { sessionId, userId: user.id, name: user.name, email: user.email };
}
