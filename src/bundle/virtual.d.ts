/** Made by the build of the package: workers/one-file-service.ts, with all it needs, as one function that stands by itself. */
declare module "virtual:one-file-service" {
  /** Runs it; its own text is a worker's script. */
  export function oneFileService(): typeof import("../../workers/one-file-service.ts");
}
