/** What a test prepares for an enrolment: a person's name and the seed file of their token. */
export interface EnrolmentSetting {
  readonly userName: string;
  readonly seedFile: string;
}

/**
 * Puts the wizard into the page with the real service behind it (worker, IndexedDB) and the browser's own tokens, and
 * returns what the test needs to judge the outcome.
 */
export async function startEnrolment({ userName, seedFile }: EnrolmentSetting) {
  await import("../../../src/define.ts");
  const { createLocalMfaService } = await import("../../../src/mfa/index.ts");
  const service = await createLocalMfaService({ databaseName: `hardware-${crypto.randomUUID()}` });
  const { imported, skipped } = await service.importSeeds(seedFile);
  const element = document.createElement("oath-enroll");
  Object.assign(element, { userName, service });
  const main = document.createElement("main");
  main.append(element);
  document.body.append(main);
  await element.updateComplete;
  let addedAtMs: number | null = null;
  element.addEventListener("oath-enrolled", () => (addedAtMs = performance.now()));
  let pressedAtMs: number | null = null;
  element.addEventListener("click", (event) => {
    const [target] = event.composedPath();
    if (target instanceof HTMLElement && target.classList.contains("read")) pressedAtMs ??= performance.now();
  });
  return {
    imported,
    skipped: skipped.length,
    devices: () => service.listMfaDevices(userName),
    /** Milliseconds from the press on *Read from token* to the moment the service has added the device. */
    durationMs: () => (pressedAtMs === null || addedAtMs === null ? null : addedAtMs - pressedAtMs),
  };
}
