import { NothingHere } from "@/components/shell/crumbs/nothing-here";

export default function ModelNotFound() {
  return (
    <NothingHere title="There is no such model in this project" all={["models", "All models"]}>
      It may have been renamed or deleted, or the link is of another project.
    </NothingHere>
  );
}
