import { unknownName } from "../arguments/index.ts";
import type { Shape } from "../expr/index.ts";
import { LanguageError, parseStatements, refuseLong, type Statement } from "../expr/text/index.ts";

/**
 * Lines of an update may be for some tensors only: those below `matrices:` are for tensors with two axes, those below
 * `others:` for all the rest, such as biases. Lines before the first heading, and those below `all:`, are for both.
 */
export const headings = ["all", "matrices", "others"] as const;
export type Heading = (typeof headings)[number];

/** The kinds of tensors that an update distinguishes. */
export type Kind = Exclude<Heading, "all">;
export const kinds: readonly Kind[] = ["others", "matrices"];
export const kindOf = (shape: Shape): Kind => (shape.length === 2 ? "matrices" : "others");

/** The lines below one heading. */
export interface Section {
  readonly heading: Heading;
  readonly text: string;
  /** The number of its first line in the update. */
  readonly firstLine: number;
}

/** A name, a colon, and the rest of the line. */
const HEADING = /^\s*([\p{L}_][\p{L}\p{N}_]*)\s*:(?!=)([^#]*)/u;

/** An update's sections, in order. Throws a LanguageError for a heading that does not exist. */
export function sectionsOf(update: string): readonly Section[] {
  refuseLong({ text: update, firstLine: 1 });
  const found: { heading: Heading; lines: string[]; firstLine: number }[] = [
    { heading: "all", lines: [], firstLine: 1 },
  ];
  for (const [i, line] of update.split(/\r\n|\r|\n/).entries()) {
    const heading = headingIn(line, i + 1);
    if (heading === undefined) found[found.length - 1].lines.push(line);
    else found.push({ heading, lines: [], firstLine: i + 2 });
  }
  return found.map(({ lines, ...rest }) => ({ ...rest, text: lines.join("\n") }));
}

/** The heading that a line is, if it is one. */
function headingIn(line: string, firstLine: number): Heading | undefined {
  const [, name, rest] = HEADING.exec(line) ?? [];
  if (name === undefined) return undefined;
  const fail = (detail: string): never => {
    throw new LanguageError({ text: line, firstLine }, line.search(/\S/), detail);
  };
  const heading = headings.find((each) => each === name) ?? fail(unknownName("heading", name, headings));
  return rest.trim() === "" ? heading : fail(`${heading}: must stand alone on its line, with its lines below it`);
}

export const hasSections = (update: string): boolean => sectionsOf(update).length > 1;

/** A section's statements. Throws a LanguageError. */
export const statementsIn = ({ text, firstLine }: Section): Statement[] => parseStatements(text, { firstLine });

/** An update's statements for one kind of tensors. Throws a LanguageError. */
export const statementsFor = (kind: Kind, update: string): Statement[] =>
  sectionsOf(update).flatMap((section) =>
    section.heading === "all" || section.heading === kind ? statementsIn(section) : [],
  );
