import type { TextForm } from "../../core/text-forms.ts";
import type { ColumnRole } from "../report.ts";

/**
 * The names that columns have in files of vendors and in python-pskc's, without blanks, dots and signs; of several that
 * stand in one file, the first of the list counts.
 */
const NAMES: readonly (readonly [role: ColumnRole, names: readonly string[]])[] = [
  [
    "serialNumber",
    "serialnumber serialno serialnum serial serialnr sn tokenserialnumber tokenserial tokenserialno deviceserialnumber deviceserial seriennummer idserial tokennumber tokenid deviceid keyid id".split(
      " ",
    ),
  ],
  [
    "secret",
    "secretkey secret seed tokenseed sharedsecret otpsecret otpkey tokenkey tokensecret seedkey seedvalue key".split(
      " ",
    ),
  ],
  ["type", "type tokentype otptype otpmode tokenmode mode".split(" ")],
  [
    "periodSeconds",
    "timeinterval timestep timestepseconds timeperiod interval period periodseconds step stepsize timewindow tick".split(
      " ",
    ),
  ],
  [
    "digits",
    "digits otpdigits numberofdigits responselength otplength codelength passwordlength length".split(" "),
  ],
  [
    "algorithm",
    "algorithmsuite suite hashalgorithm hashfunction hash hmacalgorithm hmac crypto hashlib algorithm".split(
      " ",
    ),
  ],
  ["counter", "counter eventcounter hotpcounter movingfactor count".split(" ")],
  ["driftSteps", "timedrift drift driftsteps".split(" ")],
  ["manufacturer", "manufacturer vendor maker brand hersteller".split(" ")],
  ["model", "model tokenmodel productname product devicemodel modell".split(" ")],
];

const FORM = /hex|base32|base64/iu;

/** What the names of a header's columns stand for. */
export interface HeaderRoles {
  readonly indexOf: ReadonlyMap<ColumnRole, number>;
  /** The form that the secret's column names, as in “Secret (hex)”. */
  readonly form: TextForm | undefined;
}

/** Finds the columns among the cells of a header. A column `algorithm` may mean the type as well as the hash. */
export function findRoles(cells: readonly string[]): HeaderRoles {
  const plain = cells.map(plainRole);
  const indexOf = new Map<ColumnRole, number>();
  for (const [role, names] of NAMES) {
    const index = names.map((name) => plain.indexOf(name)).find((found) => found >= 0);
    if (index !== undefined) indexOf.set(role, index);
  }
  // Beside a column for the hash, “algorithm” can only be the type, as in python-pskc's files.
  const algorithm = plain.indexOf("algorithm");
  if (!indexOf.has("type") && algorithm >= 0 && indexOf.get("algorithm") !== algorithm) {
    indexOf.set("type", algorithm);
  }
  const secretName = cells[indexOf.get("secret") ?? -1] ?? "";
  const form = FORM.exec(secretName)?.[0].toLowerCase();
  return { indexOf, form: form === "hex" || form === "base32" || form === "base64" ? form : undefined };
}

/** True for a name of any column that a seed file has. */
export function isRoleName(name: string): boolean {
  const plain = plainRole(name);
  return plain !== "" && NAMES.some(([, names]) => names.includes(plain));
}

/** True for a cell that may be a serial number, and not the name of its column. */
export function isSerialCell(cell: string): boolean {
  return cell.trim() !== "" && !isRoleName(cell);
}

function plainRole(name: string): string {
  if (name.length > 64) return "";
  const plain = name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  return plain.replace(FORM, "").replace(/encoded$/u, "") || plain;
}
