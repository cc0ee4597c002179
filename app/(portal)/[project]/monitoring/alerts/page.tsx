import { redirect } from "next/navigation";

/** The alerts are listed beneath the monitors. */
export default async function Page({ params }: { params: Promise<{ project: string }> }) {
  redirect(`/${(await params).project}/monitoring`);
}
