/** A User-Agent header in three words. Order matters: Chrome calls itself Safari, and Edge calls itself Chrome. */
const browsers: [RegExp, string][] = [[/Edg\//, "Edge"], [/OPR\//, "Opera"], [/Firefox\//, "Firefox"], [/(Headless)?Chrom(e|ium)\//, "Chrome"], [/Safari\//, "Safari"], [/curl\//, "curl"], [/python/i, "Python"]];
const systems: [RegExp, string][] = [[/iPhone|iPad/, "iOS"], [/Android/, "Android"], [/Windows/, "Windows"], [/Mac OS X/, "macOS"], [/CrOS/, "ChromeOS"], [/Linux/, "Linux"]];

const firstOf = (kinds: readonly [RegExp, string][], text: string) => kinds.find(([pattern]) => pattern.test(text))?.[1];

export function deviceOf(userAgent: string | null): string {
  const text = userAgent ?? "";
  const [browser, system] = [firstOf(browsers, text), firstOf(systems, text)];
  if (browser && system) return `${browser} on ${system}`;
  return browser ?? system ?? (text.slice(0, 40) || "Unknown browser");
}
