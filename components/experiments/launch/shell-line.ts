/** A command as one would type it: words quoted where a shell would split or read them. */

const shellWord = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/** An option and its value stay on one line; each further option starts a new one. */
export function shellLine(command: readonly string[]): string {
  let line = "";
  for (const word of command) {
    if (line === "") line = shellWord(word);
    else line += word.startsWith("--") ? ` \\\n  ${shellWord(word)}` : ` ${shellWord(word)}`;
  }
  return line;
}
