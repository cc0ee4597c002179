"use client";

import { Button } from "@/components/ui/actions/button";
import { Dialog } from "@/components/ui/overlays/dialog";
import { CodeBlock } from "@/components/ui/text/code-block";
import { CodeTabs } from "@/components/ui/text/code-tabs";

const python = `import base64, hashlib, hmac

def is_genuine(headers, body: bytes, secret: str) -> bool:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return hmac.compare_digest(expected, headers["webhook-signature"])`;

const node = `import { createHmac, timingSafeEqual } from "node:crypto";

export function isGenuine(headers, body, secret) {
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const signed = \`\${headers["webhook-id"]}.\${headers["webhook-timestamp"]}.\${body}\`;
  const expected = Buffer.from("v1," + createHmac("sha256", key).update(signed).digest("base64"));
  const given = Buffer.from(headers["webhook-signature"]);
  return expected.length === given.length && timingSafeEqual(expected, given);
}`;

/** The signing secret, shown once, with the lines that check a signature. */
export function SecretDialog({ name, secret, onClose }: { name: string; secret: string; onClose: () => void }) {
  return (
    <Dialog open onOpenChange={(next) => !next && onClose()} title="The signing secret, shown once" description={`What ${name} gets is signed with it. Keep it where the receiver runs.`} size="lg" footer={<Button variant="primary" onClick={onClose}>Done</Button>}>
      <div className="grid gap-4">
        <CodeBlock title="Secret" code={secret} wrap />
        <CodeTabs label="Check a signature" snippets={[{ label: "Python", code: python }, { label: "Node.js", code: node }]} />
      </div>
    </Dialog>
  );
}
