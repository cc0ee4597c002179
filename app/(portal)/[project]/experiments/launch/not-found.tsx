import { ButtonLink } from "@/components/ui/actions/button";
import { EmptyState } from "@/components/ui/feedback/empty-state";

export default function RecipeNotFound() {
  return (
    <EmptyState title="There is no such recipe in this project" action={<ButtonLink href="./launch">All recipes</ButtonLink>}>
      It may be of another project, or was never registered.
    </EmptyState>
  );
}
