/** How an artifact can be shown, judged by its name. SVG stays text, and HTML is a page of another origin: neither may run under this one. */

export type ArtifactKind = "image" | "csv" | "json" | "parquet" | "onnx" | "html" | "markdown" | "text" | "other";

const kinds: Record<Exclude<ArtifactKind, "other">, RegExp> = {
  image: /\.(png|jpe?g|gif|webp|bmp|avif)$/i,
  csv: /\.(csv|tsv)$/i,
  parquet: /\.(parquet|pq)$/i,
  onnx: /\.onnx$/i,
  html: /\.html?$/i,
  markdown: /(\.(md|markdown)|(^|\/)README)$/i,
  json: /\.(json|ipynb|geojson)$/i,
  text: /(\.(txt|log|ya?ml|toml|ini|cfg|conf|py|ipy|sh|r|sql|js|ts|xml|svg|jsonl|ndjson|tex|env|lock|patch|diff)|(^|\/)(MLmodel|LICENSE|Dockerfile|Makefile|requirements[\w-]*))$/i,
};

export function kindOfArtifact(path: string): ArtifactKind {
  for (const kind of ["image", "csv", "json", "parquet", "onnx", "html", "markdown", "text"] as const) if (kinds[kind].test(path)) return kind;
  return "other";
}

/** The address of a file below a run's artifact root, readable by a signed-in browser; null outside the server's own store. */
export function artifactHref(project: string, rootUri: string, path: string): string | null {
  const scheme = "mlflow-artifacts:/";
  if (!rootUri.startsWith(scheme)) return null;
  const root = rootUri.slice(scheme.length).replace(/^\/+|\/+$/g, "");
  const parts = `${root}/${path}`.split("/").map(encodeURIComponent).join("/");
  return `/api/2.0/mlflow-artifacts/artifacts/${parts}?project=${encodeURIComponent(project)}`;
}

/** What a Markdown file names relative to itself is another file of the same artifacts. */
export function filesBeside(path: string, href: string) {
  const [address = "", query = ""] = href.split("?");
  return (named: string) => {
    const { pathname } = new URL(named, `http://files/${path.split("/").map(encodeURIComponent).join("/")}`);
    const root = address.split("/").slice(0, -path.split("/").length).join("/");
    return { page: `?path=${pathname.slice(1).replaceAll("&", "%26").replaceAll("+", "%2B")}`, content: `${root}${pathname}?${query}` };
  };
}
