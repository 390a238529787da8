import { readFileSync } from "node:fs";
import os from "node:os";
import type { Machine } from "./report.ts";

export function describeMachine(): Machine {
  const cpus = os.cpus();
  return {
    date: new Date().toISOString(),
    cpu: cpus[0]?.model.trim() || os.arch(),
    cores: os.availableParallelism(),
    system: systemName(),
    node: process.versions.node,
    load: os.loadavg()[0] ?? 0,
  };
}

/** Linux names its distribution in a file (os-release(5)); elsewhere the kernel's name has to do. */
function systemName(): string {
  try {
    const name = /^PRETTY_NAME="?([^"\n]+)"?$/mu.exec(readFileSync("/etc/os-release", "utf8"))?.[1];
    if (name !== undefined) return name;
  } catch {
    // Not a Linux with systemd's file.
  }
  return `${os.type()} ${os.release()}`;
}
