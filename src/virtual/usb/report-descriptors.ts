import type { Bytes } from "../../core/bytes.ts";
import { parseHex } from "../../core/text-forms.ts";

// The items of HID 1.11 section 6.2.2, in hex, one line to a field or collection.

/** FIDO's page F1D0, 64-byte reports: what browsers keep from pages. CTAP 2.1 section 11.2.8. */
export const FIDO_REPORTS: Bytes = parseHex(`
  06d0f10901a101
  0920150026ff00750895408102
  0921150026ff00750895409102
  c0
`);

/** A keyboard (report 1) with an eject key (consumer control, report 2). */
export const KEYBOARD_REPORTS: Bytes = parseHex(`
  05010906a1018501
  050719e029e715002501750195088102
  750895018101
  05071900296515002565750895068100
  c0
  050c0901a1018502
  150025017501950109b8810295078101
  c0
`);

/** A vendor page with 64 bytes in, out and as a feature, without report ids: Nitrokey Pro since 0.10. */
export const VENDOR_REPORTS: Bytes = parseHex(`
  0600ff0901a101
  0901150026ff00750895408102
  0902150026ff00750895409102
  090275089540b102
  c0
`);

/** A keyboard that carries the same feature report: Nitrokey Pro before 0.10. */
export const KEYBOARD_WITH_FEATURE_REPORTS: Bytes = parseHex(`
  05010906a101
  050719e029e715002501750195088102
  750895018101
  05071900296515002565750895068100
  05010901150026ff0075089540b102
  c0
`);
