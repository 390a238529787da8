import type { XmlAttribute, XmlElement } from "../xml/element.ts";
import { findAny, findAnyText } from "./foreign.ts";

/** Data items by the Name that drafts gave them. */
const ITEMS: ReadonlyMap<string, string> = new Map([
  ["SECRET", "Secret"],
  ["COUNTER", "Counter"],
  ["TIME", "Time"],
  ["TIME_INTERVAL", "TimeInterval"],
  ["TIME_DRIFT", "TimeDrift"],
]);

const USAGES: readonly string[] = ["OTP", "CR", "Integrity", "Encrypt", "Unlock"];

/**
 * Rewrites a child of the container from the shapes that the drafts before RFC 6030 had (draft-ietf-keyprov-pskc and
 * draft-hoyer-keyprov-portable-symmetric-key-container) to that of the RFC; what has the RFC's shape stays as it is.
 */
export function modernise(child: XmlElement): XmlElement {
  switch (child.name) {
    case "EncryptionMethod":
      return encryptionKey(child);
    case "Device":
      return { ...child, name: "KeyPackage", children: child.children.map(modernisePackagePart) };
    case "KeyPackage":
      return child.children.some(isDraftKey)
        ? { ...child, children: child.children.map(modernisePackagePart) }
        : child;
    default:
      return child;
  }
}

function isDraftKey(element: XmlElement): boolean {
  return element.name === "Key" && (findAny(element, "Usage") !== null || element.children.some(isNamedData));
}

function isNamedData(element: XmlElement): boolean {
  return element.name === "Data" && element.attributes.some(({ name }) => name.toLowerCase() === "name");
}

function modernisePackagePart(part: XmlElement): XmlElement {
  if (part.name === "DeviceId") {
    const children = part.children.map((child) =>
      renamed(child, child.name === "Expiry" ? "ExpiryDate" : child.name),
    );
    return { ...part, name: "DeviceInfo", children };
  }
  return part.name === "Key" || part.name === "Secret" ? moderniseKey(part) : part;
}

function moderniseKey(key: XmlElement): XmlElement {
  const usage = findAny(key, "Usage");
  const named = key.children.filter(isNamedData);
  const rest = key.children.filter((child) => child !== usage && !named.includes(child));
  const data = made(key, "Data", named.flatMap(dataItem));
  const children = [...rest, ...(usage ? [parameters(usage), policy(key, usage)] : [])];
  return {
    ...key,
    name: "Key",
    attributes: [
      ...attribute("Id", read(key, "Id", "KeyId", "SecretId")),
      ...attribute("Algorithm", read(key, "Algorithm", "KeyAlgorithm", "SecretAlgorithm")),
    ],
    children: named.length === 0 ? children : [...children, data],
  };
}

/** `<Data Name="SECRET"><Value>…</Value><ValueDigest>…</ValueDigest></Data>`: with a digest, Value is encrypted. */
function dataItem(data: XmlElement): XmlElement[] {
  const name = ITEMS.get((read(data, "Name") ?? "").toUpperCase());
  if (name === undefined) return [];
  const isEncrypted = data.children.some(
    (child) => child.name === "ValueDigest" || child.name === "ValueMAC",
  );
  const children = data.children.map((child) => {
    if (child.name === "ValueDigest") return renamed(child, "ValueMAC");
    if (child.name !== "Value") return child;
    if (!isEncrypted) return renamed(child, "PlainValue");
    return made(data, "EncryptedValue", [made(data, "CipherData", [renamed(child, "CipherValue")])]);
  });
  return [{ ...data, name, attributes: [], children }];
}

function parameters(usage: XmlElement): XmlElement {
  const formats = usage.children.map((child) => ({
    ...child,
    attributes: [
      ...attribute("Encoding", read(child, "Encoding", "Format")),
      ...attribute("Length", read(child, "Length")),
      ...attribute("CheckDigits", read(child, "CheckDigits", "CheckDigit")),
    ],
  }));
  return made(usage, "AlgorithmParameters", formats);
}

function policy(key: XmlElement, usage: XmlElement): XmlElement {
  const dates = key.children.filter(({ name }) => name === "StartDate" || name === "ExpiryDate");
  const usages = USAGES.filter((name) => ["true", "1"].includes((read(usage, name) ?? "").toLowerCase()));
  return made(key, "Policy", [
    ...dates,
    ...usages.map((name) => ({ ...made(key, "KeyUsage", []), text: name })),
  ]);
}

/** `<EncryptionMethod Algorithm="PBE-AES128-CBC"><PBESalt/><PBEIterationCount/><IV/></EncryptionMethod>` of a container. */
function encryptionKey(method: XmlElement): XmlElement {
  const algorithm = read(method, "Algorithm");
  const bits = /^pbe-aes(128|192|256)-cbc$/iu.exec(algorithm ?? "")?.[1];
  const salt = findAnyText(method, "PBESalt");
  const derivedKey =
    salt === null
      ? []
      : [
          made(method, "DerivedKey", [
            made(method, "KeyDerivationMethod", [
              made(method, "PBKDF2-params", [
                made(method, "Salt", [{ ...made(method, "Specified", []), text: salt }]),
                ...method.children
                  .filter(({ name }) => name === "PBEIterationCount")
                  .map((child) => renamed(child, "IterationCount")),
                { ...made(method, "KeyLength", []), text: String(Number(bits ?? 128) / 8) },
              ]),
            ]),
          ]),
        ];
  return {
    ...method,
    name: "EncryptionKey",
    attributes: attribute("Algorithm", algorithm),
    children: [...method.children, ...derivedKey],
  };
}

/** An attribute under any of its names, whose case drafts changed as well. */
function read(from: XmlElement, ...names: readonly string[]): string | null {
  const found = names
    .map((name) => from.attributes.find((one) => one.name.toLowerCase() === name.toLowerCase()))
    .find((one) => one !== undefined);
  return found?.value.trim() || null;
}

function attribute(name: string, value: string | null): XmlAttribute[] {
  return value === null ? [] : [{ name, namespace: "", value }];
}

function made(like: XmlElement, name: string, children: readonly XmlElement[]): XmlElement {
  return { name, namespace: like.namespace, attributes: [], children, text: "" };
}

function renamed(from: XmlElement, name: string): XmlElement {
  return { ...from, name };
}
