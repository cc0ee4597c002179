import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { lastProjectCookie } from "@/components/shell/last-project";
import { signedInCaller } from "@/components/trpc/server";

/** Sends a person to the project they were in last, else to their first. */
export default async function RootPage() {
  const { caller } = await signedInCaller();
  const projects = await caller.identity.listProjects({});
  const last = (await cookies()).get(lastProjectCookie)?.value;
  const project = projects.find(({ slug }) => slug === last) ?? projects[0];
  redirect(project ? `/${project.slug}` : "/no-project");
}
