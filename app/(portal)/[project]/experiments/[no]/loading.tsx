import { TableSkeleton } from "@/components/ui/feedback/skeletons";

export default function Loading() {
  return (
    <div role="status" aria-label="Loading runs">
      <div aria-hidden className="skeleton mb-5 h-6 w-56" />
      <div aria-hidden className="skeleton mb-2 h-8 w-full" />
      <TableSkeleton rows={20} columns={8} />
    </div>
  );
}
