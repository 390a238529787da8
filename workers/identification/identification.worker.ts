import { loadKernel } from "../kernel/load-kernel.ts";
import { PartServer } from "./part-server.ts";

new PartServer(self, loadKernel).serve();
