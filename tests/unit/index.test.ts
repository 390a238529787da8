import { expect, it } from "vitest";
import * as oathBridge from "../../src/index.ts";

it("can be imported where there is no browser, and registers nothing", () => {
  expect(globalThis.customElements?.get("oath-code")).toBeUndefined();
  expect("document" in globalThis).toBe(false);
});

it("exports the elements, events and errors by name, and nothing by accident", () => {
  expect(Object.keys(oathBridge).toSorted()).toEqual(
    [
      "BridgeError",
      "IAM_CODES",
      "MfaError",
      "MfaInputError",
      "OathCancelEvent",
      "OathCode",
      "OathCodeEvent",
      "OathCredentialEvent",
      "OathDevices",
      "OathDoneEvent",
      "OathEnroll",
      "OathEnrollSubmitEvent",
      "OathEnrolledEvent",
      "OathIdentifiedEvent",
      "OathIdentify",
      "OathImportedEvent",
      "OathInventory",
      "OathRemovedEvent",
      "OathResync",
      "OathResyncSubmitEvent",
      "OathResyncedEvent",
      "OathToken",
      "OathTokenIdentifierEvent",
      "OathTroubleEvent",
      "OathVerifiedEvent",
      "OathVerify",
      "OathVerifySubmitEvent",
      "StatusWordError",
      "englishMessages",
      "mfaServiceContext",
      "tokenSourceContext",
    ].toSorted(),
  );
});

it("keeps codes out of the events' enumerable data", () => {
  const event = new oathBridge.OathCodeEvent({ code: "755224", ageMs: 0 });

  expect(JSON.stringify(Object.entries(event))).not.toContain("755224");
  expect(JSON.stringify(event)).not.toContain("755224");
  expect(event.observed.code).toBe("755224");
});
