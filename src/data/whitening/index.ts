/** ZCA whitening of images: measured on a training set, applied to rows of standardised inputs. */
export { checkWhitenable, whitenedBy, whitenedImages } from "./images.ts";
export { whitenVector } from "./whiten.ts";
export { Whitening, type WhiteningFacts, withNumbers } from "./whitening.ts";
