import { describe, expect, it } from "vitest";
import type { HotpKernel } from "../../../src/otp/index.ts";
import { plainKernel } from "../../support/plain-kernel.ts";
import { chooseKernel, loadKernel } from "../../../workers/kernel/load-kernel.ts";
import { computesRight } from "../../../workers/kernel/self-check.ts";
import { typescriptKernel } from "../../../workers/kernel/typescript-kernel.ts";
import { createWasmKernel } from "../../../workers/kernel/wasm-kernel.ts";

describe("loading the kernel", () => {
  it("takes the WebAssembly one, once", async () => {
    expect((await loadKernel()).name).toBe("wasm-simd");
    expect(await loadKernel()).toBe(await loadKernel());
  });

  it("answers in TypeScript where WebAssembly is refused", async () => {
    const refuse = () => Promise.reject(new WebAssembly.CompileError("blocked by CSP"));
    expect((await chooseKernel([() => createWasmKernel(refuse)])).name).toBe("typescript");
  });

  it("answers in TypeScript where there is no WebAssembly at all", async () => {
    const absent = () => {
      throw new ReferenceError("WebAssembly is not defined");
    };
    expect((await chooseKernel([() => createWasmKernel(absent)])).name).toBe("typescript");
  });

  it("does not take a module that lacks what it needs", async () => {
    const empty = () => WebAssembly.compile(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
    expect((await chooseKernel([() => createWasmKernel(empty)])).name).toBe("typescript");
  });
});

describe("the self-check", () => {
  it("passes both kernels", async () => {
    expect(computesRight(typescriptKernel)).toBe(true);
    expect(computesRight(await createWasmKernel())).toBe(true);
  });

  it("rejects a kernel that computes nonsense, and one that throws", async () => {
    expect(computesRight(plainKernel((factor) => factor % 1_000_000))).toBe(false);
    const broken = plainKernel(() => {
      throw new Error("broken");
    });
    expect(computesRight(broken)).toBe(false);
    expect(await chooseKernel([() => Promise.resolve(broken)])).toBe(typescriptKernel);
  });

  it.each(["SHA1", "SHA256", "SHA512"] as const)("rejects a kernel wrong in %s only", (wrong) => {
    const kernel: HotpKernel = {
      ...typescriptKernel,
      prepare: (secret, algorithm) =>
        algorithm === wrong
          ? plainKernel(() => 1).prepare(secret, algorithm)
          : typescriptKernel.prepare(secret, algorithm),
    };
    expect(computesRight(kernel)).toBe(false);
  });

  it("rejects a kernel whose searches are wrong", () => {
    const blind: HotpKernel = {
      ...typescriptKernel,
      createKeySet: (capacity, algorithm) => {
        const set = typescriptKernel.createKeySet(capacity, algorithm);
        set.findKeys = () => [];
        return set;
      },
    };
    expect(computesRight(blind)).toBe(false);
  });
});
