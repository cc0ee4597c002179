import { EmptyState } from "@/components/ui/feedback/empty-state";
import { PageHeader } from "@/components/ui/layout/page-header";

export default function NotFound() {
  return (
    <>
      <PageHeader title="Not found" />
      <EmptyState title="There is no such page in this project">It may have been deleted, or the link belongs to another project. ⌘K finds what is there.</EmptyState>
    </>
  );
}
