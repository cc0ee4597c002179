/** The floor of bench/pages: what Next.js and React cost with nothing on the page. */
import type { ReactNode } from "react";

export default function FloorLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
