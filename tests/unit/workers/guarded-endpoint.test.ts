import { expose, proxy, wrap, type Endpoint } from "comlink";
import { MessageChannel as NodeChannel, type MessagePort as NodePort } from "node:worker_threads";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { guardedEndpoint } from "../../../workers/guarded-endpoint.ts";

class Service {
  secret = "seed";
  greet(name: string): string {
    return `hello ${name}`;
  }
  async tellTo(listener: (name: string) => unknown): Promise<void> {
    await listener("ana");
  }
  _private(): string {
    return this.secret;
  }
}

let channel: NodeChannel;
let answered: unknown[];
beforeEach(() => {
  channel = new NodeChannel();
  answered = [];
  expose(new Service(), guardedEndpoint(nodeEndpoint(channel.port1), ["greet", "tellTo"]));
});
afterEach(() => {
  channel.port1.close();
  channel.port2.close();
});

describe("guardedEndpoint", () => {
  it("W1 lets an allowed call through", async () => {
    const service = wrap<Service>(nodeEndpoint(channel.port2));
    await expect(service.greet("ana")).resolves.toBe("hello ana");
  });

  const attacks: Record<string, object> = {
    "a private method": { type: "APPLY", path: ["_private"], argumentList: [] },
    "reading a field": { type: "GET", path: ["secret"] },
    "overwriting a method": { type: "SET", path: ["greet"], value: { type: "RAW", value: 1 } },
    "polluting Object.prototype": {
      type: "SET",
      path: ["__proto__", "__proto__", "polluted"],
      value: { type: "RAW", value: 1 },
    },
    "constructing Function": {
      type: "CONSTRUCT",
      path: ["constructor", "constructor"],
      argumentList: [{ type: "RAW", value: "1" }],
    },
    "a longer path": { type: "APPLY", path: ["greet", "call"], argumentList: [] },
    "an inherited name": { type: "APPLY", path: ["toString"], argumentList: [] },
    "another endpoint": { type: "ENDPOINT", path: [] },
    "no path": { type: "APPLY" },
    "a path of objects": { type: "APPLY", path: [{}] },
    "no kind": { path: ["greet"] },
    "the end of the connection": { type: "RELEASE" },
    "no arguments": { type: "APPLY", path: ["greet"] },
    "arguments that are no list": { type: "APPLY", path: ["greet"], argumentList: { length: 1 } },
    "an argument that is no object": { type: "APPLY", path: ["greet"], argumentList: [null] },
    "an argument that throws": {
      type: "APPLY",
      path: ["greet"],
      argumentList: [{ type: "HANDLER", name: "throw", value: { isError: false, value: "thrown" } }],
    },
    "an unknown handler": {
      type: "APPLY",
      path: ["greet"],
      argumentList: [{ type: "HANDLER", name: "constructor", value: 1 }],
    },
    "a callback without a port": {
      type: "APPLY",
      path: ["greet"],
      argumentList: [{ type: "HANDLER", name: "proxy", value: {} }],
    },
    "a thousand arguments": {
      type: "APPLY",
      path: ["greet"],
      argumentList: Array.from({ length: 1000 }, () => ({ type: "RAW", value: 1 })),
    },
    "an id that is no text": { id: { toString: 1 }, type: "APPLY", path: ["greet"], argumentList: [] },
    "an endless id": { id: "x".repeat(100_000), type: "APPLY", path: ["greet"], argumentList: [] },
  };

  it.each(Object.entries(attacks))("W1 does not answer %s", async (_, message) => {
    channel.port2.on("message", (answer) => answered.push(answer));
    channel.port2.postMessage({ id: "attack", ...message });
    channel.port2.postMessage({
      id: "after",
      type: "APPLY",
      path: ["greet"],
      argumentList: [{ type: "RAW", value: "b" }],
    });
    await expect.poll(() => answered).toEqual([expect.objectContaining({ id: "after" })]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it("W1 lets a callback through", async () => {
    const calls: string[] = [];
    const service = wrap<Service>(nodeEndpoint(channel.port2));
    await service.tellTo(proxy((name: string) => void calls.push(name)));
    expect(calls).toEqual(["ana"]);
  });

  it.each([null, 5, "APPLY", []])("W1 does not answer %j", async (message) => {
    channel.port2.on("message", (answer) => answered.push(answer));
    channel.port2.postMessage(message);
    channel.port2.postMessage({
      id: "after",
      type: "APPLY",
      path: ["greet"],
      argumentList: [{ type: "RAW", value: "b" }],
    });
    await expect.poll(() => answered).toHaveLength(1);
  });
});

/** Node's MessagePort has what Comlink asks of an endpoint, but for the DOM's types. */
function nodeEndpoint(port: NodePort): Endpoint {
  return port as unknown as Endpoint;
}
