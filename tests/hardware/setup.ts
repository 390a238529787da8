import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  installPackages,
  missingForBed,
  missingForDisplay,
  POLICY_FOLDER,
} from "../support/testbed/packages.ts";
import { GRANTED_ORIGIN } from "./origins.ts";

/** Vendor and product of the tokens the policy grants; WebHID is granted for every device. */
const WEBUSB_DEVICES = [
  { vendor_id: 0x20a0, product_id: 0x42d4 },
  { vendor_id: 0x2e8a, product_id: 0x10fe },
] as const;

const POLICY_FILE = path.join(POLICY_FOLDER, "oath-bridge-hardware-tests.json");

/** Grants the devices to the test page for the time of the tests. Says once why they are skipped, when they must be. */
// oxlint-disable-next-line import/no-default-export -- Playwright takes the default export of a setup file.
export default function setUp(): () => void {
  installPackages();
  const missing = missingForBed();
  if (missing !== null) {
    process.stdout.write(`hardware tests skipped: ${missing}\n`);
    return () => undefined;
  }
  const missingDisplay = missingForDisplay();
  if (missingDisplay !== null) process.stdout.write(`chooser tests skipped: ${missingDisplay}\n`);
  const policy = {
    WebUsbAllowDevicesForUrls: [{ devices: WEBUSB_DEVICES, urls: [GRANTED_ORIGIN] }],
    WebHidAllowAllDevicesForUrls: [GRANTED_ORIGIN],
  };
  mkdirSync(POLICY_FOLDER, { recursive: true });
  writeFileSync(POLICY_FILE, JSON.stringify(policy));
  return () => rmSync(POLICY_FILE, { force: true });
}
