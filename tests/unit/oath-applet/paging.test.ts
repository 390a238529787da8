import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ResponseApdu } from "../../../src/apdu/response.ts";
import { BridgeError } from "../../../src/core/bridge-error.ts";
import type { PageCommand } from "../../../src/oath-applet/dialect.ts";
import { collectPages } from "../../../src/oath-applet/paging.ts";
import { FUZZ_RUNS, FUZZ_TIMEOUT } from "../../support/fuzz-runs.ts";

const page = (sw: number, ...data: number[]): ResponseApdu => ({ data: Uint8Array.from(data), sw });

/** Collects scripted pages, and tells which commands were sent for them. */
async function collect(ways: PageCommand[], first: ResponseApdu, ...rest: ResponseApdu[]) {
  const asked: PageCommand[] = [];
  const { data, sw } = await collectPages(first, ways, async (how) => {
    asked.push(how);
    const next = rest.shift();
    if (!next) throw new Error("asked for one page too many");
    return next;
  });
  expect(rest).toEqual([]);
  return { data: [...data], sw, asked };
}

const A5: PageCommand = "send-remaining";
const C0: PageCommand = "get-response";

describe("collectPages", () => {
  it("asks for nothing after a whole answer", async () => {
    expect(await collect([A5], page(0x9000, 1, 2))).toEqual({ data: [1, 2], sw: 0x9000, asked: [] });
    expect(await collect([A5], page(0x6982))).toEqual({ data: [], sw: 0x6982, asked: [] });
  });

  it("joins pages, whatever number stands behind 61", async () => {
    expect(await collect([A5], page(0x61ff, 1), page(0x6100, 2), page(0x9000, 3))).toEqual({
      data: [1, 2, 3],
      sw: 0x9000,
      asked: [A5, A5],
    });
  });

  it("goes on after a first page without data", async () => {
    expect(await collect([A5], page(0x61ff), page(0x9000, 1))).toMatchObject({ data: [1], sw: 0x9000 });
  });

  it("takes an empty last page for the end: a CanoKey sends one behind deleted credentials", async () => {
    expect(await collect([A5], page(0x61ff, 1), page(0x9000))).toMatchObject({ data: [1], sw: 0x9000 });
  });

  it("tries the other way where the first gives nothing, as on a Pico", async () => {
    const pages = [page(0x6110, 1), page(0x9000), page(0x6110, 2), page(0x9000, 3)] as const;
    expect(await collect([A5, C0], ...pages)).toEqual({ data: [1, 2, 3], sw: 0x9000, asked: [A5, C0, C0] });
  });

  it("takes what it has for everything when the other way is refused", async () => {
    const pages = [page(0x6110, 1), page(0x9000), page(0x6d00)] as const;
    expect(await collect([A5, C0], ...pages)).toMatchObject({ data: [1], sw: 0x9000 });
  });

  it("gives back the refusal of a page", async () => {
    expect(await collect([A5], page(0x61ff, 1), page(0x6985))).toMatchObject({ sw: 0x6985 });
    expect(await collect([A5, C0], page(0x61ff, 1), page(0x6d00), page(0x6985))).toMatchObject({
      sw: 0x6985,
    });
  });

  it("D4 stops at an empty page that promises more", async () => {
    await expect(collect([A5], page(0x61ff), page(0x61ff))).rejects.toMatchObject({
      code: "malformed-answer",
    });
  });

  it.each([
    ["rounds", 1, 256],
    ["bytes", 1000, 66],
  ])("D4 gives up on an answer of too many %s", async (_what, size, most) => {
    let asked = 0;
    const endless = collectPages(page(0x61ff, 1), [A5], async () => {
      asked += 1;
      return { data: new Uint8Array(size), sw: 0x61ff };
    });
    await expect(endless).rejects.toMatchObject({ code: "malformed-answer" });
    expect(asked).toBeLessThanOrEqual(most);
  });

  it("ends whatever the pages say, and loses none of their data", FUZZ_TIMEOUT, async () => {
    const pages = fc.array(
      fc.record({
        data: fc.uint8Array({ maxLength: 3 }).map((bytes) => Uint8Array.from(bytes)),
        sw: fc.constantFrom(0x9000, 0x61ff, 0x6100, 0x6985, 0x0000),
      }),
      { minLength: 1, maxLength: 8 },
    );
    const ways = fc.constantFrom([A5], [C0], [A5, C0]);
    await fc.assert(
      fc.asyncProperty(pages, ways, async ([first = page(0x9000), ...rest], order) => {
        const given = [first];
        try {
          const { data, sw } = await collectPages(first, order, async () => {
            const next = rest.shift() ?? page(0x9000);
            given.push(next);
            return next;
          });
          expect(sw >> 8).not.toBe(0x61);
          expect([...data]).toEqual(given.flatMap((one) => [...one.data]));
        } catch (error) {
          expect(error).toBeInstanceOf(BridgeError);
        }
      }),
      FUZZ_RUNS,
    );
  });
});
