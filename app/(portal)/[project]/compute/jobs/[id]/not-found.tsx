import { NothingHere } from "@/components/shell/crumbs/nothing-here";

export default function JobNotFound() {
  return (
    <NothingHere title="There is no such job in this project" all={["compute", "All jobs"]}>
      The link may be of another project, or cut short.
    </NothingHere>
  );
}
