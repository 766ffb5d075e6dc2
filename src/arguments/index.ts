/** Checks of arguments (numbers, options, names), and the words of their errors. */
export { type Characters, isDecimal } from "./decimal.ts";
export { atLeast, checkNumber, type Domain, domains, whole, wordsFor } from "./domain.ts";
export { checkNamed, domainOf } from "./named-settings.ts";
export { checkChoice, type Elsewhere, nearestName, nearestNames, proposal, unknownName } from "./nearest.ts";
export { faultOfNumbers, isListOfNumbers } from "./numbers.ts";
export { checkFunction, checkList, checkOptions, checkSignal, checkText, isOptions } from "./options.ts";
export { cut, MOST, quote, quoteList, quoteValue, someOf, withShortWords } from "./quote.ts";
