import { useEffect, useRef, useState } from "react";

/** The width that a plot has, as its page changes. */
export function usePlotWidth() {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const node = ref.current;
    if (!node) return;
    const watcher = new ResizeObserver(() => setWidth(node.clientWidth));
    watcher.observe(node);
    return () => watcher.disconnect();
  }, []);
  return { ref, width };
}

/** A canvas as sharp as the screen, wiped. */
export function cleanContext(canvas: HTMLCanvasElement | null, width: number, height: number): CanvasRenderingContext2D | null {
  const context = canvas?.getContext("2d") ?? null;
  if (!canvas || !context || width === 0) return null;
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}
