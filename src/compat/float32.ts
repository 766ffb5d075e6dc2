/**
 * Lines that round a scalar to float32, in float64 arithmetic: subtracting a large multiple and adding it back leaves the 24 leading
 * bits (Dekker 1971, A floating-point technique for extending the available precision).
 */
export const roundedLines = (name: string, value: string): string[] => [
  `large = 536870913 * (${value})`,
  `${name} = large - (large - (${value}))`,
];
