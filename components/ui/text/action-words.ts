const irregular: Record<string, string> = { set: "set", reset: "reset", build: "built", roll: "rolled", rollback: "rolled back" };

function pastOf(verb: string): string {
  if (irregular[verb]) return irregular[verb];
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ied`;
  if (verb.endsWith("e")) return `${verb}d`;
  if (verb === "submit") return "submitted";
  return verb === "cancel" ? "cancelled" : verb === "control" ? "controlled" : `${verb}ed`;
}

/** `models.requestPromotion` → `requested promotion`: the audit's verb as what was done. */
export function actionWords(action: string): string {
  const [verb = "", ...rest] = (action.split(".").at(-1) ?? action)
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(" ");
  return [pastOf(verb), ...rest].join(" ");
}
