import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { Channels } from "@/components/monitoring/channels/channels";
import { Audit } from "@/components/settings/audit";
import { Connections } from "@/components/settings/connections";
import { Members } from "@/components/settings/members";
import { isSettingsSection, settingsSections } from "@/components/settings/sections";
import { System } from "@/components/settings/system";
import { Tokens } from "@/components/settings/tokens";
import { signedInCaller } from "@/components/trpc/server";
import { PageHeader } from "@/components/ui/layout/page-header";
import { Tabs } from "@/components/ui/layout/tabs";
import { publicUrl } from "@/server/platform/env";

export const metadata: Metadata = { title: "Settings" };

type Props = { params: Promise<{ project: string; section: string }> };

export default async function SettingsPage({ params }: Props) {
  const { project, section } = await params;
  if (!isSettingsSection(section)) notFound();
  const { caller } = await signedInCaller();
  const { role } = await caller.identity.getViewer({ project });
  const mayManage = role === "owner" || role === "maintainer";
  const tabs = settingsSections.map(({ key, label }) => ({ key, label, href: `/${project}/settings/${key}` }));
  return (
    <>
      <PageHeader title="Settings" tabs={<Tabs label="Settings" current={section} tabs={tabs} />} />
      <Suspense>
        {section === "members" && <Members project={project} />}
        {section === "tokens" && <Tokens project={project} origin={publicUrl()} />}
        {section === "channels" && <Channels project={project} mayManage={mayManage} />}
        {section === "connections" && <Connections project={project} origin={publicUrl()} />}
        {section === "audit" && <Audit project={project} />}
        {section === "system" && <System project={project} />}
      </Suspense>
    </>
  );
}
