import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../../src/console/app.ts";
import { ROOT_USER } from "../../../src/console/demo-account.ts";
import { Session } from "../../../src/console/session.ts";
import "../../../src/console/stay-unlocked.ts";
import type { StayingVault } from "../../../src/console/stay-unlocked.ts";
import "../../../src/define.ts";
import { createLocalMfaService, type AutoLockState, type LocalMfaService } from "../../../src/mfa/index.ts";

const PASSPHRASE = "correct horse battery";
const FIVE_MINUTES = 300_000;

const button = (name: string) => page.getByRole("button", { name, exact: true });
const question = page.getByRole("alertdialog", { name: "Stay unlocked?" });
const lockScreen = page.getByRole("heading", { name: "The vault is locked" });

describe("<console-stay-unlocked>", () => {
  afterEach(() => document.body.replaceChildren());

  function ask(leftMs: number | null, warningMs?: number) {
    const service = {
      keepOpen: vi.fn<StayingVault["keepOpen"]>().mockResolvedValue(),
      lock: vi.fn<StayingVault["lock"]>().mockResolvedValue(),
    };
    const element = document.createElement("console-stay-unlocked");
    const inLeftMs = (left: number | null) => (element.locksAtMs = left && performance.now() + left);
    Object.assign(element, { service, ...(warningMs !== undefined && { warningMs }) });
    inLeftMs(leftMs);
    const changed = vi.fn<() => void>();
    element.addEventListener("console-vault-changed", changed);
    document.body.append(element);
    return { element, service, changed, inLeftMs };
  }

  it("P8 asks a minute before, shows the seconds, and says them once more at the end", async () => {
    const { element, inLeftMs } = ask(59_500);
    await expect.element(question).toBeVisible();
    await expect.element(question).toHaveAccessibleDescription(/is about to lock/u);
    expect((await axe.run(element)).violations).toEqual([]);
    const seconds = element.renderRoot.querySelector(".seconds");
    expect(seconds?.textContent).toMatch(/^It locks in (5\d|60) s\.$/u);
    expect(seconds?.getAttribute("aria-hidden")).toBe("true");
    const said = () => element.renderRoot.querySelector("[role=alert]")?.textContent?.trim();
    expect(said()).toBe("");
    inLeftMs(9_500);
    await expect.poll(said).toBe("The vault locks in 10 seconds.");
    await expect.poll(() => seconds?.textContent).toMatch(/^It locks in \d s\.$/u);
    expect(said()).toBe("The vault locks in 10 seconds.");
  });

  it("P8 asks nothing before, and nothing where nothing locks", async () => {
    const { element, inLeftMs } = ask(90_000);
    await element.updateComplete;
    await expect.element(question).not.toBeInTheDocument();
    inLeftMs(null);
    await element.updateComplete;
    await expect.element(question).not.toBeInTheDocument();
    inLeftMs(90_000);
    element.warningMs = 90_000;
    await expect.element(question).toBeVisible();
  });

  it.each([
    ["the button", async () => await button("Stay unlocked").click()],
    ["Enter", async () => await userEvent.keyboard("{Enter}")],
    ["Escape", async () => await userEvent.keyboard("{Escape}")],
  ])("P8 keeps it open by %s, as often as it is asked", async (_, answer) => {
    const { service, inLeftMs } = ask(30_000);
    service.keepOpen.mockImplementation(() => Promise.resolve(void inLeftMs(FIVE_MINUTES)));
    for (let times = 1; times <= 12; times += 1) {
      await expect.element(question).toBeVisible();
      await answer();
      await expect.element(question).not.toBeInTheDocument();
      expect(service.keepOpen).toHaveBeenCalledTimes(times);
      inLeftMs(30_000);
    }
    expect(service.lock).not.toHaveBeenCalled();
  });

  it("P8 locks at once where that is wanted, and tells when the time has come", async () => {
    const { service, changed, inLeftMs } = ask(30_000);
    await button("Lock now").click();
    expect(service.lock).toHaveBeenCalledTimes(1);
    expect(service.keepOpen).not.toHaveBeenCalled();
    await expect.poll(() => changed.mock.calls.length).toBe(1);
    inLeftMs(1);
    await expect.poll(() => changed.mock.calls.length).toBe(2);
  });

  it("P8 takes whoever presses keys for somebody who is there", async () => {
    const { service } = ask(FIVE_MINUTES);
    await userEvent.keyboard("abc");
    await expect.poll(() => service.keepOpen.mock.calls.length).toBe(1);
  });
});

describe("the console's pages", () => {
  let service: LocalMfaService;
  let databaseName: string;

  beforeEach(async () => {
    await page.viewport(1280, 900);
    localStorage.clear();
    new Session(sessionStorage).start({ user: ROOT_USER, lostSerialNumber: null });
    databaseName = `auto-lock-${crypto.randomUUID()}`;
    service = await createLocalMfaService({ databaseName });
    await service.createVault(PASSPHRASE);
  });

  afterEach(async () => {
    document.body.replaceChildren();
    await service.close();
    indexedDB.deleteDatabase(databaseName);
    sessionStorage.clear();
    history.replaceState(null, "", "#");
  });

  async function open(hash: string): Promise<void> {
    history.replaceState(null, "", hash);
    const app = document.createElement("console-app");
    app.start = () => Promise.resolve({ service, imported: 0 });
    document.body.append(app);
    await expect.element(page.getByRole("heading", { level: 1 })).toBeVisible();
  }

  /** As if nobody had used the vault for so long. */
  function leave(leftMs: number): void {
    const left: AutoLockState = { leftMs, idleMs: FIVE_MINUTES };
    vi.spyOn(service, "autoLock").mockResolvedValue(left);
    look();
  }
  const look = () => document.dispatchEvent(new Event("visibilitychange"));

  async function unlock(): Promise<void> {
    await page.getByLabelText("Passphrase of the vault", { exact: true }).fill(PASSPHRASE);
    await button("Unlock").click();
    await expect.element(lockScreen).not.toBeInTheDocument();
  }

  it("P8 asks, and keep what was typed into a wizard when nobody answers", async () => {
    await open("#/security-credentials");
    await button("Assign MFA device").first().click();
    const name = page.getByLabelText("Device name");
    await name.fill("Blue-fob");
    leave(20_000);
    await expect.element(question).toBeVisible();
    vi.restoreAllMocks();
    const kept = vi.spyOn(service, "keepOpen");
    await button("Stay unlocked").click();
    await expect.element(question).not.toBeInTheDocument();
    expect(kept).toHaveBeenCalledTimes(1);
    expect((await service.autoLock())?.leftMs).toBeGreaterThan(200_000);

    leave(20_000);
    await expect.element(question).toBeVisible();
    // What the worker does when the time has come.
    await service.lock();
    vi.restoreAllMocks();
    look();
    await expect.element(lockScreen).toBeVisible();
    await expect.element(question).not.toBeInTheDocument();
    await expect.element(page.getByRole("button", { name: "Sign out" })).toBeVisible();
    await unlock();
    await expect.element(name).toHaveValue("Blue-fob");
    // `toHaveFocus` asks the document, which knows the focus of a shadow tree by its host only.
    await expect.poll(() => (name.element().getRootNode() as ShadowRoot).activeElement).toBe(name.element());
  });

  it("P8 can be unlocked from below an open dialog, and not be waved away", async () => {
    await open("#/home");
    await button("Start over").click();
    await expect.element(button("Delete the demo data")).toBeVisible();
    await service.lock();
    look();
    await expect.element(lockScreen).toBeVisible();
    await userEvent.keyboard("{Escape}{Escape}");
    await expect.element(lockScreen).toBeVisible();
    await unlock();
    await expect.element(button("Delete the demo data")).toBeVisible();
  });

  it("S9 says to reload where a newer version has taken the vault over, on every page", async () => {
    await open("#/home");
    // Taken over while it starts, it would only ever have been seen as locked.
    await expect.element(page.getByRole("heading", { name: "Welcome back", level: 1 })).toBeVisible();
    const newer = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(databaseName, 99);
      request.addEventListener("success", () => resolve(request.result));
      request.addEventListener("error", () => reject(request.error ?? new Error("not opened")));
    });
    look();
    // It may have been seen as locked before it was seen as outdated: then the lock screen above the page says the same.
    const banner = page.getByRole("main").getByRole("button", { name: "Reload", exact: true });
    await expect.element(banner).toBeVisible();
    location.hash = "#/vault";
    await expect.element(page.getByRole("heading", { name: "Vault", level: 1, exact: true })).toBeVisible();
    await expect.element(banner).toBeVisible();
    expect((await axe.run(document.querySelector("console-app") ?? document)).violations).toEqual([]);
    newer.close();
  });

  it("P8 show nothing of a vault that was locked from the beginning", async () => {
    await service.lock();
    await open("#/token-inventory");
    await expect.element(lockScreen).toBeVisible();
    expect(document.querySelector("console-app")?.shadowRoot?.querySelector("oath-inventory")).toBeNull();
    await unlock();
    await expect.element(page.getByRole("heading", { name: "Token inventory" })).toBeVisible();
  });
});
