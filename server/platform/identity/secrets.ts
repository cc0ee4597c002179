/** Tokens and passwords: how they are made, what of them is kept, and how they are compared. */
import { createHash, randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const scryptAsync = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt);

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZabcdefghjkmnpqrstvwxyz";

function randomText(length: number): string {
  let text = "";
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      // Rejection keeps every character equally likely.
      if (byte < alphabet.length * 4 && text.length < length) text += alphabet[byte % alphabet.length];
    }
  }
  return text;
}

const checksum = (body: string) => createHash("sha256").update(`slipway token ${body}`).digest("hex").slice(0, 6);

/** `slw_<32 random>_<checksum>`: the checksum lets scanners and typos be told apart without a database. */
export function mintToken(): string {
  const body = randomText(32);
  return `slw_${body}_${checksum(body)}`;
}

export function isTokenShaped(token: string): boolean {
  const match = /^slw_([0-9A-Za-z]{32})_([0-9a-f]{6})$/.exec(token);
  return match?.[1] !== undefined && checksum(match[1]) === match[2];
}

export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

export function mintLinkSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** RFC 7914 parameters of OWASP's password storage sheet: 128 MiB, one lane. */
const cost = { N: 2 ** 17, r: 8, p: 1, maxmem: 160 * 1024 * 1024 };

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await scryptAsync(password.normalize("NFKC"), salt, 32, cost);
  return `scrypt$${cost.N}$${cost.r}$${cost.p}$${salt.toString("base64")}$${key.toString("base64")}`;
}

/** Also takes its time when there is no hash, so that an unknown e-mail answers no faster. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const [, n, r, p, salt, key] = (stored ?? `scrypt$${cost.N}$8$1$AAAAAAAAAAAAAAAAAAAAAA==$AA==`).split("$");
  const expected = Buffer.from(key ?? "", "base64");
  const options = { N: Number(n), r: Number(r), p: Number(p), maxmem: cost.maxmem };
  const given = await scryptAsync(password.normalize("NFKC"), Buffer.from(salt ?? "", "base64"), 32, options);
  return stored !== null && expected.length === given.length && timingSafeEqual(expected, given);
}
