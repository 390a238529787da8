import type { Seed } from "../otp/index.ts";
import type { SeedSummary } from "./local-contract.ts";

/** What may be shown of a token, picked field by field: nothing secret can slip in. */
export function summaryOf(
  token: Omit<Seed, "secret"> & Pick<SeedSummary, "label">,
): Omit<SeedSummary, "assigned"> {
  const { serialNumber, type, algorithm, digits, periodSeconds, manufacturer, model, label } = token;
  return {
    serialNumber,
    type,
    algorithm,
    digits,
    periodSeconds,
    ...(manufacturer !== undefined && { manufacturer }),
    ...(model !== undefined && { model }),
    ...(label !== undefined && { label }),
  };
}
