import type { Endpoint } from "comlink";

/** No method has more arguments, and Comlink's own call ids have 4 × 14 characters at the most (comlink 4.4.2, `generateUUID`). */
const ARGUMENTS_MAX = 8;
const ID_LENGTH_MAX = 64;

/**
 * Lets only well-formed calls of `methods` through to Comlink. A bare `expose` walks any property path it is sent: the other
 * side could then overwrite methods, reach `Function` through `constructor`, or write to `Object.prototype`; and it unpacks
 * arguments outside its own `try`, so that a malformed one is an error nobody catches.
 *
 * Comlink's `RELEASE` stays outside as well: it would make the worker deaf. A worker of ours ends by being terminated.
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

/** The one message kind that is let in is a call (comlink 4.4.2, `MessageType`). */
function isAllowed(message: unknown, methods: ReadonlySet<string>): boolean {
  if (typeof message !== "object" || message === null) return false;
  const { id, type, path, argumentList } = message as Record<string, unknown>;
  return (
    type === "APPLY" &&
    typeof id === "string" &&
    id.length <= ID_LENGTH_MAX &&
    Array.isArray(path) &&
    path.length === 1 &&
    typeof path[0] === "string" &&
    methods.has(path[0]) &&
    Array.isArray(argumentList) &&
    argumentList.length <= ARGUMENTS_MAX &&
    argumentList.every(isArgument)
  );
}

/** Plain data, or a callback; not Comlink's handler `throw`, which throws what it is sent. */
function isArgument(argument: unknown): boolean {
  if (typeof argument !== "object" || argument === null) return false;
  const { type, name, value } = argument as Record<string, unknown>;
  return type === "RAW" || (type === "HANDLER" && name === "proxy" && value instanceof MessagePort);
}
