// The nets of the benchmark, for Downhill: published models, without dropout, whose masks would differ between contenders.
import { models, sequential } from "../../dist/src/index.js";

const IMAGE = [3, 32, 32];
const CLASSES = 10;

const nets = {
  "adam-cnn": { inputShape: IMAGE, layers: models.adamCnn(IMAGE, CLASSES, { dropout: false }) },
  "2c2d": { inputShape: [1, 28, 28], layers: models.twoConvTwoDense([1, 28, 28], CLASSES) },
  "resnet-20": { inputShape: IMAGE, layers: models.resnet(IMAGE, CLASSES, { depth: 20 }) },
  "resnet-56": { inputShape: IMAGE, layers: models.resnet(IMAGE, CLASSES, { depth: 56 }) },
};

export const modelOf = (name) => sequential(nets[name].inputShape, nets[name].layers, { name });
