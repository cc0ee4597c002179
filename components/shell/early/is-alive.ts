/** Whether React's event system finds a mounted component for it: it looks at the same two flags, Placement and Hydrating. Runs as text in the page's head. */
export function isAlive(element: Element): boolean {
  type Fiber = { alternate: unknown; flags: number; return: Fiber | null };
  const mark = Object.keys(element).find((key) => key.startsWith("__reactFiber$"));
  let fiber: Fiber | null = mark ? Reflect.get(element, mark) : null;
  if (fiber === null || fiber.alternate) return fiber !== null;
  for (; fiber; fiber = fiber.return) if (fiber.flags & 4098) return false;
  return true;
}
