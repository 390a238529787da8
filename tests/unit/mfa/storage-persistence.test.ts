import { expect, it } from "vitest";
import { StoragePersistence, type StorageOwner } from "../../../src/mfa/storage-persistence.ts";

/** A browser that keeps what is stored once it was asked and agreed. */
function browser(agrees: boolean, persisted = false) {
  const asked: string[] = [];
  let isKept = persisted;
  const owner: StorageOwner = {
    userActivation: { hasBeenActive: true },
    storage: {
      persisted: () => Promise.resolve(isKept),
      persist() {
        asked.push("persist");
        isKept ||= agrees;
        return Promise.resolve(isKept);
      },
      estimate: () => Promise.resolve({ usage: 2_000, quota: 5_000_000 }),
    },
  };
  return { asked, owner };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

it.each([true, false])(
  "S12 asks once after the first enrolment, and tells the answer (%s)",
  async (agrees) => {
    const { asked, owner } = browser(agrees);
    const persistence = new StoragePersistence(owner);
    expect(await persistence.state()).toEqual({ persisted: false, usedBytes: 2_000, quotaBytes: 5_000_000 });
    persistence.ask("enrolment");
    persistence.ask("enrolment");
    await settled();
    expect(asked).toEqual(["persist"]);
    expect(await persistence.state()).toMatchObject({ persisted: agrees });
  },
);

it("S12 asks again after the first import where the browser said no, and not where it said yes", async () => {
  const refusing = browser(false);
  const first = new StoragePersistence(refusing.owner);
  first.ask("import");
  await settled();
  first.ask("enrolment");
  await settled();
  expect(refusing.asked).toHaveLength(2);
  const granting = browser(true);
  const second = new StoragePersistence(granting.owner);
  second.ask("import");
  await settled();
  second.ask("enrolment");
  await settled();
  expect(granting.asked).toHaveLength(1);
});

it("S12 does not ask a user who has done nothing yet: a page that imports its samples by itself", async () => {
  const { asked, owner } = browser(true);
  new StoragePersistence({ ...owner, userActivation: { hasBeenActive: false } }).ask("import");
  await settled();
  expect(asked).toEqual([]);
});

it("S12 promises nothing where the browser does not tell", async () => {
  const failing = () => Promise.reject(new TypeError("not here"));
  const refusing = { persisted: failing, persist: failing, estimate: failing };
  for (const owner of [{}, { storage: refusing }, { storage: { persisted: () => Promise.resolve(false) } }]) {
    const persistence = new StoragePersistence(owner);
    persistence.ask("enrolment");
    await settled();
    expect(await persistence.state()).toEqual({ persisted: false });
  }
});
