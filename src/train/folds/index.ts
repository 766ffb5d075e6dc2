/** Cross-validation: its folds, one training for each, and their scores. Loaded only where it is used. */
export { crossValidateOn, watchesValidation } from "./cross-validate.ts";
