import { quote } from "../../arguments/index.ts";

// The values that the settings of tables take, in a chapter of their own, so that the command's help loads nothing else.

/** The names of delimiters, in messages and on the command line. */
export const delimiterNames = { comma: ",", semicolon: ";", tab: "\t", bar: "|", blank: " " } as const;

/** The name of a delimiter, or the character itself in quotes. */
export function delimiterName(delimiter: string): string {
  return Object.entries(delimiterNames).find(([, character]) => character === delimiter)?.[0] ?? quote(delimiter);
}

/** The separators of thousands by name. A blank stands for non-breaking and narrow ones, too, and "'" for "’". */
export const thousandsNames = { comma: ",", point: ".", apostrophe: "'", blank: " ", underscore: "_" } as const;
/** A separator of thousands: one of `thousandsSigns`. */
export type ThousandsSign = (typeof thousandsNames)[keyof typeof thousandsNames];

/**
 * What is done about missing cells. But for the first, rows without a target are left out.
 *
 * - refuse: nothing; the first is an error (default);
 * - drop: rows with one are left out;
 * - mean, median: the training set's mean or median stands for a missing number, and the category "missing" for a word;
 * - indicator: the mean, and one more input that is 1 where the number is missing.
 */
export const missingPolicies = ["refuse", "drop", "mean", "median", "indicator"] as const;
/** What is done about missing cells: one of `missingPolicies`. */
export type MissingPolicy = (typeof missingPolicies)[number];
