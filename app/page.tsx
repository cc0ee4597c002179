import { redirect } from "next/navigation";
import { signedInCaller } from "@/components/trpc/server";

/** Sends a person to their first project. */
export default async function RootPage() {
  const { caller } = await signedInCaller();
  const [first] = await caller.identity.listProjects({});
  redirect(first ? `/${first.slug}` : "/no-project");
}
