import type { Metadata } from "next";
import { SignInForm } from "@/components/identity/sign-in-form";
import { ownPath } from "@/components/identity/sign-in-path";
import { Notice } from "@/components/ui/feedback/notice";
import { hasAccounts } from "@/server/platform/identity/one-time-links";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<{ next?: string | string[] }> };

export default async function SignInPage({ searchParams }: Props) {
  const { next } = await searchParams;
  return (
    <>
      <h1 className="mb-4 text-title">Sign in</h1>
      {!(await hasAccounts()) && (
        <Notice className="mb-4">Nobody has an account here yet. The link that makes the first one is in the terminal where Slipway was started.</Notice>
      )}
      <SignInForm next={ownPath(next)} />
      <p className="mt-6 text-label text-muted">No account? Ask an owner or a maintainer of a project for an invitation link. Forgot the password? An admin can hand you a reset link.</p>
    </>
  );
}
