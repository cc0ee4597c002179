import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { isSettingsSection, settingsSections } from "@/components/shell/settings-sections";
import { signedInCaller } from "@/components/trpc/server";
import { PageHeader } from "@/components/ui/layout/page-header";
import { Tabs } from "@/components/ui/layout/tabs";
import { publicUrl } from "@/server/platform/env";
import { SectionBody } from "./section-body";

type Props = { params: Promise<{ project: string; section: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { section } = await params;
  const label = settingsSections.find(({ key }) => key === section)?.label;
  return { title: label ? `${label} · Settings` : "Settings" };
}

export default async function SettingsPage({ params }: Props) {
  const { project, section } = await params;
  if (!isSettingsSection(section)) notFound();
  const { caller } = await signedInCaller();
  const { role, actor } = await caller.identity.getViewer({ project });
  const tabs = settingsSections.map(({ key, label }) => ({ key, label, href: `/${project}/settings/${key}` }));
  return (
    <>
      <PageHeader title="Settings" tabs={<Tabs label="Settings" current={section} tabs={tabs} />} />
      <Suspense>
        <SectionBody section={section} project={project} role={role} isAdmin={actor.isAdmin} origin={publicUrl()} />
      </Suspense>
    </>
  );
}
