import { formatNumber } from "../../figure/index.ts";
import { type Column, numberColumn, textColumn } from "../table.ts";
import type { FitRecord, FittedNumber } from "./fit.ts";

/** Fitted beside certified values, as a table; the sum of squares comes last. */
export const fitColumns: readonly Column<FittedNumber>[] = [
  textColumn("", ({ name }) => name),
  numberColumn("fitted", ({ value }) => value, certifiedDigits),
  numberColumn("certified", ({ certified }) => certified, certifiedDigits),
  numberColumn(
    "correct digits",
    ({ digits }) => digits,
    (digits) => digits.toFixed(1),
  ),
];

export const fitRows = ({ parameters, sumOfSquares }: FitRecord): FittedNumber[] => [...parameters, sumOfSquares];

function certifiedDigits(value: number): string {
  return formatNumber(value, 11);
}
