import { Notice } from "@/components/ui/feedback/notice";

type Fault = { line: number; field: string; message: string };
type Refusal = { message: string; data?: { detail?: object } | null };

const isFault = (given: unknown): given is Fault =>
  typeof given === "object" && given !== null && "line" in given && "field" in given && "message" in given && typeof given.message === "string";

/** The faults in recipe.yaml that a refusal lists, with their lines. */
function faultsOf({ data }: Refusal): Fault[] {
  const detail = data?.detail;
  return detail && "faults" in detail && Array.isArray(detail.faults) ? detail.faults.filter(isFault) : [];
}

/** Why a recipe was not registered. */
export function RecipeFaults({ error }: { error: object & { message: string } }) {
  const faults = faultsOf(error);
  return (
    <div role="alert">
      <Notice tone="failed">
        {faults.length > 1 ? (
          <>
            recipe.yaml has {faults.length} faults.
            <ul className="mt-1 grid gap-0.5">
              {faults.map(({ line, field, message }) => (
                <li key={`${line} ${field} ${message}`} className="break-words">
                  <span className="text-muted">line {line}:</span> <code>{field}</code> {message}
                </li>
              ))}
            </ul>
          </>
        ) : (
          <span className="break-words">{error.message}</span>
        )}
      </Notice>
    </div>
  );
}
