/** What a run's code and environment were. Browser-safe. */

/** `text` is null for a file that is no text, or larger than what is shown. */
export type CodeFile = { path: string; size: number; text: string | null };

export type RunCode = {
  /** A recipe's archive, the folder that was submitted with a command, files that the client logged, or none of them. */
  source: "recipe" | "submission" | "artifacts" | "none";
  files: CodeFile[];
  /** Requirements and the like, apart from the code. */
  environment: CodeFile[];
  /** More files than are given. */
  isCut: boolean;
};
