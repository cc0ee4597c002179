import type { Metadata } from "next";
import { WelcomeForm } from "@/components/identity/welcome-form";

export const metadata: Metadata = { title: "Welcome" };

export default function WelcomePage() {
  return (
    <>
      <h1 className="mb-4 text-title">Welcome</h1>
      <WelcomeForm />
    </>
  );
}
