import { NothingHere } from "@/components/shell/crumbs/nothing-here";

export default function ExperimentNotFound() {
  return (
    <NothingHere title="There is no such experiment in this project" all={["experiments", "All experiments"]}>
      The link may be of another project. A deleted experiment keeps its page, and can be restored from the list.
    </NothingHere>
  );
}
