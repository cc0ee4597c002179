import { CardSkeleton } from "@/components/ui/feedback/skeletons";

export default function Loading() {
  return (
    <div role="status" aria-label="Loading the run" className="grid gap-3 md:grid-cols-3">
      {["a", "b", "c", "d", "e", "f"].map((key) => (
        <CardSkeleton key={key} />
      ))}
    </div>
  );
}
