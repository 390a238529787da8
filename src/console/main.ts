import { browserTokens } from "../bridge/index.ts";
import "../define.ts";
import "./app.ts";
import { PageClock, usePageClock } from "../elements/page-clock.ts";
import { safeStorage } from "./safe-storage.ts";
import { measureServerOffset } from "./server-clock.ts";
import { TokenDesk } from "./token-desk.ts";
import { ConsoleTokenSource } from "./token-source.ts";
import { UsbPort } from "./usb-port.ts";
import { pageSurroundings } from "./usb-surroundings.ts";

usePageClock(new PageClock(measureServerOffset));
const app = document.createElement("console-app");
document.querySelector("#starting")?.remove();
app.tokenSource = new ConsoleTokenSource(browserTokens(), new UsbPort(pageSurroundings));
document.body.append(app);
// After the console, which works without a virtual token as well. The only place that names the real clock.
app.desk = await TokenDesk.open({ now: () => Date.now(), storage: safeStorage(() => localStorage) });
