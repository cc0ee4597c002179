/**
 * React shows what the server streams at most every 300 ms, lest many parts come in one after the other. Here a page is one
 * part, there within some 50 ms of the frame around it, and would wait for the rest of the 300. React's script in the page
 * looks in `$RT` for when it last showed one; where it finds no number, it shows what came with the next frame (docs/adr/0017).
 * It runs as text in the page's head: it may name nothing outside of itself.
 */
export function revealAtOnce(): void {
  Object.defineProperty(window, "$RT", { get: () => undefined, set: () => undefined });
}
