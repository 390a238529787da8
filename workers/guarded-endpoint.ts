import type { Endpoint } from "comlink";

/** Comlink's message kinds that we let in: a method call, and the end of a proxy (comlink 4.4.2, `MessageType`). */
const LET_IN = new Set(["APPLY", "RELEASE"]);

/**
 * Lets only calls of `methods` through to Comlink. A bare `expose` walks any property path it is sent: the other side
 * could then overwrite methods, reach `Function` through `constructor`, or write to `Object.prototype`.
 */
export function guardedEndpoint(endpoint: Endpoint, methods: readonly string[]): Endpoint {
  const allowed = new Set(methods);
  const guards = new WeakMap<object, (event: Event) => void>();
  return {
    postMessage: (message: unknown, transfer?: Transferable[]) => endpoint.postMessage(message, transfer),
    start: () => endpoint.start?.(),
    addEventListener(type, listener, options) {
      const guard = (event: Event) => {
        if (!isAllowed((event as MessageEvent<unknown>).data, allowed)) return;
        if (typeof listener === "function") listener(event);
        else listener.handleEvent(event);
      };
      guards.set(listener, guard);
      endpoint.addEventListener(type, guard, options);
    },
    removeEventListener(type, listener, options) {
      const guard = guards.get(listener);
      if (guard) endpoint.removeEventListener(type, guard, options);
    },
  };
}

function isAllowed(message: unknown, methods: ReadonlySet<string>): boolean {
  if (typeof message !== "object" || message === null) return false;
  const { type, path } = message as { type?: unknown; path?: unknown };
  if (typeof type !== "string" || !LET_IN.has(type)) return false;
  if (type === "RELEASE") return true;
  return Array.isArray(path) && path.length === 1 && typeof path[0] === "string" && methods.has(path[0]);
}
