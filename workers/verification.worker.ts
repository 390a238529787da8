import { expose } from "comlink";
import { API_METHODS } from "./contract.ts";
import { guardedEndpoint } from "./guarded-endpoint.ts";
import { VerificationService } from "./verification-service.ts";

expose(new VerificationService(), guardedEndpoint(self, API_METHODS));
