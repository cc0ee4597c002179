import type { RecipeSource } from "@/server/domains/experiments/contract/recipe";

/** Where a version came from, in few words: `from train.zip`, `from git.example/team/models@1a2b3c4`. */
export function RecipeOrigin({ source }: { source: RecipeSource | null }) {
  if (!source) return null;
  if (source.kind === "archive") return source.fileName ? <span className="break-all">from {source.fileName}</span> : null;
  const place = [source.url.replace(/^https?:\/\//, "").replace(/\.git$/, ""), source.folder].filter(Boolean).join("/");
  return (
    <span className="break-all" data-tip={`${source.url}${source.ref ? `, ${source.ref}` : ""}, commit ${source.commit}`}>
      from {place}@{source.commit.slice(0, 7)}
    </span>
  );
}
