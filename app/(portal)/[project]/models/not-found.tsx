import { ButtonLink } from "@/components/ui/actions/button";
import { EmptyState } from "@/components/ui/feedback/empty-state";

export default function ModelNotFound() {
  return (
    <EmptyState title="There is no such model in this project" action={<ButtonLink href="../models">All models</ButtonLink>}>
      It may have been renamed or deleted, or the link is of another project.
    </EmptyState>
  );
}
