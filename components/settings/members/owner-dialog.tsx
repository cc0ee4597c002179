"use client";

import { Button } from "@/components/ui/actions/button";
import { Dialog } from "@/components/ui/overlays/dialog";

type Props = { name: string; pending: boolean; onConfirm: () => void; onClose: () => void };

/** Asked before, for a new owner can take the role of whoever gave it. */
export function OwnerDialog({ name, pending, onConfirm, onClose }: Props) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={`Make ${name} an owner?`} description="Owners decide who may do what here: they can change your role, and remove you, too."
      footer={<><Button onClick={onClose}>Cancel</Button><Button variant="primary" pending={pending} onClick={onConfirm}>Make an owner</Button></>} />
  );
}
