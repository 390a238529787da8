import { parseHex } from "../../../src/core/text-forms.ts";
import { chooseDialect } from "../../../src/oath-applet/dialect.ts";
import { decodeSelect } from "../../../src/oath-applet/select.ts";

/** SELECT's answer with its status word, of every kind of token: recorded (CanoKey 6) or after its maker's sources. */
export const SELECTED = {
  canokey6: "7903060000 7108e6901d400df3206c 9000",
  canokey5: "7903050505 7108e6901d400df3206c 9000",
  legacy: "9000",
  pico: "7903070200 7108 4536363041333244 9000",
  yubikey: "7903050403 7108 00d1e2f304152637 9000",
  trussed: "790404110000 8f0411223344 820108 9000",
} as const;

export type SelectedName = keyof typeof SELECTED;

export const selectData = (name: SelectedName) => parseHex(SELECTED[name]).slice(0, -2);
export const dialectOf = (name: SelectedName) => chooseDialect(decodeSelect(selectData(name)));
