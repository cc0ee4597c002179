import { NothingHere } from "@/components/shell/crumbs/nothing-here";

export default function RunNotFound() {
  return (
    <NothingHere title="There is no such run in this project" all={["experiments", "All experiments"]}>
      The link may be of another project, or cut short. A deleted run keeps its page.
    </NothingHere>
  );
}
