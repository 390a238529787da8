import { parseHex } from "../../../src/core/text-forms.ts";
import type { OathCredential } from "../../../src/oath-applet/credential.ts";
import { credentialId, parseCredentialName } from "../../../src/oath-applet/credential-name.ts";
import type { TokenFamily } from "../../../src/oath-applet/dialect.ts";
import { OathAppletSession } from "../../../src/oath-applet/oath-applet-session.ts";
import { utf8Bytes } from "../../../src/core/bytes.ts";
import { ScriptedConnection } from "../../support/scripted-connection.ts";
import { SELECTED, type SelectedName } from "./dialects.ts";

/** Our challenge in every recording of a password exchange. */
const OUR_CHALLENGE = parseHex("0102030405060708");

/** Not random at all: the recordings repeat. */
export const scriptedBytes = (length: number) => OUR_CHALLENGE.slice(0, length);

/** A session with a token that answers SELECT like `selected`, and otherwise as the transcript says. */
export async function openScripted(selected: SelectedName, transcript: string, hint?: TokenFamily) {
  const token = new ScriptedConnection(transcript, { select: SELECTED[selected] });
  const session = await OathAppletSession.open(token, { randomBytes: scriptedBytes, hint });
  return { token, session };
}

/** A session whose transcript has every SELECT in it. */
export async function openTranscript(transcript: string) {
  const token = new ScriptedConnection(transcript);
  const session = await OathAppletSession.open(token, { randomBytes: scriptedBytes });
  return { token, session };
}

/** A credential as the session would list it. */
export function credential(name: string, of: Partial<OathCredential> = {}): OathCredential {
  const bytes = utf8Bytes(name);
  const type = of.type ?? "totp";
  return {
    id: credentialId(bytes),
    name: bytes,
    ...parseCredentialName(bytes, type),
    type,
    algorithm: "SHA1",
    digits: 6,
    needsTouch: false,
    ...of,
  };
}
