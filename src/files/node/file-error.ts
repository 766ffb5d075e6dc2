import { DataError } from "../error.ts";

/** Error codes of the operating system and zlib that a user can do something about: the problem, and the advice. */
const ANSWERS = new Map([
  ["ENOENT", ["there is no such file", "check the path"]],
  ["EACCES", ["permission is denied", "check the permissions of the file and its folder"]],
  ["EPERM", ["permission is denied", "check the permissions of the file and its folder"]],
  ["EROFS", ["the disk is read-only", "choose another folder"]],
  ["EISDIR", ["it is a folder", "give a file"]],
  ["ENOTDIR", ["a part of the path is a file, not a folder", "check the path"]],
  ["EEXIST", ["a file is where a folder should be", "check the path"]],
  ["ENOTEMPTY", ["a folder with files in it is there", "choose another name"]],
  ["ENAMETOOLONG", ["the name is longer than the system allows", "choose a shorter one"]],
  ["ELOOP", ["its symbolic links lead in a circle", "check the links"]],
  ["ENOSPC", ["no space is left on the disk", "make room and try again"]],
  ["EDQUOT", ["the disk quota is used up", "make room and try again"]],
  ["EFBIG", ["the file exceeds the size limit", "raise the limit (ulimit -f), or write elsewhere"]],
  ["EMFILE", ["this process has too many open files", "raise the limit (ulimit -n)"]],
  ["ENFILE", ["the system can open no more files", "close other programs and try again"]],
  ["EBUSY", ["another program uses it", "close that program and try again"]],
  ["ETXTBSY", ["another program uses it", "close that program and try again"]],
  ["ENXIO", ["it is a device, a socket or a pipe, not a file", "give a file"]],
  ["ENODEV", ["it is a device, a socket or a pipe, not a file", "give a file"]],
  ["EAGAIN", ["it is a device, a socket or a pipe, not a file", "give a file"]],
  ["EXDEV", ["the file and its folder are on different disks", "choose another folder"]],
  ["EIO", ["the disk could not be read or written", "check the disk"]],
  ["ERR_INVALID_ARG_VALUE", ["it has a character that no path can have", "check the path"]],
  ["Z_BUF_ERROR", ["the gzip data end too early", "the file is truncated: get it again"]],
  ["Z_DATA_ERROR", ["the gzip data are damaged", "get the file again"]],
]);

/** Turns a system error about a file into a DataError; returns any other error unchanged. */
export function fileError(error: unknown, file: string): unknown {
  const code = errorCode(error);
  if (code === undefined || !(error instanceof Error)) return error;
  const answer = ANSWERS.get(code);
  if (answer !== undefined) return new DataError(file, answer[0], answer[1], { cause: error });
  if (!("syscall" in error && "path" in error)) return error;
  return new DataError(file, `the system answered ${code}`, "check the path and the disk", { cause: error });
}

/** Node's code of an error, such as "ENOENT". */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** For `.catch`: throws the error through `fileError`. */
export function failOn(file: string): (error: unknown) => never {
  return (error) => {
    throw fileError(error, file);
  };
}
