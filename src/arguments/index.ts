/** What a caller may give: numbers, options, names; and the words that refuse anything else. */
export { type Characters, isDecimal } from "./decimal.ts";
export { atLeast, checkNumber, type Domain, domains, whole } from "./domain.ts";
export { nearestName, nearestNames, proposal, unknownName } from "./nearest.ts";
export { checkOptions, isOptions } from "./options.ts";
export { cut, MOST, quote, quoteList, quoteValue, someOf, withShortWords } from "./quote.ts";
export { checkNamed, domainOf } from "./settings.ts";
