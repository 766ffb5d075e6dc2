/** Random changes of the images that a net is trained on. */
export { type Augmentable, type Augmentation, augmentationPlan, augmentationWords } from "./augmentation.ts";
export { augmented } from "./augmented.ts";
