import { EmptyState } from "@/components/ui/feedback/empty-state";
import { PageHeader } from "@/components/ui/layout/page-header";
import { ModKey } from "@/components/ui/text/shortcut-hint";

export default function NotFound() {
  return (
    <>
      <PageHeader title="Not found" />
      <EmptyState title="There is no such page in this project">It may have been deleted, or the link belongs to another project. <ModKey /> K finds what is there.</EmptyState>
    </>
  );
}
