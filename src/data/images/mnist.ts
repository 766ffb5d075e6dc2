import { idxSet } from "./idx-set.ts";

/** Checksums as torchvision has them; MNIST's first home, yann.lecun.com, no longer serves the files. */
export const mnist = idxSet({
  about: {
    name: "mnist",
    title: "Handwritten digits, 28 × 28",
    classes: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
    source: "Y. LeCun, C. Cortes, C. Burges: The MNIST database of handwritten digits (1998)",
    licence: "CC BY-SA 3.0",
  },
  remote: {
    mirrors: ["https://ossci-datasets.s3.amazonaws.com/mnist/", "https://storage.googleapis.com/cvdf-datasets/mnist/"],
    files: [
      { name: "train-images-idx3-ubyte.gz", bytes: 9_912_422, md5: "f68b3c2dcbeaaa9fbdd348bbdeb94873" },
      { name: "train-labels-idx1-ubyte.gz", bytes: 28_881, md5: "d53e105ee54ea40749a09fcbcd1e9432" },
      { name: "t10k-images-idx3-ubyte.gz", bytes: 1_648_877, md5: "9fb629c4189551a2d022fa330f9573f3" },
      { name: "t10k-labels-idx1-ubyte.gz", bytes: 4542, md5: "ec29112dd5afa0611ce80d1b7f02629c" },
    ],
  },
  subfolders: ["mnist", "MNIST/raw"], // the second is torchvision's
  systemFolders: [],
  labelsSha256: "1feba77c54802fa5339a11837ea4b2866434b83314ec45192930f1df69120c13",
});
