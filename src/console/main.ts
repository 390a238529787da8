import "../define.ts";
import "./app.ts";
import { TokenDesk } from "./token-desk.ts";

// The only place of the console that names the real clock.
const desk = await TokenDesk.open({ now: () => Date.now(), storage: localStorage });
const app = document.createElement("console-app");
app.desk = desk;
document.querySelector("#starting")?.remove();
document.body.append(app);
