// The public entry points of the package (design: one for each use), and where each is built from.

/** The elements a page registers by themselves: `oath-bridge/define/oath-code`. */
export const ELEMENTS = [
  "code",
  "countdown",
  "devices",
  "enroll",
  "identify",
  "inventory",
  "resync",
  "token",
  "verify",
].map((name) => `oath-${name}`);

/** Paths below the package's root, without extension: `src/x` is built to `dist/package/src/x.js` with its `.d.ts`. */
export const ENTRIES = {
  ".": "src/index",
  "./define": "src/define",
  ...Object.fromEntries(ELEMENTS.map((name) => [`./define/${name}`, `src/define/${name}`])),
  "./bridge": "src/bridge/index",
  "./otp": "src/otp/index",
  "./seeds": "src/seeds/index",
  "./mfa": "src/mfa/index",
};

/** Scripts with a thread of their own: one file each, with all they need but what they load later. */
export const WORKERS = ["workers/verification.worker", "workers/identification/identification.worker"];

export const OUTPUT = "dist/package";
