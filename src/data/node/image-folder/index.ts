/** Images in PNG and JPEG files. */
export { loadImageFolder } from "./load.ts";
export { mayHavePictures, type PictureRow, pictureRows } from "./rows.ts";
export { loadTestImages } from "./test-images.ts";
