import type { Metadata } from "next";
import { Wordmark } from "@/components/shell/wordmark";
import { ButtonLink } from "@/components/ui/actions/button";

export const metadata: Metadata = { title: "Not found" };

/** For an address outside every project that this person is in. */
export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-sm">
        <p className="mb-6 flex items-center gap-2.5 font-semibold text-title"><Wordmark /> Slipway</p>
        <h1 className="mb-2 font-semibold text-heading">There is nothing at this address</h1>
        <p className="text-muted">The link may be mistyped, or it belongs to a project that you are not in.</p>
        <ButtonLink href="/" className="mt-4">Go to your projects</ButtonLink>
      </div>
    </main>
  );
}
