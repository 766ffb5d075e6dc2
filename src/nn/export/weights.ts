import { writeSafetensors } from "../../files/safetensors/index.ts";
import { checkFits, checkTrained, type Trained, tensorsOf } from "../saved.ts";
import { whiteningTensors } from "../whitening-tensors.ts";

/**
 * The weights alone, as the bytes of a safetensors file: a tensor for each parameter and each tensor of the state, by its name, of the
 * type of `w`. `safetensors.torch.load_file` and its kin read it. Throws a TypeError if the model or the vectors are missing, and a
 * RangeError if they do not have the model's length or hold a value that is not finite.
 */
export function exportSafetensors(trained: Trained): Uint8Array {
  checkTrained("exportSafetensors", trained);
  return weightsNamed(trained, (name) => name);
}

/** The same with other names for the tensors of a whitening. */
export function weightsNamed(trained: Trained, nameOf: (name: string) => string): Uint8Array {
  checkFits(trained);
  const { preprocessing, w } = trained;
  const whitening = whiteningTensors(preprocessing, w).map((tensor) => ({ ...tensor, name: nameOf(tensor.name) }));
  return writeSafetensors([...tensorsOf(trained), ...whitening], FOR_PYTORCH);
}

/** Readers such as Hugging Face's transformers refuse a file that does not say which library's tensors it holds. */
const FOR_PYTORCH: ReadonlyMap<string, string> = new Map([["format", "pt"]]);
