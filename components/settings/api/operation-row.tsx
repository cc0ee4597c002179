import { ChevronRight } from "lucide-react";
import { cn } from "@/components/ui/class-names";
import { CodeTabs } from "@/components/ui/text/code-tabs";
import { fieldRows, limitText, type Operation, type Parameter, typeText } from "./openapi";
import { curlOf, pythonSnippetOf } from "./snippets";

type Row = { name: string; depth: number; type: string; limits: string; required: boolean };

const parameterRow = ({ name, required, schema = {} }: Parameter): Row => ({ name, depth: 0, type: typeText(schema), limits: limitText(schema), required: required ?? false });

function Fields({ title, rows }: { title: string; rows: readonly Row[] }) {
  if (rows.length === 0) return null;
  return (
    <div>
      <h3 className="mb-1 font-medium text-label">{title}</h3>
      <dl className="rounded-md border border-line text-table">
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows never move, and nested names repeat
          <div key={index} className="grid gap-x-4 border-line border-b px-3 py-1 last:border-b-0 sm:grid-cols-[minmax(9rem,14rem)_minmax(0,1fr)]">
            <dt style={{ paddingLeft: `${row.depth}rem` }} className="min-w-0 break-words"><code>{row.name}</code>{row.required && <span className="ml-1.5 text-label text-muted">required</span>}</dt>
            <dd className="min-w-0 break-words"><code className="text-label">{row.type}</code>{row.limits && <span className="ml-2 text-label text-muted">{row.limits}</span>}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Details({ operation, server }: { operation: Operation; server: string }) {
  const of = (place: Parameter["in"]) => operation.parameters.filter((parameter) => parameter.in === place).map(parameterRow);
  return (
    <div className="grid gap-4 px-4 pt-1 pb-4 xl:grid-cols-2">
      <div className="grid content-start gap-4">
        <p className="text-muted">{operation.needs} Answers {operation.status} when done.</p>
        <Fields title="In the path" rows={of("path")} />
        <Fields title="In the query" rows={of("query")} />
        {operation.body && <Fields title="Body (JSON)" rows={fieldRows(operation.body)} />}
        <Fields title="Headers" rows={of("header")} />
      </div>
      <CodeTabs label="Call it" snippets={[{ label: "curl", code: curlOf(operation, server) }, { label: "Python", code: pythonSnippetOf(operation, server) }]} />
    </div>
  );
}

const methodLooks: Record<string, string> = { GET: "text-muted", POST: "text-accent-text", PUT: "text-accent-text", PATCH: "text-accent-text", DELETE: "text-failed" };

/** A call; opened, it shows what it takes and how to make it. */
export function OperationRow({ operation, server, isOpen, onToggle }: { operation: Operation; server: string; isOpen: boolean; onToggle: () => void }) {
  return (
    <li className="border-line border-b last:border-b-0">
      <button type="button" aria-expanded={isOpen} onClick={onToggle} className="flex min-h-8 w-full flex-wrap items-center gap-x-3 px-3 py-1 text-left text-table -outline-offset-2 hover:bg-well">
        <ChevronRight aria-hidden className={cn("size-3.5 shrink-0 text-muted transition-transform duration-100", isOpen && "rotate-90")} />
        <code className={cn("w-14 shrink-0 font-semibold text-label", methodLooks[operation.method])}>{operation.method}</code>
        <code className="min-w-0 break-all sm:w-80 sm:shrink-0">{operation.path}</code>
        <span className="min-w-0 flex-1 basis-56 text-muted">{operation.summary}</span>
      </button>
      {isOpen && <Details operation={operation} server={server} />}
    </li>
  );
}
