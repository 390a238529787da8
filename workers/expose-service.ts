import { type Endpoint, expose } from "comlink";
import { API_METHODS } from "./contract.ts";
import { guardedEndpoint } from "./guarded-endpoint.ts";
import { RecordedService } from "./recorded-service.ts";

/** Starts a service that answers at `endpoint`, to the calls of the contract and to nothing else. */
export function exposeService(endpoint: Endpoint): RecordedService {
  const service = new RecordedService();
  expose(service, guardedEndpoint(endpoint, API_METHODS));
  return service;
}
