/** What the filter bar needs of a language; the domain that owns the language supplies it. */

export type FilterMark = { from: number; to: number; message: string };

/** Puts `text` in place of [from, to) of what is typed. */
export type FilterCompletion = { text: string; from: number; to: number; detail?: string };

export type FilterGrammar = {
  /** True while the language itself is still on its way: nothing can be checked, and nothing is applied. */
  isComing?: boolean;
  check: (text: string) => readonly FilterMark[];
  complete: (text: string, cursor: number) => readonly FilterCompletion[];
  /** Told where someone types, so that what may come there can be fetched. */
  onPlace?: (text: string, cursor: number) => void;
  example: string;
};
