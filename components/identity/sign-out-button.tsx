"use client";

import { useState } from "react";
import { Button } from "@/components/ui/actions/button";
import { signOut } from "./submit-credentials";

export function SignOutButton() {
  const [isLeaving, setIsLeaving] = useState(false);
  return (
    <Button
      pending={isLeaving}
      onClick={() => {
        setIsLeaving(true);
        void signOut();
      }}
    >
      Sign out
    </Button>
  );
}
