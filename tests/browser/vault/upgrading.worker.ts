// Upgrades a database and never comes to an end of it, for a test that ends the worker in the middle.
addEventListener("message", ({ data: name }: MessageEvent<string>) => {
  const request = indexedDB.open(name, 4);
  request.addEventListener("upgradeneeded", () => {
    const { result: database, transaction } = request;
    const audit = database.createObjectStore("audit", { keyPath: "id", autoIncrement: true });
    transaction?.objectStore("seeds").clear();
    const goOn = () => audit.add({ atMs: 0 }).addEventListener("success", goOn);
    goOn();
    postMessage("upgrading");
  });
});
