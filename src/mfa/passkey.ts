import { wipe, type Bytes } from "../core/bytes.ts";
import { formatBase64, parseBase64 } from "../core/text-forms.ts";
import { MfaError } from "./errors.ts";

/** What we need of the browser's credentials: this folder is compiled without the DOM. WebAuthn level 3 section 5. */
export interface Credentials {
  create(options: { readonly publicKey: object }): Promise<PublicKeyCredential | null>;
  get(options: { readonly publicKey: object }): Promise<PublicKeyCredential | null>;
}

interface PublicKeyCredential {
  readonly rawId: ArrayBuffer;
  getClientExtensionResults(): {
    readonly prf?: { readonly enabled?: boolean; readonly results?: { readonly first?: BufferSource } };
  };
}

/** What a passkey gave. Whoever gets it wipes `prfOutput`. */
export interface PasskeyAnswer {
  /** Credential id in base64url. */
  readonly id: string;
  readonly prfOutput: Bytes;
}

const RANDOM_BYTES = 32;
/** COSE algorithms (RFC 9053 section 2, RFC 8812 section 2): ES256, EdDSA, RS256. Nobody verifies a signature here. */
const ALGORITHMS = [-7, -8, -257].map((alg) => ({ type: "public-key", alg }));

/**
 * Has the browser make a passkey and asks it for its output on a fresh `salt`. Rejects with `MfaError` `passkey-dismissed`,
 * `passkey-exists` when an authenticator holds one of `excludedIds`, and `passkey-unsupported`.
 */
export async function createPasskey(
  name: string,
  excludedIds: readonly string[],
  credentials: Credentials = requireCredentials(),
): Promise<PasskeyAnswer & { readonly salt: Bytes }> {
  const salt = randomBytes();
  const created = await asked(() =>
    credentials.create({
      publicKey: {
        rp: { id: hostName(), name: hostName() },
        // Another user each time: of two passkeys of one user an authenticator keeps the newer.
        user: { id: randomBytes(), name, displayName: name },
        challenge: randomBytes(),
        pubKeyCredParams: ALGORITHMS,
        excludeCredentials: excludedIds.map(descriptorOf),
        authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
        extensions: { prf: { eval: { first: salt } } },
      },
    }),
  );
  const id = idOf(created);
  const prfOutput = outputOf(created);
  // Many authenticators evaluate it only for a passkey that is there already: one more touch, this once.
  return prfOutput ? { id, prfOutput, salt } : { ...(await askPasskey([{ id, salt }], credentials)), salt };
}

/**
 * Asks for one of the passkeys and its output on its salt. Rejects with `MfaError` `passkey-dismissed` and
 * `passkey-unsupported`.
 */
export async function askPasskey(
  passkeys: readonly { readonly id: string; readonly salt: Bytes }[],
  credentials: Credentials = requireCredentials(),
): Promise<PasskeyAnswer> {
  const evalByCredential = Object.fromEntries(passkeys.map(({ id, salt }) => [id, { first: salt }]));
  const answered = await asked(() =>
    credentials.get({
      publicKey: {
        rpId: hostName(),
        challenge: randomBytes(),
        allowCredentials: passkeys.map(({ id }) => descriptorOf(id)),
        userVerification: "required",
        extensions: { prf: { evalByCredential } },
      },
    }),
  );
  const prfOutput = outputOf(answered);
  if (!prfOutput) throw unsupported();
  return { id: idOf(answered), prfOutput };
}

async function asked(ask: () => Promise<PublicKeyCredential | null>): Promise<PublicKeyCredential> {
  let answered: PublicKeyCredential | null;
  try {
    answered = await ask();
  } catch (error) {
    throw refusalOf(error);
  }
  if (!answered) throw unsupported();
  return answered;
}

/** WebAuthn level 3 section 5.1.3: the browser does not tell a dialogue that was closed from one that ran out. */
function refusalOf(error: unknown): unknown {
  const name = error instanceof DOMException ? error.name : "";
  switch (name) {
    case "NotAllowedError":
    case "AbortError":
      return new MfaError("passkey-dismissed", "No passkey was used.", { cause: error });
    case "InvalidStateError":
      return new MfaError("passkey-exists", "This authenticator has a passkey of the vault already.", {
        cause: error,
      });
    default:
      return unsupported({ cause: error });
  }
}

function unsupported(options: ErrorOptions = {}): MfaError {
  return new MfaError(
    "passkey-unsupported",
    "This browser or authenticator has no passkeys that could open the vault.",
    options,
  );
}

function requireCredentials(): Credentials {
  const { credentials } = (globalThis.navigator ?? {}) as { readonly credentials?: Credentials };
  if (!credentials) throw unsupported();
  return credentials;
}

/** A copy of the function's output; the browser's own buffer is wiped. */
function outputOf(credential: PublicKeyCredential): Bytes | undefined {
  const first = credential.getClientExtensionResults().prf?.results?.first;
  if (!first) return undefined;
  const given = ArrayBuffer.isView(first)
    ? new Uint8Array(first.buffer, first.byteOffset, first.byteLength)
    : new Uint8Array(first);
  const output = given.slice();
  wipe(given);
  return output;
}

function idOf({ rawId }: PublicKeyCredential): string {
  return formatBase64(new Uint8Array(rawId)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function descriptorOf(id: string): object {
  return { type: "public-key", id: parseBase64(id.replaceAll("-", "+").replaceAll("_", "/")) };
}

function hostName(): string {
  return globalThis.location.hostname;
}

function randomBytes(): Bytes {
  return crypto.getRandomValues(new Uint8Array(RANDOM_BYTES));
}
