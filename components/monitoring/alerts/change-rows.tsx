/** What was changed upstream, a row for each kind of it, and each leads to what it was done to. */
import { InlineLink } from "@/components/ui/layout/inline-link";
import { Actor } from "@/components/ui/text/actor";
import type { ChangeView } from "@/server/domains/monitoring/contract/alert";
import { type ChangeSubject, groupChanges, shownSubjects } from "./change-words";
import { streamTime } from "../measure-words";

/** `a, b, c and 4 more`. */
function Subjects({ subjects }: { subjects: readonly ChangeSubject[] }) {
  const hidden = subjects.slice(shownSubjects);
  return (
    <>
      {subjects.slice(0, shownSubjects).map(({ text, more, href }, index) => (
        <span key={`${text} ${more}`}>
          {index > 0 && ", "}
          {href && text ? <InlineLink href={href} className="underline">{text}</InlineLink> : <span className="font-medium">{text}</span>}
          {more && <span className="text-muted">{more}</span>}
        </span>
      ))}
      {hidden.length > 0 && <span className="text-muted" data-tip={hidden.map(({ text }) => text).join(", ")}> and {hidden.length} more</span>}
    </>
  );
}

export function ChangeRows({ project, changes }: { project: string; changes: readonly ChangeView[] }) {
  return (
    <ul className="text-table">
      {groupChanges(project, changes).map(({ at, who, whoKind, did, subjects }) => (
        <li key={`${who} ${did}`} className="flex flex-wrap gap-x-3 border-line border-b px-4 py-1.5 last:border-b-0">
          <span className="w-40 text-muted">{streamTime(at)}</span>
          <span className="min-w-0 flex-1 basis-56 break-words"><Actor name={who} kind={whoKind} /> {did} <Subjects subjects={subjects} /></span>
        </li>
      ))}
    </ul>
  );
}
