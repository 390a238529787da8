import { wipe, type Bytes } from "../core/bytes.ts";
import type { AppletLink } from "./applet-link.ts";
import { isSteam, STEAM_LENGTH } from "./code.ts";
import { credentialId, formatCredentialName, parseCredentialName } from "./credential-name.ts";
import type { NewOathCredential, OathCredential, OperationOptions, PutResult } from "./credential.ts";
import { encodeDelete } from "./delete.ts";
import type { OathDialect } from "./dialect.ts";
import { LIMITS, PROPERTY } from "./instructions.ts";
import { encodePut } from "./put.ts";
import { list } from "./reading.ts";
import { nameTaken, notAvailable } from "./refusal.ts";
import { encodeRename } from "./rename.ts";
import { fitSecret } from "./secret.ts";

/** Writes a credential under a name that is free. The caller's secret is left as it is; our copies are wiped. */
export async function putCredential(
  link: AppletLink,
  credential: NewOathCredential,
  secret: Bytes,
  options: OperationOptions,
): Promise<PutResult> {
  const { type, algorithm, digits, needsTouch = false } = credential;
  requireWithin("Digits", digits, LIMITS.DIGITS_LEAST, LIMITS.DIGITS_MOST);
  const name = formatCredentialName(credential, type);
  const { counter, firstCounter } = startingCounter(link.dialect, credential);
  const fitted = await fitSecret(secret, algorithm, link.dialect.leastSecretBytes);
  try {
    if (!link.dialect.refusesTakenNames) await requireFreeName(link, name, options);
    const properties = needsTouch ? PROPERTY.TOUCH : 0;
    const command = encodePut(link.dialect, {
      name,
      type,
      algorithm,
      digits,
      secret: fitted,
      properties,
      counter,
    });
    const during = "to write the credential";
    await link.send(command, { ...options, during, namesNewCredential: true, secret: true });
  } finally {
    wipe(fitted);
  }
  const written = { name, type, algorithm, digits, needsTouch };
  return { credential: { ...written, ...describe(name, written) }, firstCounter };
}

/** Deletes a credential. */
export async function deleteCredential(
  link: AppletLink,
  { name }: Pick<OathCredential, "name">,
  options: OperationOptions,
): Promise<void> {
  await link.send(encodeDelete(name), {
    ...options,
    during: "to delete the credential",
    namesCredential: true,
  });
}

/** Gives a credential another issuer and account; nothing else of it changes. */
export async function renameCredential(
  link: AppletLink,
  credential: OathCredential,
  to: { readonly issuer: string; readonly account: string },
  options: OperationOptions,
): Promise<OathCredential> {
  const during = "to rename the credential";
  if (!link.dialect.abilities.rename) throw notAvailable(during);
  const { periodSeconds, type } = credential;
  const name = formatCredentialName({ ...to, periodSeconds }, type);
  // A CanoKey calls a name taken that the credential has itself.
  if (credentialId(name) === credential.id) return credential;
  if (!link.dialect.refusesTakenNames) await requireFreeName(link, name, options);
  const command = encodeRename(credential.name, name);
  await link.send(command, { ...options, during, namesCredential: true, namesNewCredential: true });
  return { ...credential, name, ...describe(name, credential) };
}

/** What the token's list will say of a name: not always what was asked for, where the issuer holds a colon. */
function describe(name: Bytes, { type, digits }: Pick<OathCredential, "type" | "digits">) {
  const named = parseCredentialName(name, type);
  return { id: credentialId(name), ...named, digits: isSteam({ ...named, type }) ? STEAM_LENGTH : digits };
}

/** PUT would overwrite without a word. */
async function requireFreeName(link: AppletLink, name: Bytes, options: OperationOptions): Promise<void> {
  const id = credentialId(name);
  if ((await list(link, options)).some((entry) => credentialId(entry.name) === id)) throw nameTaken();
}

/** The counter to write, so that the token shows the wanted one first, and the one it will really show first. */
function startingCounter(
  { countsBeforeUse }: OathDialect,
  { type, counter = 0 }: NewOathCredential,
): { counter: number; firstCounter: number | null } {
  if (type === "totp") return { counter: 0, firstCounter: null };
  requireWithin("The counter", counter, 0, LIMITS.COUNTER_MOST);
  if (!countsBeforeUse) return { counter, firstCounter: counter };
  const firstCounter = Math.max(counter, 1);
  return { counter: firstCounter - 1, firstCounter };
}

function requireWithin(what: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`${what} must be a whole number from ${least} to ${most}, not ${value}`);
  }
}
