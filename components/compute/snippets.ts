/** Code to paste, filled with this server's address. */
import type { Snippet } from "@/components/ui/text/code-tabs";

export function jobSnippets(serverUrl: string): Snippet[] {
  return [
    {
      label: "curl",
      code: [
        "export SLIPWAY_TOKEN=slw_…  # Settings → Tokens",
        `curl -f ${serverUrl}/api/v1/jobs -H "Authorization: Bearer $SLIPWAY_TOKEN" -H "content-type: application/json" \\`,
        `  -d '{"name": "hello", "command": ["python3", "-c", "print(42)"], "resources": {"cpus": 1}}'`,
      ].join("\n"),
    },
  ];
}

/** What to run on the host that is to become an agent; the token works once. */
export function agentSnippets(serverUrl: string, token: string): Snippet[] {
  return [
    {
      label: "Shell",
      code: [
        "# Copy dist/agent.mjs to the host, which needs Node.js 20 or newer and nothing else.",
        `export SLIPWAY_URL=${serverUrl}`,
        `export SLIPWAY_AGENT_TOKEN=${token}`,
        "node agent.mjs doctor && node agent.mjs run",
      ].join("\n"),
    },
  ];
}
