"use client";

import { type RefObject, useEffect, useRef, useState } from "react";

/** Whether an element is in sight or nearly so; what is far away need not be drawn. */
export function useInView<Node extends Element>(margin = "480px"): { ref: RefObject<Node | null>; inView: boolean } {
  const ref = useRef<Node>(null);
  const [inView, setInView] = useState(false);
  useEffect(() => {
    const node = ref.current;
    if (!node) return;
    const observer = new IntersectionObserver(([entry]) => setInView(entry?.isIntersecting ?? false), { rootMargin: margin });
    observer.observe(node);
    return () => observer.disconnect();
  }, [margin]);
  return { ref, inView };
}
