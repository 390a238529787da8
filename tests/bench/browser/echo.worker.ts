/** Sends back what it gets: the floor under every round trip. */
self.addEventListener("message", ({ data }: MessageEvent<unknown>) => self.postMessage(data, {}));
