import { EmptyState } from "@/components/ui/feedback/empty-state";

export default function NotFound() {
  return <EmptyState title="There is no such page in this project">It may have been deleted, or the link belongs to another project. ⌘K finds what is there.</EmptyState>;
}
