import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  compress: true,
  typedRoutes: false,
  // Pages name their icon; a file or an answer that is opened by itself has none to name.
  redirects: async () => [{ source: "/favicon.ico", destination: "/icon.svg", permanent: true }],
  // Native modules and bundled server packages stay as they are on disk.
  serverExternalPackages: ["@duckdb/node-api", "lmdb", "onnxruntime-node", "pg", "graphile-worker", "pino"],
  // Without a connection a navigation waits for it; else it would leave the app for the browser's error page.
  experimental: { useOffline: true },
  // Markdown is read in a worker, where the browser's way of decoding &amp; (through the document) is not.
  turbopack: { resolveAlias: { "decode-named-character-reference": "./node_modules/decode-named-character-reference/index.js" } },
  typescript: { ignoreBuildErrors: true },
};

export default config;
