import { loadState, type State, saveState } from "../../src/optimizers/index.ts";

/** Bytes that are turned into text at a time: a multiple of 3, so that the pieces of base64 follow each other. */
const PIECE = 30_000;

/**
 * Numbers and vectors as text, which the shelf keeps with the other results: base64 takes 5.3 characters for a weight, where digits would take
 * 10, and keeps every bit.
 */
export function textOfState(state: State): string {
  const bytes = saveState(state);
  let text = "";
  for (let at = 0; at < bytes.length; at += PIECE) text += btoa(String.fromCharCode(...bytes.subarray(at, at + PIECE)));
  return text;
}

/** The state that was kept; undefined where the text is none, such as one that was cut off. */
export function stateOfText(text: string): State | undefined {
  try {
    const characters = atob(text);
    return loadState(Uint8Array.from(characters, (character) => character.charCodeAt(0)));
  } catch {
    return undefined;
  }
}
