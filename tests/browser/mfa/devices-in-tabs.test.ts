import { afterEach, beforeEach, expect, it } from "vitest";
import { page } from "vitest/browser";
import "../../../src/define.ts";
import { createLocalMfaService, type LocalMfaService } from "../../../src/mfa/index.ts";
import { mount, USER } from "../../support/elements.ts";
import { oracleCode, totpSeed } from "../../support/seeds.ts";

const serialNumber = "TABS00000001";
/** The RFC 4226 test key, which is `totpSeed`'s secret, in base32. */
const CSV = `upn,serial number,secret key,time interval,manufacturer,model
,${serialNumber},GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ,30,Acme,One
`;
const seed = totpSeed();

let databaseName: string;
let step: number;
/** Three services on one database stand for three tabs: each has its own worker and connection. */
let tabs: [LocalMfaService, LocalMfaService, LocalMfaService];
const code = (offset: number) => ({ code: oracleCode(seed, step + offset), ageMs: 0 });

beforeEach(async () => {
  databaseName = `tabs-${crypto.randomUUID()}`;
  step = Math.floor(Date.now() / 30_000);
  const open = () => createLocalMfaService({ databaseName });
  tabs = [await open(), await open(), await open()];
  await tabs[0].importSeeds(CSV);
  const codes = [code(-1), code(0)] as const;
  await tabs[0].enableMfaDevice({ userName: USER, deviceName: "fob", serialNumber, codes });
});
afterEach(async () => {
  document.body.replaceChildren();
  await Promise.all(tabs.map((tab) => tab.close()));
  indexedDB.deleteDatabase(databaseName);
});

const remove = (tab: LocalMfaService) => tab.deactivateMfaDevice({ userName: USER, serialNumber });

it("V20 a device removed in one tab is refused in the others at once", async () => {
  // Both have used the device: nothing they may remember of it counts.
  await tabs[1].verifyCode({ userName: USER, code: code(1) });
  expect(await tabs[2].listMfaDevices(USER)).toHaveLength(1);
  await remove(tabs[0]);
  for (const tab of tabs) {
    const request = { userName: USER, code: code(2) };
    await expect(tab.verifyCode(request)).rejects.toMatchObject({ code: "unknown-serial" });
    await expect(tab.verifyCode({ ...request, serialNumber })).rejects.toMatchObject({
      code: "unknown-serial",
    });
    await expect(
      tab.resyncMfaDevice({ userName: USER, serialNumber, codes: [code(2), code(3)] }),
    ).rejects.toMatchObject({ code: "unknown-serial" });
    expect(await tab.listMfaDevices(USER)).toEqual([]);
  }
});

it("V20 a sign-in under way in another tab is decided by the removal or before it, never after", async () => {
  const outcomes = await Promise.allSettled([
    remove(tabs[0]),
    tabs[1].verifyCode({ userName: USER, code: code(1) }),
    tabs[2].verifyCode({ userName: USER, code: code(1) }),
  ]);
  expect(outcomes[0].status).toBe("fulfilled");
  expect(outcomes.slice(1).filter(({ status }) => status === "fulfilled").length).toBeLessThan(2);
  await expect(tabs[1].verifyCode({ userName: USER, code: code(2) })).rejects.toMatchObject({
    code: "unknown-serial",
  });
});

it("V20 the list on view in another tab shows it, without anybody asking", async () => {
  await mount("oath-devices", { userName: USER, service: tabs[1] });
  await expect.element(page.getByText(serialNumber)).toBeVisible();
  await remove(tabs[0]);
  await expect.element(page.getByText(serialNumber)).not.toBeInTheDocument();
  const codes = [code(2), code(3)] as const;
  await tabs[2].enableMfaDevice({ userName: USER, deviceName: "again", serialNumber, codes });
  await expect.element(page.getByText("again")).toBeVisible();
});

it("V20 tells every tab, and nobody any more who has stopped listening or is closed", async () => {
  const heard = [0, 0, 0];
  const stop = new AbortController();
  tabs[0].watchDevices(() => (heard[0] = (heard[0] ?? 0) + 1));
  tabs[1].watchDevices(() => (heard[1] = (heard[1] ?? 0) + 1), { signal: stop.signal });
  tabs[2].watchDevices(() => (heard[2] = (heard[2] ?? 0) + 1));
  await expect(remove(tabs[1])).resolves.toBeUndefined();
  await expect.poll(() => heard).toEqual([1, 1, 1]);
  // What was refused changed nothing.
  await expect(remove(tabs[1])).rejects.toMatchObject({ code: "unknown-serial" });
  stop.abort();
  await tabs[2].close();
  const codes = [code(2), code(3)] as const;
  await tabs[1].enableMfaDevice({ userName: USER, deviceName: "again", serialNumber, codes });
  await expect.poll(() => heard[0]).toBe(2);
  expect(heard).toEqual([2, 1, 1]);
});
