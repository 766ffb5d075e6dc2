export { type Ast, partsOf, type Statement } from "./ast.ts";
export { printStatements } from "./listing.ts";
export { LIMITS, parseStatements, refuseLong, type TextOptions } from "./parser.ts";
export { print } from "./printer.ts";
export { LanguageError, type Place, quote } from "./source.ts";
export { assign, type FreeUse, freeNames, freeUses, type Names, parseExpression, resultOf } from "./statements.ts";
export { tex, texStatements } from "./typeset.ts";
