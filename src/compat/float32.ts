/**
 * Lines that set a scalar to a value rounded to float32, in float64 arithmetic: a large multiple taken away and added
 * back leaves the 24 leading bits (Dekker 1971, A floating-point technique for extending the available precision).
 */
export const roundedLines = (name: string, value: string): string[] => [
  `large = 536870913 * (${value})`,
  `${name} = large - (large - (${value}))`,
];
