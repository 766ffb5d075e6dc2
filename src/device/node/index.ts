export { nodeDevice } from "./device.ts";
export { type Surveyed, surveyDevices } from "./survey.ts";
