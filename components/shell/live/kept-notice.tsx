import { Notice } from "@/components/ui/feedback/notice";

/** Said when a link was held back. Not a toast: its code could no longer be fetched. */
export function KeptNotice() {
  return (
    <div role="status" className="fixed inset-x-4 bottom-20 z-40 mx-auto max-w-xl shadow-float md:bottom-6">
      <Notice tone="warning">No connection to the server. This page stays as it was; follow the link again once the connection is back.</Notice>
    </div>
  );
}
