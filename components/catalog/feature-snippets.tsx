import { Section } from "@/components/ui/layout/section";
import { CodeTabs } from "@/components/ui/text/code-tabs";

type Props = { origin: string; view: string; feature: string; entityKey: string };

/** Reading one feature online, filled with its names. */
export function FeatureSnippets({ origin, view, feature, entityKey }: Props) {
  const body = `{"features":["${view}:${feature}"],"entities":{"${entityKey}":["<key>"]}}`;
  const snippets = [
    { label: "curl", code: `curl ${origin}/api/v1/catalog/online/read \\\n  -H "Authorization: Bearer $SLIPWAY_TOKEN" -H "Content-Type: application/json" \\\n  -d '${body}'` },
    { label: "Python", code: `import json, os\nfrom urllib.request import Request, urlopen\n\nrequest = Request(\n    "${origin}/api/v1/catalog/online/read",\n    data=json.dumps(${body}).encode(),\n    headers={"Authorization": f"Bearer {os.environ['SLIPWAY_TOKEN']}", "Content-Type": "application/json"},\n)\nprint(json.load(urlopen(request)))` },
  ];
  return <Section title="Read it"><CodeTabs label="Read it" snippets={snippets} /></Section>;
}
