import { createServer, type Server } from "node:http";
import type { FrameLocator, Page } from "@playwright/test";

/** Another origin of the same site as the console's server, which lets it frame the console. */
export const EMBEDDER = "http://localhost:4199";

/** Another site, which may frame it too: but there a browser may block the console's storage. */
export const OTHER_SITE = "http://127.0.0.1:4199";

/** The server knows nothing of this one. */
export const STRANGER = "http://localhost:4198";

/**
 * Starts all three; the answer ends them. They are real servers, for to Chromium a page that a test answers for is a public one, which
 * may not frame a server on this machine.
 */
export async function startSites(): Promise<() => Promise<void>> {
  const servers = await Promise.all(
    [EMBEDDER, STRANGER].map((origin) => listen(Number(new URL(origin).port))),
  );
  return async () => {
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  };
}

/** Shows the console in a frame with these attributes, on a page of another origin. */
export async function embed(page: Page, attributes: string, origin = EMBEDDER): Promise<FrameLocator> {
  await page.goto(`${origin}/?${encodeURIComponent(attributes)}`);
  return page.frameLocator("iframe");
}

function listen(port: number): Promise<Server> {
  const server = createServer(({ url = "/" }, response) => {
    const attributes = decodeURIComponent(new URL(url, EMBEDDER).search.slice(1));
    response.setHeader("Content-Type", "text/html");
    response.setHeader("Connection", "close");
    response.end(`<!doctype html><title>Embedder</title><link rel="icon" href="data:," />
      <iframe src="http://localhost:4173/" ${attributes} style="width: 1200px; height: 900px"></iframe>`);
  });
  return new Promise((resolve) => server.listen(port, "127.0.0.1", () => resolve(server)));
}
