import { idxSet } from "./idx-set.ts";

/** Checksums as the authors publish them beside the data. */
export const fashionMnist = idxSet({
  about: {
    name: "fashion-mnist",
    title: "Articles of clothing, 28 × 28",
    classes: ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
    source: "H. Xiao, K. Rasul, R. Vollgraf: Fashion-MNIST (2017)",
    licence: "MIT",
  },
  remote: {
    mirrors: [
      "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
      "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
    ],
    files: [
      { name: "train-images-idx3-ubyte.gz", bytes: 26_421_880, md5: "8d4fb7e6c68d591d4c3dfef9ec88bf0d" },
      { name: "train-labels-idx1-ubyte.gz", bytes: 29_515, md5: "25c81989df183df01b3e8a0aad5dffbe" },
      { name: "t10k-images-idx3-ubyte.gz", bytes: 4_422_102, md5: "bef4ecab320f06d8554ea6380940ec79" },
      { name: "t10k-labels-idx1-ubyte.gz", bytes: 5148, md5: "bb300cfdad3c16e7a12a480ee83cd310" },
    ],
  },
  subfolders: ["fashion-mnist", "FashionMNIST/raw"], // the second is torchvision's
  systemFolders: ["/usr/share/datasets/fashion-mnist"], // Debian's dataset-fashion-mnist
  labelsSha256: "657fbd221bfc9f4198cc14b5619cc33ec57c58dd0e47af4d99d6650759e869a7",
});
