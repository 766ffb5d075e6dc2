export { commandWords, DataError, quote, SettingError, setting } from "./error.ts";
export { JsonError, parseJson } from "./json.ts";
export { textOfVector, vectorOfText } from "./text-vector.ts";
