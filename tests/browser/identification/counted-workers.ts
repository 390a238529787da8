const RealWorker = globalThis.Worker;
let started = 0;

class CountedWorker extends RealWorker {
  constructor(...args: ConstructorParameters<typeof Worker>) {
    super(...args);
    started += 1;
  }
}

/** Counts the workers started from now on in this thread; the answer tells how many there were. */
export function countWorkers(): () => number {
  globalThis.Worker = CountedWorker;
  const before = started;
  return () => started - before;
}
