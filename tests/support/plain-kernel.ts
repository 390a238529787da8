import type { HotpKernel, HotpKeySet } from "../../src/otp/index.ts";

/** A kernel that hashes nothing: all keys show what `codeOf` says. For tests of what is built on kernels. */
export function plainKernel(codeOf: (movingFactor: number) => number): HotpKernel {
  return {
    name: "plain",
    prepare: () => ({
      writeCodes(codes, first) {
        for (let index = 0; index < codes.length; index += 1) codes[index] = codeOf(first + index);
      },
      findCodes(code, first, count) {
        return Array.from({ length: count }, (_, index) => index).filter(
          (index) => codeOf(first + index) === code,
        );
      },
      release() {},
    }),
    createKeySet(_, algorithm): HotpKeySet {
      let size = 0;
      return {
        algorithm,
        get size() {
          return size;
        },
        add: ({ ends }) => (size += ends.length),
        codeAt: (_key, movingFactor) => codeOf(movingFactor),
        findKeys: (code, movingFactor, _digits, from, to) =>
          codeOf(movingFactor) === code ? Array.from({ length: to - from }, (__, i) => from + i) : [],
        findKeysAt: (code, movingFactors, _digits, from) =>
          Array.from(movingFactors, (factor, i) =>
            factor >= 0 && codeOf(factor) === code ? from + i : -1,
          ).filter((key) => key >= 0),
        release() {
          size = 0;
        },
      };
    },
  };
}
