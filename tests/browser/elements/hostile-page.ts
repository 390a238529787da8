import "../../../src/define.ts";
import { createLocalMfaService, type ConsecutiveCodes } from "../../../src/mfa/index.ts";
import { oracleCode, totpSeed } from "../../support/seeds.ts";

/** What happened in a page whose objects were tampered with after everything had loaded. */
export interface HostilePageReport {
  /** What the service answered to a code that was never shown, to the right one, and to that one again. */
  readonly wrong: string;
  readonly right: string;
  readonly again: string;
  /** Whether `<oath-code>` still draws, and is of the class it was registered with. */
  readonly drawn: boolean;
  readonly isOurs: boolean;
  /** What the service says of the token once the page is as it was. */
  readonly devices: number;
  readonly vaultState: string;
}

const seed = totpSeed();
const step = Math.floor(Date.now() / 30_000);
const code = (offset: number) => ({ code: oracleCode(seed, step + offset), ageMs: 0 });
const outcome = (work: Promise<unknown>) =>
  work.then(
    () => "accepted",
    (error: { code?: string; name: string }) => error.code ?? error.name,
  );

const databaseName = `hostile-${crypto.randomUUID()}`;
const service = await createLocalMfaService({ databaseName });
await service.importSeeds(
  `upn,serial number,secret key,time interval,manufacturer,model\n,${seed.serialNumber},GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ,30,Acme,One\n`,
);
const codes: ConsecutiveCodes = [code(-2), code(-1)];
await service.enableMfaDevice({ userName: "ana", deviceName: "fob", serialNumber: seed.serialNumber, codes });
const field = document.createElement("oath-code");
document.body.append(field);
await field.updateComplete;
const OwnClass = customElements.get("oath-code");
const right = code(0);

/** Replaces what a page can reach; answers how to put it back. */
function tamper(): () => void {
  const undo: (() => void)[] = [];
  const replace = (target: object, name: PropertyKey, value: unknown) => {
    const before = Object.getOwnPropertyDescriptor(target, name);
    Object.defineProperty(target, name, { value, configurable: true, writable: true, enumerable: true });
    undo.push(() =>
      before ? Object.defineProperty(target, name, before) : Reflect.deleteProperty(target, name),
    );
  };
  for (const id of ["service", "crypto", "customElements", "navigator", "Worker", "locks", "code"]) {
    const clobber = document.createElement("form");
    clobber.id = id;
    document.body.append(clobber);
  }
  for (const name of ["ok", "accepted", "value", "verified", "polluted", "toJSON"]) {
    replace(Object.prototype, name, true);
  }
  replace(Array.prototype, "includes", () => true);
  replace(Array.prototype, "every", () => true);
  replace(Array.prototype, "some", () => true);
  replace(crypto, "getRandomValues", (bytes: unknown) => bytes);
  replace(crypto, "randomUUID", () => "0");
  replace(customElements, "define", () => undefined);
  return () => {
    for (const one of undo.toReversed()) one();
  };
}

const restore = tamper();
let during: Pick<HostilePageReport, "wrong" | "right" | "again" | "drawn">;
try {
  const verify = (shown: typeof right) => outcome(service.verifyCode({ userName: "ana", code: shown }));
  const answers = [await verify({ code: "000000", ageMs: 0 }), await verify(right), await verify(right)];
  field.label = "Still drawn";
  await field.updateComplete;
  const drawnText = field.textContent;
  const [wrong = "", first = "", again = ""] = answers;
  during = { wrong, right: first, again, drawn: drawnText.indexOf("Still drawn") >= 0 };
} finally {
  restore();
}

const report: HostilePageReport = {
  ...during,
  isOurs: customElements.get("oath-code") === OwnClass && field instanceof (OwnClass ?? Object),
  devices: (await service.listMfaDevices("ana")).length,
  vaultState: await service.vaultState(),
};
await service.close();
indexedDB.deleteDatabase(databaseName);
window.parent.postMessage(report, "*");
