import { describe, expect, it } from "vitest";
import { BridgeError, type BridgeErrorCode } from "../../../src/core/bridge-error.ts";
import {
  isChooserDismissed,
  toBridgeError,
  type BrowserStep,
  type FailureContext,
} from "../../../src/transports/dom-exceptions.ts";

const PREFIX = "Failed to execute 'x' on 'USBDevice': ";

/** Every row a person can meet, as Chromium 156 gave it: step, name, message, what else is known, what it means. */
const ROWS: readonly [BrowserStep, string, string, FailureContext, BridgeErrorCode][] = [
  [
    "request",
    "SecurityError",
    `${PREFIX}Must be handling a user gesture to show a permission request.`,
    { hadGesture: false },
    "not-granted",
  ],
  [
    "request",
    "SecurityError",
    `${PREFIX}Access to the feature "usb" is disallowed by permissions policy.`,
    { hadGesture: true },
    "not-supported",
  ],
  [
    "list",
    "SecurityError",
    `${PREFIX}Access to the feature "hid" is disallowed by permissions policy.`,
    {},
    "not-supported",
  ],
  ["open", "SecurityError", `${PREFIX}Access denied.`, {}, "not-granted"],
  ["open", "NotFoundError", `${PREFIX}The device was disconnected.`, {}, "unplugged"],
  ["open", "NotAllowedError", "Failed to open the device.", {}, "not-granted"],
  ["open", "NotAllowedError", "Failed to open the device.", { connected: false }, "unplugged"],
  ["open", "InvalidStateError", "The device is already open.", {}, "device-in-use"],
  [
    "claim",
    "SecurityError",
    `${PREFIX}The requested interface implements a protected class.`,
    {},
    "blocked-by-browser",
  ],
  ["claim", "NetworkError", `${PREFIX}Unable to claim interface.`, {}, "device-in-use"],
  [
    "claim",
    "NotFoundError",
    `${PREFIX}The interface number provided is not supported by the device in its current configuration.`,
    {},
    "malformed-answer",
  ],
  ["claim", "NotFoundError", `${PREFIX}The device was disconnected.`, { connected: false }, "unplugged"],
  [
    "claim",
    "InvalidStateError",
    `${PREFIX}The device must be opened first.`,
    { connected: false },
    "unplugged",
  ],
  ["transfer", "NetworkError", `${PREFIX}A transfer error has occurred.`, {}, "unplugged"],
  ["transfer", "NotFoundError", `${PREFIX}The device was disconnected.`, { connected: false }, "unplugged"],
  [
    "transfer",
    "NotFoundError",
    `${PREFIX}The specified endpoint is not part of a claimed and selected alternate interface.`,
    { connected: true },
    "malformed-answer",
  ],
  [
    "transfer",
    "InvalidStateError",
    `${PREFIX}The specified interface has not been claimed.`,
    {},
    "unplugged",
  ],
  [
    "transfer",
    "InvalidStateError",
    `${PREFIX}The device must be opened first.`,
    { connected: false },
    "unplugged",
  ],
  [
    "transfer",
    "SecurityError",
    `${PREFIX}The requested interface implements a protected class.`,
    {},
    "blocked-by-browser",
  ],
  ["report", "NotAllowedError", "Failed to write the feature report.", { connected: true }, "not-granted"],
  ["report", "NotAllowedError", "Failed to receive the feature report.", { connected: false }, "unplugged"],
  ["report", "InvalidStateError", "The device must be opened first.", {}, "unplugged"],
  ["smart-card", "SecurityError", "", {}, "not-supported"],
  ["smart-card", "NotAllowedError", "", {}, "not-granted"],
  ["smart-card", "InvalidStateError", "", {}, "device-in-use"],
  ["smart-card", "UnknownError", "", {}, "malformed-answer"],
  ["claim", "SomethingNewError", "", {}, "device-in-use"],
];

describe("toBridgeError", () => {
  it.each(ROWS)("%s: %s “%s” %o is %s", (step, name, message, context, code) => {
    const cause = new DOMException(message, name);

    const error = toBridgeError(cause, step, context);

    expect(error).toBeInstanceOf(BridgeError);
    expect(error).toMatchObject({ code, cause });
    expect((error as BridgeError).message.split(/[.:] /u).length).toBeLessThanOrEqual(3);
  });

  it.each<[string, BridgeErrorCode]>([
    ["no-service", "not-supported"],
    ["system-cancelled", "not-supported"],
    ["no-smartcard", "unplugged"],
    ["removed-card", "unplugged"],
    ["reader-unavailable", "unplugged"],
    ["unknown-reader", "unplugged"],
    ["sharing-violation", "device-in-use"],
    ["server-too-busy", "device-in-use"],
    ["not-ready", "device-in-use"],
    ["reset-card", "device-in-use"],
    ["not-transacted", "device-in-use"],
    ["unpowered-card", "malformed-answer"],
    ["unresponsive-card", "malformed-answer"],
    ["unsupported-card", "malformed-answer"],
    ["proto-mismatch", "malformed-answer"],
    ["unsupported-feature", "malformed-answer"],
    ["something-new", "malformed-answer"],
  ])("SmartCardError %s is %s", (responseCode, code) => {
    const cause = Object.assign(new DOMException("", "SmartCardError"), { responseCode });
    expect(toBridgeError(cause, "smart-card")).toMatchObject({ code, cause });
  });

  it("leaves aborts, our own errors and programming mistakes alone", () => {
    const others = [
      new DOMException("The transfer was cancelled.", "AbortError"),
      new BridgeError("timeout", "…"),
      new TypeError("…"),
      "a string",
    ];
    for (const other of others) expect(toBridgeError(other, "transfer")).toBe(other);
  });
});

it("tells a dismissed chooser", () => {
  expect(isChooserDismissed(new DOMException("No device selected.", "NotFoundError"))).toBe(true);
  expect(isChooserDismissed(new DOMException("", "SecurityError"))).toBe(false);
  expect(isChooserDismissed(new Error("NotFoundError"))).toBe(false);
});
