import type { LocalMfaService } from "../mfa/local-contract.ts";
import { createLocalMfaService } from "../mfa/local-service.ts";
import { sampleInventoryCsv } from "../virtual/sample-inventory.ts";
import { assignSampleTokens } from "./demo-devices.ts";

/** The demo's own database: *Start over* deletes it and no other. */
export const DEMO_DATABASE = "oath-bridge-demo";

/** A running service, and how many sample tokens were imported to start it (0 when they were there). */
export interface DemoService {
  readonly service: LocalMfaService;
  readonly imported: number;
}

/**
 * Starts the worker; on the first run imports the sample box through the same reader as any seed file, and assigns the tokens
 * that the demo's users have from the start.
 */
export async function startDemoService(
  create: () => Promise<LocalMfaService> = () => createLocalMfaService({ databaseName: DEMO_DATABASE }),
): Promise<DemoService> {
  const service = await create();
  try {
    const [known] = await service.listSeeds({ limit: 1 });
    // An empty vault under a passphrase is somebody's own: no samples for it, and a locked one would not take them.
    if (known || (await service.vaultState()) !== "new") return { service, imported: 0 };
    const file = new Blob([sampleInventoryCsv()], { type: "text/csv" });
    const report = await service.importSeeds(file);
    await assignSampleTokens(service, Date.now());
    return { service, imported: report.imported };
  } catch (error) {
    // Nobody else holds this worker: left running it would keep its database open.
    await service.close();
    throw error;
  }
}

/**
 * Ends the worker, if there is one, and deletes its database. Resolves with false when another tab still has it open: it
 * is then deleted as soon as that tab is closed.
 */
export async function deleteDemoData(service: LocalMfaService | null): Promise<boolean> {
  await service?.close();
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(DEMO_DATABASE);
    request.addEventListener("success", () => resolve(true));
    request.addEventListener("blocked", () => resolve(false));
    request.addEventListener("error", () =>
      reject(new Error("The demo data could not be deleted.", { cause: request.error })),
    );
  });
}
