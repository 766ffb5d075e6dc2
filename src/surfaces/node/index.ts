export { strdFile, strdFolder } from "./strd.ts";
