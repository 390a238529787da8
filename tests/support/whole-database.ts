/**
 * Everything in a database, read through plain IndexedDB: each store with its keys. The inventory's stamp is left out: a
 * change that was taken back is a change.
 */
export async function wholeDatabase(name: string): Promise<Record<string, unknown[]>> {
  const database = await settled(indexedDB.open(name));
  try {
    const stores = [...database.objectStoreNames].filter((store) => store !== "inventory");
    const transaction = database.transaction(stores);
    const entries = stores.map(async (store) => {
      const [keys, values] = await Promise.all([
        settled(transaction.objectStore(store).getAllKeys()),
        settled(transaction.objectStore(store).getAll() as IDBRequest<unknown[]>),
      ]);
      return [store, keys.map((key, index) => [key, values[index]])] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  } finally {
    database.close();
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("request failed")));
  });
}
