import { afterEach, expect, it, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../../src/define.ts";
import { StatusWordError } from "../../../src/core/bridge-error.ts";
import { formatBase32 } from "../../../src/core/text-forms.ts";
import type { OathToken } from "../../../src/elements/oath-token.ts";
import { createLocalMfaService } from "../../../src/mfa/index.ts";
import { announced, focusedLabel, later, mount } from "../../support/elements.ts";
import {
  makeCredential,
  scriptedCode,
  ScriptedToken,
  ScriptedTokenSource,
  tokenError,
} from "../../support/scripted-token-source.ts";

const NOW = 1_790_000_015_000;
const STEP = Math.floor(NOW / 30_000);
/** The RFC 4226 test key. */
const SECRET = [...new TextEncoder().encode("12345678901234567890")];
const BASE32 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const sources: ScriptedTokenSource[] = [];

afterEach(async () => {
  document.body.replaceChildren();
  vi.restoreAllMocks();
  for (const source of sources.splice(0))
    await vi.waitFor(() => source.assertFinished(), { timeout: 30_000 });
});

const dialog = () => page.getByRole("dialog");
const press = (name: string) => userEvent.click(page.getByRole("button", { name, exact: true }));
const pressInDialog = (name: string) => userEvent.click(dialog().getByRole("button", { name, exact: true }));
const fill = (label: string, text: string) =>
  userEvent.fill(dialog().getByLabelText(label, { exact: true }), text);
const grouped = (code: string) => `${code.slice(0, 3)} ${code.slice(3)}`;

async function show(token: ScriptedToken, properties: Partial<OathToken> = {}): Promise<OathToken> {
  const source = new ScriptedTokenSource(token);
  sources.push(source);
  const element = await mount("oath-token", { tokenSource: source, now: () => NOW, ...properties });
  await expect.element(page.getByText("connected.")).toBeInTheDocument();
  return element;
}

it("writes the secret whole, even when Back is pressed while the token is waited for", async () => {
  const token = new ScriptedToken([]).expect("put");
  const turn = later<null>();
  token.turn = turn.promise;
  await show(token);
  await press("Add credential");
  await fill("Secret key or otpauth: link", "gezd gnbv gy3t qojq gezd gnbv gy3t qojq");
  await fill("Issuer", "AWS");
  await fill("Account", "root");
  await pressInDialog("Continue");
  await pressInDialog("Write to token");
  // Playwright would wait for a button that is not aria-disabled.
  (dialog().getByRole("button", { name: "Back", exact: true }).element() as HTMLElement).click();
  turn.resolve(null);

  await expect.element(dialog().getByRole("heading")).toHaveTextContent("AWS:root is on the token.");
  expect(token.calls).toMatchObject([{ operation: "put", detail: { secret: SECRET } }]);
});

it("writes a pasted key after a confirmation, and shows two codes in a row", async () => {
  const token = new ScriptedToken([]).expect("put");
  const written = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
  const element = await show(token);
  await press("Add credential");
  await fill("Secret key or otpauth: link", "gezd gnbv gy3t qojq gezd gnbv gy3t qojq");
  await fill("Issuer", "AWS");
  await fill("Account", "root");
  await pressInDialog("Continue");

  await expect.element(dialog().getByRole("heading")).toHaveTextContent("Write AWS:root to CanoKey?");
  await expect.element(dialog().getByText("TOTP, SHA1, 6 digits")).toBeVisible();
  expect(token.calls).toEqual([]);
  await pressInDialog("Write to token");

  await expect.element(dialog().getByRole("heading")).toHaveTextContent("AWS:root is on the token.");
  expect(token.calls).toEqual([
    {
      operation: "put",
      detail: {
        issuer: "AWS",
        account: "root",
        type: "totp",
        algorithm: "SHA1",
        digits: 6,
        periodSeconds: 30,
        needsTouch: false,
        secret: SECRET,
      },
    },
  ]);
  const codes = [STEP - 1, STEP].map((step) => scriptedCode(makeCredential(), step));
  for (const code of codes) await expect.element(dialog().getByText(grouped(code))).toBeVisible();
  await userEvent.click(dialog().getByRole("button", { name: "Copy" }).first());
  expect(written).toHaveBeenCalledWith(codes[0]);
  await pressInDialog("Done");
  await expect.element(page.getByRole("button", { name: /AWS/u })).toBeVisible();
  expect(element.shadowRoot?.innerHTML.toUpperCase()).not.toContain(BASE32);
});

it("reads a link, with names that can be changed, and all it says about the codes", async () => {
  const token = new ScriptedToken([]).expect("put");
  await show(token);
  await press("Add credential");
  await fill(
    "Secret key or otpauth: link",
    `otpauth://totp/Acme:alice?secret=${BASE32}&issuer=Acme&algorithm=SHA256&digits=8&period=60`,
  );
  await userEvent.tab();
  await expect.element(dialog().getByLabelText("Issuer")).toHaveValue("Acme");
  await expect.element(dialog().getByLabelText("Account", { exact: true })).toHaveValue("alice");
  await userEvent.click(dialog().getByLabelText("Ask for a touch before each code"));
  await pressInDialog("Continue");
  await expect.element(dialog().getByText("New code every 1 min")).toBeVisible();
  await pressInDialog("Write to token");

  await expect
    .poll(() => token.calls[0]?.detail)
    .toMatchObject({
      issuer: "Acme",
      account: "alice",
      algorithm: "SHA256",
      digits: 8,
      periodSeconds: 60,
      needsTouch: true,
      secret: SECRET,
    });
});

it.each([
  ["", "Paste the secret key or the link first."],
  ["not a key!", "the letters A to Z and the digits 2 to 7 only"],
  ["GEZDGNBV", "too short"],
  ["A".repeat(200), "longer than tokens take"],
  ["otpauth://totp/", "That link cannot be read."],
  [`otpauth://totp/a?secret=${BASE32}&digits=10`, "codes no token can show"],
])("refuses “%s” at its field, and says what to do", async (secret, text) => {
  const element = await show(new ScriptedToken([]));
  await press("Add credential");
  await fill("Secret key or otpauth: link", secret);
  await fill("Account", "root");
  await pressInDialog("Continue");

  await expect.poll(focusedLabel).toBe("Secret key or otpauth: link");
  expect(announced(element).assertive).toContain(text);
  if (secret) expect(announced(element).assertive).not.toContain(secret);
  await pressInDialog("Cancel");
});

it("overwrites nothing: a name that is there already is refused before anything is written", async () => {
  const element = await show(new ScriptedToken());
  await press("Add credential");
  await fill("Secret key or otpauth: link", BASE32);
  await fill("Issuer", "AWS");
  await fill("Account", "root");
  await pressInDialog("Continue");

  expect(announced(element).assertive).toContain("Nothing is overwritten");
  expect(focusedLabel()).toBe("Account");
  await fill("Account", "x".repeat(70));
  await pressInDialog("Continue");
  await expect.poll(() => announced(element).assertive).toContain("so long a name");
  await fill("Account", "");
  await pressInDialog("Continue");
  await expect.poll(() => announced(element).assertive).toContain("Enter a name");
});

it.each([
  [tokenError("storage-full"), "no room for another account"],
  [new StatusWordError("PUT", 0x6985), "status 6985"],
])("says why the token did not take it, and can be tried again", async (error, text) => {
  const token = new ScriptedToken([]).expect("put", error).expect("put");
  const element = await show(token);
  await press("Add credential");
  await fill("Secret key or otpauth: link", BASE32);
  await fill("Account", "root");
  await pressInDialog("Continue");
  await pressInDialog("Write to token");
  await expect.poll(() => announced(element).assertive).toContain(text);

  await pressInDialog("Write to token");
  await expect.element(dialog().getByRole("heading")).toHaveTextContent("root is on the token.");
});

it("goes back from the confirmation with the names kept", async () => {
  await show(new ScriptedToken([]));
  await press("Add credential");
  await fill("Secret key or otpauth: link", BASE32);
  await fill("Account", "root");
  await pressInDialog("Continue");
  await pressInDialog("Back");

  await expect.element(dialog().getByLabelText("Account", { exact: true })).toHaveValue("root");
  await expect.element(dialog().getByLabelText("Secret key or otpauth: link")).toHaveValue("");
});

it("makes a new key, shows it once, and another one each time", async () => {
  const token = new ScriptedToken([]).expect("put").expect("put");
  const element = await show(token);
  for (const account of ["one", "two"]) {
    await press("Add credential");
    await userEvent.click(dialog().getByLabelText("Make a new one"));
    await fill("Account", account);
    await pressInDialog("Continue");
    await pressInDialog("Write to token");
    await expect.element(dialog().getByText("This is the only time it is shown.")).toBeVisible();
    const put = token.calls.at(-1)?.detail as { secret: number[] };
    expect(put.secret).toHaveLength(20);
    const base32 = formatBase32(Uint8Array.from(put.secret));
    await expect.element(dialog().getByText(base32.replace(/.{4}(?=.)/gu, "$& "))).toBeVisible();
    await pressInDialog("Done");
    expect(element.shadowRoot?.textContent).not.toContain(base32.slice(0, 4));
  }
  const [one, two] = token.calls.map(({ detail }) => (detail as { secret: number[] }).secret);
  expect(one).not.toEqual(two);
});

it("puts a new key into the inventory, which then knows its codes", async () => {
  const databaseName = `token-${crypto.randomUUID()}`;
  const service = await createLocalMfaService({ databaseName });
  const token = new ScriptedToken([]).expect("put").expect("put");
  await show(token, { service });
  for (const [account, text] of [
    ["one", "The inventory knows it as 0A1B2C3D."],
    ["two", "The inventory did not take it."],
  ] as const) {
    await press("Add credential");
    await userEvent.click(dialog().getByLabelText("Make a new one"));
    await expect.element(dialog().getByLabelText("Serial number in the inventory")).toHaveValue("0A1B2C3D");
    await fill("Account", account);
    await pressInDialog("Continue");
    await pressInDialog("Write to token");
    await expect.element(dialog().getByText(text)).toBeVisible();
    await pressInDialog("Done");
  }
  expect(await service.listSeeds()).toMatchObject([
    { serialNumber: "0A1B2C3D", digits: 6, manufacturer: "canokeys.org", model: "CanoKey" },
  ]);
  await service.close();
  indexedDB.deleteDatabase(databaseName);
});
