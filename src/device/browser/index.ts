export { browserDevice } from "./device.ts";
