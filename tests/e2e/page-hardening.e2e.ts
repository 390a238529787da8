import { expect, test as plain } from "@playwright/test";
import { DEMO_ACCOUNT } from "../../src/console/demo-account.ts";
import { headersFor } from "../../src/console/page-policy.ts";
import { formatBase32, formatHex } from "../../src/core/text-forms.ts";
import { ConsolePage, requireSeed, stepNow, tokenCode } from "./console-page.ts";
import { EMBEDDER, OTHER_SITE } from "./embedder.ts";
import { type Evidence, storedText, test, watch } from "./watched-page.ts";

test("P1 page and workers are served with their policies, and the page with the same one in itself", async ({
  page,
}) => {
  const served = new Map<string, Record<string, string>>();
  page.on("response", (response) => {
    served.set(new URL(response.url()).pathname, response.headers());
  });
  const app = new ConsolePage(page);
  await app.open();
  await expect.poll(() => page.workers().length).toBe(1);
  const policy = served.get("/")?.["content-security-policy"];
  expect(policy).toBe(headersFor("/", [EMBEDDER, OTHER_SITE])["Content-Security-Policy"]);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|\*/u);
  const meta = await page.locator("meta[http-equiv]").getAttribute("content");
  expect(policy?.startsWith(`${meta}; frame-ancestors`)).toBe(true);
  const worker = [...served].find(([path]) => path.includes("verification.worker"));
  expect(worker?.[1]["content-security-policy"]).toContain("connect-src 'none'");
});

plain(
  "P1 the policy is in force: markup, scripts and styles put in as text are refused",
  async ({ page, context }) => {
    const { violations } = await watch(context);
    await new ConsolePage(page).open();
    const refused = await page.evaluate(() => {
      const attempts: Record<string, () => unknown> = {
        markup: () => (document.createElement("p").innerHTML = "<b>x</b>"),
        "a script's address": () => (document.createElement("script").src = "/x.js"),
        "a worker of another name": () => new Worker("/assets/other.worker.js"),
        "a policy of another name": () =>
          (
            window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): void } }
          ).trustedTypes.createPolicy("mine", {}),
        "a second policy of ours": () =>
          (
            window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): void } }
          ).trustedTypes.createPolicy("oath-bridge", {}),
      };
      return Object.entries(attempts).flatMap(([name, attempt]) => {
        try {
          attempt();
          return [];
        } catch (error) {
          return [`${name}: ${(error as Error).name}`];
        }
      });
    });
    expect(refused).toEqual([
      "markup: TypeError",
      "a script's address: TypeError",
      "a worker of another name: TypeError",
      "a policy of another name: TypeError",
      "a second policy of ours: TypeError",
    ]);
    // From a timer: what a test evaluates itself, no policy holds back.
    const evaluated = await page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          setTimeout(() => {
            try {
              resolve(String((Reflect.construct(Function, ["return 1"]) as () => unknown)()));
            } catch (error) {
              resolve((error as Error).name);
            }
          });
        }),
    );
    expect(evaluated).toBe("EvalError");
    const styled = await page.evaluate(() => {
      const style = document.createElement("style");
      style.textContent = "body { color: rgb(1, 2, 3) }";
      document.head.append(style);
      return getComputedStyle(document.body).color;
    });
    expect(styled).not.toBe("rgb(1, 2, 3)");
    await expect.poll(() => violations.some((one) => one.startsWith("style-src"))).toBe(true);
  },
);

plain("W3 the worker makes no code from text and reaches no address", async ({ page }) => {
  await new ConsolePage(page).open();
  await expect.poll(() => page.workers().length).toBe(1);
  const [worker] = page.workers();
  const tried = await worker?.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        // From a timer: what a test evaluates itself, no policy holds back.
        setTimeout(() => {
          const seen: string[] = [];
          try {
            seen.push(String((Reflect.construct(Function, ["return 1"]) as () => unknown)()));
          } catch (error) {
            seen.push((error as Error).name);
          }
          void fetch("/").then(
            () => resolve([...seen, "fetched"]),
            (error: Error) => resolve([...seen, error.name]),
          );
        });
      }),
  );
  expect(tried).toEqual(["EvalError", "TypeError"]);
});

plain.describe.serial("after a whole day with the console", () => {
  const seedFileSecret = "3132333435363738393031323334353637383930";
  const codes: string[] = [];
  let evidence: Evidence;
  let stored = "";
  let shown = "";
  let clipboardLeft = "";

  plain.beforeAll(async ({ browser }) => {
    const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
    evidence = await watch(context);
    const page = await context.newPage();
    const app = new ConsolePage(page);
    const code = (step: number) => {
      codes.push(tokenCode(step));
      return tokenCode(step);
    };
    await app.open();
    await app.givePassword();
    await app.openCredentials();
    await app.beginWizard();
    const step = stepNow();
    await app.typeCodes(code(step - 2), code(step - 1));
    await app.button("Add MFA").click();
    await expect(page.getByRole("heading", { name: "Token added" })).toBeVisible();
    await app.signOut();
    await app.givePassword();
    // Too late: refused, and the message must not repeat it.
    await app.typeSignInCode(code(step - 1));
    await expect(page.getByText(/already used/iu).first()).toBeVisible();
    await app.typeSignInCode(code(stepNow()));
    await app.expectSignedIn();

    await page.getByRole("link", { name: "Token inventory" }).first().click();
    await page.locator("input[type=file]").setInputFiles({
      name: "box.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(
        `upn,serial number,secret key,time interval,manufacturer,model\nana,CANARY-1,${formatBase32(hexBytes(seedFileSecret))},30,Maker,Fob\n`,
      ),
    });
    await app.button("Import 1 token").click();
    await expect(app.button("Undo import")).toBeVisible();
    stored = await storedText(page);
    shown = await page.evaluate(() => {
      const texts: string[] = [];
      const walk = (root: Document | ShadowRoot) => {
        for (const element of root.querySelectorAll("*")) {
          for (const { name, value } of element.attributes) texts.push(`${name}=${value}`);
          if (element.shadowRoot) walk(element.shadowRoot);
        }
      };
      walk(document);
      return texts.join("\n");
    });
    clipboardLeft = await page.evaluate(() => navigator.clipboard.readText().catch(() => ""));
    await context.close();
  });

  const seeds = () => {
    const { secret } = requireSeed();
    const all = [secret, hexBytes(seedFileSecret)];
    return all.flatMap((one) => [formatHex(one), formatBase32(one), Buffer.from(one).toString("base64")]);
  };
  const found = (text: string, canaries: readonly string[]) =>
    canaries.filter((canary) => text.toLowerCase().includes(canary.toLowerCase()));

  plain("P1 nothing it did broke the policy", () => {
    expect(evidence.attributes.length).toBeGreaterThan(0);
    expect(evidence.violations).toEqual([]);
  });

  plain("P4 no event or attribute held a code, a seed or the password", () => {
    expect(evidence.events.some((event) => event.startsWith("oath-enrolled"))).toBe(true);
    expect(evidence.events.some((event) => event.startsWith("oath-code"))).toBe(true);
    const text = [...evidence.events, ...evidence.attributes, shown].join("\n");
    expect(found(text, [...codes, ...seeds(), DEMO_ACCOUNT.password])).toEqual([]);
  });

  plain("P7 no log, address, storage or clipboard holds a code, a seed or the password", () => {
    expect(stored).toContain("CANARY-1");
    const text = [...evidence.logs, ...evidence.requests, ...evidence.addresses, clipboardLeft].join("\n");
    expect(evidence.addresses.some((address) => address.endsWith("#/token-inventory"))).toBe(true);
    expect(found(text, [...codes, ...seeds(), DEMO_ACCOUNT.password])).toEqual([]);
    // Digits of a code stand in any sealed bytes by chance; a code kept as a text would be quoted.
    const quoted = codes.map((code) => `"${code}"`);
    expect(found(stored, [...quoted, ...seeds(), DEMO_ACCOUNT.password])).toEqual([]);
  });

  plain("P11 nothing was asked of another origin", () => {
    const local = evidence.requests.filter((url) => !url.startsWith("data:"));
    expect(local.length).toBeGreaterThan(3);
    expect(local.filter((url) => new URL(url).origin !== "http://localhost:4173")).toEqual([]);
  });
});

function hexBytes(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(hex, "hex"));
}
