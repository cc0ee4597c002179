import { Section } from "@/components/ui/layout/section";
import { CodeTabs } from "@/components/ui/text/code-tabs";

/** Each protocol with the lines that connect its client to this project. */
export function Connections({ origin, project }: { origin: string; project: string }) {
  const snippets = [
    { label: "MLflow", code: `export MLFLOW_TRACKING_URI=${origin}\nexport MLFLOW_TRACKING_TOKEN=$SLIPWAY_TOKEN\npython train.py` },
    { label: "HTTP API", code: `curl ${origin}/api/v1/viewer -H "Authorization: Bearer $SLIPWAY_TOKEN"\ncurl ${origin}/api/v1/openapi.json -H "Authorization: Bearer $SLIPWAY_TOKEN"` },
    { label: "Open Inference", code: `curl ${origin}/v2/models/<model>/infer -H "Authorization: Bearer $SLIPWAY_TOKEN" \\\n  -H "Content-Type: application/json" -d '{"inputs":[…]}'` },
    { label: "Prometheus", code: `scrape_configs:\n  - job_name: slipway\n    authorization: { credentials: <SLIPWAY_ADMIN_TOKEN of connect.env> }\n    static_configs: [{ targets: ["${origin.replace(/^https?:\/\//, "")}"] }]` },
  ];
  return (
    <Section title="Connect" description={`A token belongs to one project: through a protocol, ${project} looks like a server of its own.`}>
      <CodeTabs label="Clients" snippets={snippets} />
    </Section>
  );
}
