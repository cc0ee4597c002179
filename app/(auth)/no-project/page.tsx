import type { Metadata } from "next";

export const metadata: Metadata = { title: "No project" };

export default function NoProjectPage() {
  return (
    <>
      <h1 className="mb-2 text-title">You are in no project</h1>
      <p className="text-muted">Ask an owner of a project for an invitation link.</p>
    </>
  );
}
