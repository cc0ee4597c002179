import { EmptyState } from "@/components/ui/feedback/empty-state";
import { Section } from "@/components/ui/layout/section";
import { isRoleWithin, type RoleName } from "./role-options";

type Props = { title: string; needed: RoleName; role: RoleName };

export const hasRole = (role: RoleName, needed: RoleName): boolean => isRoleWithin(needed, role);

/** Instead of a part that would only be refused: what role it needs, and who gives it. */
export function NeedsRole({ title, needed, role }: Props) {
  return (
    <Section title={title}>
      <EmptyState title={`This part needs the role ${needed}`}>You are {role} in this project. An owner of the project can change that, under Members.</EmptyState>
    </Section>
  );
}
