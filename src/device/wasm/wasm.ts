import { type Code, END, unsigned } from "./instructions.ts";

// An assembler: the binary format of modules, sections 5.3 and 5.5 of the specification, https://www.w3.org/TR/wasm-core-2/

const valueType = { i32: 0x7f, f64: 0x7c, v128: 0x7b } as const;
export type ValueType = keyof typeof valueType;

/** Allocates the locals of one function; its parameters come first. */
export class Locals {
  readonly params: readonly ValueType[];
  readonly types: ValueType[] = [];

  constructor(...params: ValueType[]) {
    this.params = params;
  }

  add(type: ValueType): number {
    return this.params.length + this.types.push(type) - 1;
  }
}

/** A function's parameter and result types. */
export interface Signature {
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
}

/** A function without results, exported under its name. */
export interface Func {
  readonly name: string;
  readonly locals: Locals;
  readonly body: Code;
}

const MAGIC = [0x00, 0x61, 0x73, 0x6d];
const VERSION = [0x01, 0x00, 0x00, 0x00];
/** Kinds of imports and exports. */
const FUNCTION = 0x00;
const MEMORY = 0x02;
/** A memory of 0 pages or more. */
const ANY_SIZE = [0x00, 0];

/**
 * The bytes of a module that imports the memory `memory.memory` and, from `functions`, functions named "0", "1", … of
 * these signatures. Calls count the imported functions first.
 */
export function assemble(imported: readonly Signature[], functions: readonly Func[]): Uint8Array<ArrayBuffer> {
  const signatures = [
    ...imported.map(signature),
    ...functions.map(({ locals: { params } }) => signature({ params, results: [] })),
  ];
  const memory = [text("memory"), text("memory"), MEMORY, ANY_SIZE];
  const imports = imported.map((_, i) => [text("functions"), text(`${i}`), FUNCTION, unsigned(i)]);
  // Each function has its own signature, so that both have the same index.
  const numbers = functions.map((_, i) => unsigned(imported.length + i));
  const exports = functions.map(({ name }, i) => [text(name), FUNCTION, numbers[i]]);
  const sections = [
    section(1, signatures),
    section(2, [memory, ...imports]),
    section(3, numbers),
    section(7, exports),
    section(10, functions.map(implementation)),
  ];
  return Uint8Array.from(flat([MAGIC, VERSION, sections]));
}

const vector = (items: readonly Code[]): Code => [unsigned(items.length), items];

const text = (value: string): Code => vector([...new TextEncoder().encode(value)]);

const types = (values: readonly ValueType[]): Code => vector(values.map((type) => valueType[type]));

const signature = ({ params, results }: Signature): Code => [0x60, types(params), types(results)];

const section = (id: number, items: readonly Code[]): Code => [id, sized(vector(items))];

/** A function's locals, in groups of one type (here of one local), and its instructions. */
const implementation = ({ locals, body }: Func): Code =>
  sized([vector(locals.types.map((type) => [1, valueType[type]])), body, END]);

/** The code after its length in bytes. */
function sized(code: Code): Code {
  const bytes = flat(code);
  return [unsigned(bytes.length), bytes];
}

function flat(code: Code): number[] {
  const bytes: number[] = [];
  const write = (part: Code): void => {
    if (typeof part === "number") bytes.push(part);
    else for (const inner of part) write(inner);
  };
  write(code);
  return bytes;
}
