import { afterEach, expect, it, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../../src/define.ts";
import type { CodeReader, CodeReading } from "../../../src/elements/code-reader.ts";
import type { ResyncMfaDeviceRequest, VerifyCodeRequest } from "../../../src/mfa/contract.ts";
import { focusedLabel, later, mount, USER } from "../../support/elements.ts";
import { makeDevice, ScriptedMfaService } from "../../support/scripted-mfa-service.ts";
import {
  makeCredential,
  scriptedCode,
  ScriptedToken,
  ScriptedTokenSource,
  tokenError,
} from "../../support/scripted-token-source.ts";

const sources: ScriptedTokenSource[] = [];

afterEach(async () => {
  document.body.replaceChildren();
  for (const source of sources.splice(0))
    await vi.waitFor(() => source.assertFinished(), { timeout: 30_000 });
});

const press = (name: string) => userEvent.click(page.getByRole("button", { name, exact: true }));
const code = (number: number) => page.getByLabelText(`MFA code ${number}`);
const step = () => Math.floor(Date.now() / 30_000);

function sourceOf(...tokens: ScriptedToken[]): ScriptedTokenSource {
  const source = new ScriptedTokenSource(...tokens);
  sources.push(source);
  return source;
}

it("reads three codes for a locked device", async () => {
  const device = makeDevice({ state: "locked" });
  const service = new ScriptedMfaService().expect("resyncMfaDevice", makeDevice());
  await mount("oath-resync", { userName: USER, service, device, tokenSource: sourceOf(new ScriptedToken()) });
  await press("Read from token");
  await expect.element(code(3)).not.toHaveValue("");
  await press("Resync");

  await expect.poll(() => service.calls).toHaveLength(1);
  const request = service.calls[0]?.request as ResyncMfaDeviceRequest;
  const last = step();
  const sequences = [last, last - 1].map((at) =>
    [at - 2, at - 1, at].map((factor) => scriptedCode(makeCredential(), factor)),
  );
  expect(sequences).toContainEqual(request.codes.map((one) => one.code));
});

it("D14 reads the current code for a sign-in, by two presses", async () => {
  const service = new ScriptedMfaService().expect("verifyCode", {
    userName: USER,
    serialNumber: "OBDT10000017",
    deviceName: "Blue-key-fob",
    driftSteps: 0,
  } as never);
  service.devices = [makeDevice()];
  await mount("oath-verify", { userName: USER, service, tokenSource: sourceOf(new ScriptedToken()) });
  await press("Read from token");
  await expect.element(page.getByText("Read from CanoKey, AWS:root")).toBeVisible();
  expect(service.calls).toEqual([]);
  await userEvent.keyboard("{Enter}");

  await expect.poll(() => service.calls).toHaveLength(1);
  const request = service.calls[0]?.request as VerifyCodeRequest;
  const last = step();
  expect([last, last - 1].map((at) => scriptedCode(makeCredential(), at))).toContain(request.code.code);
});

it("fills a single field from whatever reader it is given", async () => {
  const answer = later<CodeReading | null>();
  const reader: CodeReader = { read: () => answer.promise };
  const element = await mount("oath-code", { label: "MFA code", reader });
  const events: string[] = [];
  element.addEventListener("oath-code", (event) => events.push(event.observed.code));
  await press("Read from token");
  await expect
    .element(page.getByRole("button", { name: "Reading…" }))
    .toHaveAttribute("aria-disabled", "true");
  answer.resolve({
    codes: [{ code: "755224", ageMs: 5000 }],
    from: { token: "CanoKey", account: "AWS:root" },
  });

  await expect.element(page.getByLabelText("MFA code")).toHaveValue("755224");
  await expect.element(page.getByRole("status")).toHaveTextContent("Read from CanoKey, AWS:root");
  expect(events).toEqual(["755224"]);
  expect(element.observed?.ageMs).toBeGreaterThanOrEqual(5000);
  await userEvent.fill(page.getByLabelText("MFA code"), "287082");
  await expect.element(page.getByRole("status")).toHaveTextContent("");
});

it("says why a reader failed, and drops what comes after the person has typed", async () => {
  const reader: CodeReader = { read: () => Promise.reject(tokenError("timeout")) };
  const element = await mount("oath-code", { label: "MFA code", reader });
  await press("Read from token");
  await expect.element(page.getByRole("status")).toHaveTextContent("The token does not answer.");

  const answer = later<CodeReading | null>();
  let signal: AbortSignal | undefined;
  element.reader = {
    read: (wanted) => {
      ({ signal } = wanted);
      return answer.promise;
    },
  };
  await press("Read from token");
  await userEvent.fill(page.getByLabelText("MFA code"), "287082");
  expect(signal?.aborted).toBe(true);
  answer.resolve({ codes: [{ code: "755224", ageMs: 0 }], from: { token: "CanoKey", account: "AWS" } });
  await expect.poll(() => element.value).toBe("287082");
});

it("pauses a list of codes on the page while it reads, and lets it go on", async () => {
  const token = new ScriptedToken();
  const source = sourceOf(token);
  const element = await mount("oath-resync", { userName: USER, device: makeDevice(), tokenSource: source });
  const list = document.createElement("oath-token");
  list.tokenSource = source;
  element.after(list);
  await expect.poll(() => token.sessions).toBe(1);

  await press("Read from token");
  await expect.element(code(2)).not.toHaveValue("");

  await expect.poll(() => token.sessions).toBe(1);
  await expect.poll(() => list.shadowRoot?.querySelector(".chip")).toBeTruthy();
  expect(token.openMost).toBe(1);
  expect(focusedLabel()).toBe("MFA code 2");
});
