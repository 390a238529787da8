import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".css": "text/css",
  ".map": "application/json",
};

export interface SiteOptions {
  readonly folder: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Pages that are no files, by path. */
  readonly pages?: Readonly<Record<string, string>>;
}

export interface Site extends AsyncDisposable {
  readonly origin: string;
}

/** Serves a folder at an origin of its own, on `localhost`: a secure context. */
export async function startSite({ folder, headers = {}, pages = {} }: SiteOptions): Promise<Site> {
  const server = createServer(({ url = "/" }, response) => {
    const { pathname } = new URL(url, "http://localhost");
    const file = path.join(folder, pathname === "/" ? "index.html" : pathname);
    const page = pages[pathname];
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.setHeader("Connection", "close");
    if (page === undefined && !(file.startsWith(folder) && existsSync(file))) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader(
      "Content-Type",
      page === undefined ? (TYPES[path.extname(file)] ?? "text/plain") : "text/html",
    );
    response.end(page ?? readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    [Symbol.asyncDispose]: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}
