import type { Credential } from "../bridge/contract.ts";
import { deviceWords } from "./device-text.ts";
import type { Messages } from "./messages.ts";

/** The account as one name, "issuer:account", fit for the middle of a sentence. */
export function credentialName(credential: Pick<Credential, "issuer" | "account">, text: Messages): string {
  return deviceWords(rawName(credential)) || text.token.nameless;
}

/** The same as it came from the device: to be compared, not shown. */
export function rawName({ issuer, account }: Pick<Credential, "issuer" | "account">): string {
  return issuer === "" ? account : `${issuer}:${account}`;
}

/** True when a credential matches what was typed into the search. */
export function matchesSearch(credential: Credential, search: string): boolean {
  const wanted = search.trim().toLocaleLowerCase();
  return rawName(credential).toLocaleLowerCase().includes(wanted);
}

/** A code in two groups, as it is shown: "123 456". */
export function groupedCode(code: string): string {
  const half = Math.floor(code.length / 2);
  return code.length < 6 ? code : `${code.slice(0, half)} ${code.slice(half)}`;
}
