import { exposeService } from "./expose-service.ts";

exposeService(self);
