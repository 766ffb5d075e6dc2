export { JsonError, parseJson } from "./json.ts";
