import { isShown, type Maybe } from "./format-number";

const smallest = 0.0001;

/** Money: `$0.42`, `$1,204`, and four decimals below a cent so that a token's price is not `$0.00`. */
export function formatMoney(amount: Maybe, currency = "USD"): string {
  if (!isShown(amount)) return "–";
  const size = Math.abs(amount);
  if (size > 0 && size < smallest) return `<${formatMoney(smallest, currency)}`;
  const digits = size === 0 || size >= 1000 ? (size === 0 ? 2 : 0) : size < 0.01 ? 4 : 2;
  return amount
    .toLocaleString("en-US", {
      style: "currency",
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    })
    .replace("-", "−");
}
