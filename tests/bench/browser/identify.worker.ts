import { expose } from "comlink";
import { IdentifyService } from "../identify-service.ts";

expose(new IdentifyService());
