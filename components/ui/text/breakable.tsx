import { Fragment } from "react";

/** Names of features and the like: a narrow place breaks them after an underscore, not in the middle of a word. */
export function Breakable({ text }: { text: string }) {
  const parts = text.split(/(?<=_)(?=[^_])/);
  return parts.map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text have no identity but their place
    <Fragment key={at}>
      {at > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
