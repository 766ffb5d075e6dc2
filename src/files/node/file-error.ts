import { DataError } from "../error.ts";

/** The operating system's answers that a user can do something about. */
const ANSWERS = new Map([
  ["ENOENT", ["there is no such file", "check the path"]],
  ["EACCES", ["permission is denied", "check the rights of the file and its folder"]],
  ["EPERM", ["permission is denied", "check the rights of the file and its folder"]],
  ["EROFS", ["the disk is read-only", "choose another folder"]],
  ["EISDIR", ["it is a folder", "give a file"]],
  ["ENOTDIR", ["a part of the path is a file, not a folder", "check the path"]],
  ["EEXIST", ["a file is where a folder should be", "check the path"]],
  ["ENOSPC", ["no space is left on the disk", "make room and try again"]],
  ["EDQUOT", ["the disk quota is used up", "make room and try again"]],
  ["Z_BUF_ERROR", ["the gzip data end too early", "the file is truncated: get it again"]],
  ["Z_DATA_ERROR", ["the gzip data are damaged", "get the file again"]],
]);

/** Tells what went wrong with a file as a DataError where it is known, and hands anything else on. */
export function fileError(error: unknown, file: string): unknown {
  const code = errorCode(error);
  const answer = code === undefined ? undefined : ANSWERS.get(code);
  return answer ? new DataError(file, answer[0], answer[1], { cause: error }) : error;
}

/** Node's name of an error, such as "ENOENT". */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** For `.catch`: throws what `fileError` makes of it. */
export function failOn(file: string): (error: unknown) => never {
  return (error) => {
    throw fileError(error, file);
  };
}
