// When a page has painted: what Chromium itself does not tell of canvases and of text that changes.

/** Runs in the page before its own scripts. `__paints`: one entry a frame in which lines were drawn on canvases. */
export function notePaints() {
  const state = { paints: [], strokes: 0 };
  window.__paints = state.paints;
  performance.setResourceTimingBufferSize(5_000);
  /** The frame after this task, once it was handed over. */
  window.__afterFrame = (then) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => then(performance.now());
      port2.postMessage(0);
    });
  const { stroke } = CanvasRenderingContext2D.prototype;
  // Lines of a plot are paths; its grid is not.
  CanvasRenderingContext2D.prototype.stroke = function (...path) {
    if (path.length > 0) {
      if (state.strokes === 0) {
        const begun = performance.now();
        window.__afterFrame((at) => {
          state.paints.push({ at, begun, strokes: state.strokes });
          state.strokes = 0;
        });
      }
      state.strokes += 1;
    }
    return stroke.apply(this, path);
  };
}

/** In the page: when the last answer of a procedure had arrived since `since`, and the first frame after it with so many lines. */
export function paintAfter({ procedure, lines, since }) {
  const answers = performance.getEntriesByType("resource").filter((entry) => entry.name.includes(procedure) && entry.startTime >= since);
  const answer = answers.at(-1);
  if (!answer || answer.responseEnd === 0) return null;
  const painted = window.__paints.find((paint) => paint.begun >= answer.responseEnd && paint.strokes >= lines);
  return painted ? { asked: answer.startTime, answered: answer.responseEnd, painted: painted.at, bytes: answer.encodedBodySize, unpacked: answer.decodedBodySize } : null;
}
