/** Kinds of settings, each refused in a sentence that says what it takes. */
import { z } from "zod";

type Bounds = { from: number; to: number; fallback: number };

/** Also `.5`, `30.` and `5e6`: what people write. Not what JavaScript alone reads as a number: `0x10`, `Infinity`, an empty text. */
const plainNumber = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const longest = 40;

const numberIn = (text: string): number => (text.length <= longest && plainNumber.test(text) ? Number(text) : Number.NaN);
const grouped = (value: number) => value.toLocaleString("en-US", { maximumFractionDigits: 6 });

function numberSetting(isWhole: boolean, { from, to, fallback }: Bounds) {
  const wanted = `${isWhole ? "a whole number" : "a number"} from ${grouped(from)} to ${grouped(to)} is needed`;
  return z
    .string()
    .transform((text, ctx) => {
      const value = numberIn(text.trim());
      if (value >= from && value <= to && (!isWhole || Number.isInteger(value))) return value;
      ctx.addIssue({ code: "custom", message: `${wanted}${Number.isNaN(value) ? ", in plain digits" : ""}, not ${JSON.stringify(text.slice(0, 40))}` });
      return z.NEVER;
    })
    .default(fallback);
}

export const wholeNumber = (bounds: Bounds) => numberSetting(true, bounds);

/** Also `0.5`: half a day, a share. */
export const decimal = (bounds: Bounds) => numberSetting(false, bounds);

function faultOfUrl(text: string): string | null {
  const url = URL.parse(text);
  if (!url || !/^https?:\/\//i.test(text) || !/^https?:$/.test(url.protocol)) return "a URL with http:// or https:// is needed, like https://ml.example.com";
  if (url.username || url.password) return "a URL without a user name or password is needed";
  if (url.pathname !== "/" || url.search || url.hash) return `it is served at the root of a host name only, not below ${JSON.stringify(`${url.pathname}${url.search}${url.hash}`.slice(0, 60))}: give it a host name of its own`;
  return null;
}

/** The address of a server: what comes before the path. */
export const origin = z.string().superRefine((text, ctx) => {
  const fault = faultOfUrl(text);
  if (fault !== null) ctx.addIssue({ code: "custom", message: fault });
});
