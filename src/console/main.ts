import { browserTokens } from "../bridge/index.ts";
import "../define.ts";
import "./app.ts";
import { TokenDesk } from "./token-desk.ts";
import { ConsoleTokenSource } from "./token-source.ts";
import { UsbPort } from "./usb-port.ts";
import { pageSurroundings } from "./usb-surroundings.ts";

// The only place of the console that names the real clock.
const desk = await TokenDesk.open({ now: () => Date.now(), storage: localStorage });
const app = document.createElement("console-app");
app.desk = desk;
document.querySelector("#starting")?.remove();
app.tokenSource = new ConsoleTokenSource(browserTokens(), new UsbPort(pageSurroundings));
document.body.append(app);
