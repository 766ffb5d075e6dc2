import { quote } from "../../arguments/index.ts";

/** The delimiters by their names in messages and on the command line. */
export const delimiterNames = { comma: ",", semicolon: ";", tab: "\t", bar: "|", blank: " " } as const;

/** The name of a delimiter, or the character itself in quotes. */
export function delimiterName(delimiter: string): string {
  return Object.entries(delimiterNames).find(([, character]) => character === delimiter)?.[0] ?? quote(delimiter);
}
