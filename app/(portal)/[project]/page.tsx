import { signedInCaller } from "@/components/trpc/server";

type Props = { params: Promise<{ project: string }> };

export default async function HomePage({ params }: Props) {
  const { project } = await params;
  const { caller } = await signedInCaller();
  const viewer = await caller.identity.getViewer({ project });
  return <main className="p-6">{viewer.project.name}</main>;
}
