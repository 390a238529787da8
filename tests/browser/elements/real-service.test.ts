import { afterEach, beforeEach, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../../src/define.ts";
import { createLocalMfaService, type LocalMfaService } from "../../../src/mfa/index.ts";
import { mount, settle, USER } from "../../support/elements.ts";
import { oracleCode, totpSeed } from "../../support/seeds.ts";

const SERIAL = "ELEM00000001";
/** The RFC 4226 test key, which is `totpSeed`'s secret, in base32. */
const CSV = `upn,serial number,secret key,time interval,manufacturer,model
,${SERIAL},GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ,30,Acme,One
`;
/** Three minutes: the token's clock runs ahead. */
const DRIFT_STEPS = 6;
const seed = totpSeed();

let databaseName: string;
let service: LocalMfaService;

beforeEach(async () => {
  databaseName = `elements-${crypto.randomUUID()}`;
  service = await createLocalMfaService({ databaseName });
  await service.importSeeds(CSV);
});

afterEach(async () => {
  document.body.replaceChildren();
  await service.close();
  indexedDB.deleteDatabase(databaseName);
});

const press = (name: string) => userEvent.click(page.getByRole("button", { name, exact: true }));
const fill = (label: string, text: string) => userEvent.fill(page.getByLabelText(label), text);
const step = () => Math.floor(Date.now() / 30_000) + DRIFT_STEPS;

it("enrols a drifted token, signs in with its next code, refuses it twice and resyncs", async () => {
  const devices = await mount("oath-devices", { userName: USER, service });
  await press("Assign MFA device");
  await fill("Device name", "Blue-key-fob");
  await press("Next");
  await fill("Serial number", SERIAL);
  const enrolledAt = step();
  await fill("MFA code 1", oracleCode(seed, enrolledAt - 1));
  await fill("MFA code 2", oracleCode(seed, enrolledAt));
  await press("Add MFA");
  await expect.element(page.getByText(/^Your token runs about 3 min( 30 s)? ahead\./u)).toBeVisible();
  await press("Done");
  await expect.element(page.getByText(SERIAL)).toBeVisible();
  await settle(devices);

  const next = oracleCode(seed, enrolledAt + 1);
  await mount("oath-verify", { userName: USER, service });
  await fill("MFA code", next);
  await press("Sign in");
  await expect.element(page.getByRole("heading", { name: "Code accepted" })).toBeVisible();

  await mount("oath-verify", { userName: USER, service });
  await fill("MFA code", next);
  await press("Sign in");
  await expect.element(page.getByLabelText("MFA code")).toHaveAccessibleDescription(/already used/u);

  await press("Trouble with your token?");
  await fill("MFA code 1", oracleCode(seed, enrolledAt + 20));
  await fill("MFA code 2", oracleCode(seed, enrolledAt + 21));
  await press("Resync");
  await expect.element(page.getByText(/^Before: .* ahead\. Now: 13 min( 30 s)? ahead, and/u)).toBeVisible();
});

it("says what is wrong with an unknown number and with codes of another token", async () => {
  await mount("oath-enroll", { userName: USER, service });
  await fill("Device name", "Blue-key-fob");
  await press("Next");
  await fill("Serial number", "ELEM00000099");
  await fill("MFA code 1", oracleCode(seed, step() - 1));
  await fill("MFA code 2", oracleCode(seed, step()));
  await press("Add MFA");
  await expect
    .element(page.getByLabelText("Serial number"))
    .toHaveAccessibleDescription(/do not know this number/u);

  await fill("Serial number", SERIAL);
  await fill("MFA code 1", "000000");
  await fill("MFA code 2", "000001");
  await press("Add MFA");
  await expect.element(page.getByLabelText("MFA code 1")).toHaveAccessibleDescription(/did not match/u);
  expect(await service.listMfaDevices(USER)).toEqual([]);
});

it("asks for eight digits where the inventory knows the token so", async () => {
  const long = totpSeed({ serialNumber: "ELEM00000008", digits: 8, algorithm: "SHA256", periodSeconds: 60 });
  await service.importSeeds(`<?xml version="1.0"?>
    <KeyContainer Version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc"><KeyPackage>
      <DeviceInfo><SerialNo>${long.serialNumber}</SerialNo></DeviceInfo>
      <Key Id="1" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:totp">
        <AlgorithmParameters><Suite>HMAC-SHA256</Suite><ResponseFormat Length="8" Encoding="DECIMAL"/></AlgorithmParameters>
        <Data>
          <Secret><PlainValue>MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=</PlainValue></Secret>
          <TimeInterval><PlainValue>60</PlainValue></TimeInterval>
        </Data>
      </Key>
    </KeyPackage></KeyContainer>`);
  await mount("oath-enroll", { userName: USER, service });
  await fill("Device name", "long");
  await press("Next");
  await fill("Serial number", "elem00000008");
  await userEvent.tab();
  await expect
    .poll(() => document.querySelector("oath-enroll")?.shadowRoot?.querySelector("oath-code")?.digits)
    .toBe(8);
  const now = Math.floor(Date.now() / 60_000);
  await fill("MFA code 1", oracleCode(long, now - 1));
  await fill("MFA code 2", oracleCode(long, now));
  await press("Add MFA");
  await expect.element(page.getByRole("heading", { name: "Token added" })).toBeVisible();
});
