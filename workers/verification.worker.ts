import { expose } from "comlink";
import { API_METHODS } from "./contract.ts";
import { guardedEndpoint } from "./guarded-endpoint.ts";
import { RecordedService } from "./recorded-service.ts";

expose(new RecordedService(), guardedEndpoint(self, API_METHODS));
