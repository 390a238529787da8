import "../define.ts";
import "./app.ts";
import { safeStorage } from "./safe-storage.ts";
import { TokenDesk } from "./token-desk.ts";

const app = document.createElement("console-app");
document.querySelector("#starting")?.remove();
document.body.append(app);
// After the console, which works without a virtual token as well. The only place that names the real clock.
app.desk = await TokenDesk.open({ now: () => Date.now(), storage: safeStorage(() => localStorage) });
