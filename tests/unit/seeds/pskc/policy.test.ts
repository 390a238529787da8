import { describe, expect, it } from "vitest";
import { readSeedFile } from "../../../../src/seeds/read-seed-file.ts";
import { onlySkipped, pskcFile, pskcPackage } from "../files.ts";

const DEVICE = `<SerialNo>1</SerialNo><StartDate>2020-01-01T00:00:00Z</StartDate><ExpiryDate>2030-01-01T00:00:00Z</ExpiryDate>`;

describe("a PSKC policy", () => {
  it.each([
    "<KeyUsage>OTP</KeyUsage>",
    "<KeyUsage>CR</KeyUsage><KeyUsage> otp </KeyUsage>",
    `<PINPolicy MinLength="4" PINUsageMode="Local"/>`,
    "",
  ])("with %j allows the key", async (inside) => {
    const { seeds } = await readSeedFile(pskcFile(pskcPackage({ policy: `<Policy>${inside}</Policy>` })));
    expect(seeds).toHaveLength(1);
  });

  it.each([
    "<Policy><KeyUsage>Encrypt</KeyUsage></Policy>",
    "<Policy><KeyUsage/></Policy>",
    "<Policy><NumberOfTransactions>5</NumberOfTransactions></Policy>",
    "<Policy><Place>indoors</Place></Policy>",
    `<Policy><x:KeyUsage xmlns:x="urn:example">OTP</x:KeyUsage></Policy>`,
    `<Policy place="indoors"/>`,
    `<Policy/><Policy><Place/></Policy>`,
    `<Policy><PINPolicy PINUsageMode="Algorithmic"/></Policy>`,
  ])("such as %s forbids it", async (policy) => {
    expect(await onlySkipped(pskcFile(pskcPackage({ policy })))).toMatchObject({
      code: "unsupported-policy",
    });
  });

  it("sets the dates, each before that of the device", async () => {
    const policy = "<Policy><ExpiryDate>2025-01-01T00:00:00Z</ExpiryDate></Policy>";
    const { seeds } = await readSeedFile(pskcFile(pskcPackage({ device: DEVICE, policy })));
    expect(seeds).toMatchObject([{ validFromMs: Date.UTC(2020, 0, 1), validUntilMs: Date.UTC(2025, 0, 1) }]);
  });

  it("without dates sets none", async () => {
    const { seeds } = await readSeedFile(pskcFile(pskcPackage()));
    expect(seeds[0]).not.toHaveProperty("validFromMs");
    expect(seeds[0]).not.toHaveProperty("validUntilMs");
  });

  it("with a date that cannot be read is not guessed at", async () => {
    const policy = "<Policy><ExpiryDate>soon</ExpiryDate></Policy>";
    expect(await onlySkipped(pskcFile(pskcPackage({ policy })))).toMatchObject({ code: "bad-date" });
  });
});
