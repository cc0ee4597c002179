/** What acts for a person: said beside its name, which could be any words. */
const kindWords: Record<string, string> = { token: "token", attempt: "job", agent: "agent", system: "system" };

/** `job`, `token`…; nothing of a person. */
export const actorKindWord = (kind: string): string => kindWords[kind] ?? "";

/** As text alone: `Ada Owner`, `nightly retrain (job)`. */
export const actorText = (name: string, kind: string): string => (actorKindWord(kind) ? `${name} (${actorKindWord(kind)})` : name);

/** Who did something, in a sentence: a person by name, anything else with what it is. */
export function Actor({ name, kind }: { name: string; kind: string }) {
  const word = actorKindWord(kind);
  return (
    <span className="inline-flex max-w-full items-baseline gap-1 whitespace-nowrap align-bottom">
      <span data-tip={name.length > 32 ? name : undefined} className="min-w-0 max-w-56 truncate font-medium">
        {name}
      </span>
      {word && <span className="text-faint">{word}</span>}
    </span>
  );
}
