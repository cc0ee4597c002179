export const dynamic = "force-dynamic";

export default function FloorPage() {
  return <h1>Nothing</h1>;
}
