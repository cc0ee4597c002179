import type { Metadata } from "next";
import { SignOutButton } from "@/components/identity/sign-out-button";

export const metadata: Metadata = { title: "No project" };

export default function NoProjectPage() {
  return (
    <>
      <h1 className="mb-2 text-title">You are in no project</h1>
      <p className="mb-4 text-muted">Ask an owner or a maintainer of a project for an invitation link, and open it in this browser.</p>
      <SignOutButton />
    </>
  );
}
