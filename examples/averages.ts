// Exponentially weighted averages: smooth a week of temperatures, with and without the correction for the start.
import { betaOfWindow, ewa, ewaOf } from "downhill/averages";

const temperatures = [4.2, 5.1, 3.8, 7.4, 8.0, 6.1, 6.6];
const beta = betaOfWindow(3);
const show = (values: Float64Array) => [...values].map((value) => value.toFixed(1)).join("  ");

console.log("beta       ", beta.toFixed(3));
console.log("plain      ", show(ewaOf(temperatures, { beta, corrected: false })));
console.log("corrected  ", show(ewaOf(temperatures, { beta })));

const streaming = ewa({ beta });
for (const temperature of temperatures) streaming.add(temperature);
console.log("one by one ", streaming.value.toFixed(1));

// Prints
// beta        0.667
// plain       1.4  2.6  3.0  4.5  5.7  5.8  6.1
// corrected   4.2  4.7  4.3  5.6  6.5  6.4  6.4
// one by one  6.4
