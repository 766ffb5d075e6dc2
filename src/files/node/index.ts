export { errorCode, failOn, fileError } from "./file-error.ts";
export { freeSpace } from "./free-space.ts";
export { makeFolder } from "./make-folder.ts";
export { abandonedParts, partOf, STALL, sweepParts } from "./part.ts";
export { type OpenFile, openFile, readBytes, readStream, readStretch, readText, sizeOf } from "./read-file.ts";
export { type Content, type WriteSystem, writeAll, writePieces, writeWhole } from "./write-file.ts";
