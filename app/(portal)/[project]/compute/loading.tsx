import { CardSkeleton } from "@/components/ui/feedback/skeletons";

export default function Loading() {
  return (
    <div role="status" aria-label="Loading" className="grid gap-5">
      <div aria-hidden className="skeleton h-6 w-40" />
      <CardSkeleton />
      <CardSkeleton />
      <CardSkeleton />
    </div>
  );
}
