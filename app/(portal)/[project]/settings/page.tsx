import { redirect } from "next/navigation";

type Props = { params: Promise<{ project: string }> };

export default async function SettingsPage({ params }: Props) {
  redirect(`/${(await params).project}/settings/members`);
}
