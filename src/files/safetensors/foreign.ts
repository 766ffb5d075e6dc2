/** Another file format, and how to convert it to safetensors. */
export interface ForeignFormat {
  /** With its article. */
  readonly name: string;
  readonly advice: string;
}

/** The number of first bytes that identify a file's format. */
export const TELLING = 4096;

const python = (modules: string, tensors: string): string =>
  `convert it first: python -c 'import ${modules}; save_file(${tensors}, "model.safetensors")'`;

// save_file of safetensors.numpy writes arrays in Fortran order as if they were in C order, so asarray converts them.
const arrays = (items: string, modules = "numpy"): string =>
  python(
    `${modules}; from safetensors.numpy import save_file`,
    `{k: numpy.asarray(v, order="C") for k, v in ${items}}`,
  );

const RUNS = "only where you trust its source, since such a file can run a program";

const TORCH = `${python(
  "torch; from safetensors.torch import save_file",
  '{k: v.clone().contiguous() for k, v in torch.load("model.pt", weights_only=True, map_location="cpu").items()}',
)}, with PyTorch 2.10 or later; ${RUNS}`;

const PICKLE = `${arrays('pickle.load(open("model.pkl", "rb")).items()', "numpy, pickle")}; ${RUNS}`;

const HDF5 = python(
  "h5py; from safetensors.numpy import save_file; d = {}; " +
    'h5py.File("model.h5").visititems(lambda k, v: d.update({k: v[()]}) if isinstance(v, h5py.Dataset) else None)',
  "d",
);

const KERAS = arrays(
  '((v.path, keras.ops.convert_to_numpy(v)) for v in keras.saving.load_model("model.keras").weights)',
  "numpy, keras",
);

const ONNX = arrays(
  '((t.name, onnx.numpy_helper.to_array(t)) for t in onnx.load("model.onnx").graph.initializer)',
  "numpy, onnx, onnx.numpy_helper",
);

const SHARDS = "give the .safetensors files that it names, one by one";

interface Signature extends ForeignFormat {
  /** The first bytes of such files, one character per byte. */
  readonly begins: readonly string[];
  /** A text that must also occur in the first bytes, such as the name of an archive's first file. */
  readonly has?: string;
}

const ZIP = ["PK\x03\x04", "PK\x05\x06"];
const PICKLES = ["\x80\x02", "\x80\x03", "\x80\x04", "\x80\x05", "(dp0\n", "(lp0\n", "}q\0", "]q\0"];

/** A model's first field is ir_version, a small number; another field follows (onnx.proto, ModelProto). */
const ONNX_FIELDS = Array.from({ length: 32 }, (_, version) =>
  [2, 3, 4, 6, 7, 8].map((field) => String.fromCharCode(8, version + 1, (field << 3) | 2)),
).flat();

/** The first match counts. */
const SIGNATURES: readonly Signature[] = [
  { begins: ZIP, has: "data.pkl", name: "a file of PyTorch's torch.save", advice: TORCH },
  {
    begins: ["\x80\x02\x8a\nl\xfc\x9cF\xf9"],
    name: "a file of torch.save, as PyTorch before 1.6 wrote it",
    advice: TORCH,
  },
  { begins: ZIP, has: ".npy", name: "NumPy's .npz", advice: arrays('numpy.load("model.npz").items()') },
  { begins: ZIP, has: "metadata.json", name: "a Keras model", advice: KERAS },
  { begins: ZIP, name: "a ZIP archive", advice: "unpack it: unzip model.zip" },
  { begins: ["\x1f\x8b"], name: "compressed by gzip", advice: "unpack it: gunzip model.safetensors.gz" },
  { begins: ["\x93NUMPY"], name: "NumPy's .npy", advice: arrays('[("array", numpy.load("model.npy"))]') },
  { begins: ["\x89HDF\r\n\x1a\n"], name: "HDF5 (.h5)", advice: HDF5 },
  { begins: PICKLES, name: "a Python pickle", advice: PICKLE },
  { begins: ["GGUF"], name: "GGUF", advice: "get the model as safetensors: GGUF's numbers are mostly rounded" },
  { begins: ONNX_FIELDS, name: "an ONNX model", advice: ONNX },
  { begins: ["version https://git-lfs"], name: "Git LFS's pointer to a file", advice: "get the file: git lfs pull" },
  {
    begins: ["<!DOCTYPE", "<!doctype", "<html"],
    name: "a web page",
    advice: "open its address in a browser to see what it says",
  },
  { begins: ["{"], has: '"weight_map"', name: "the index of a model in shards", advice: SHARDS },
  { begins: ['{"', "{}", "{ ", "{\n", "{\r"], name: "JSON", advice: "give the .safetensors file that belongs to it" },
];

/** The format of a file that begins with these bytes, of which `TELLING` are examined; undefined if unknown. */
export function foreignFormat(start: Uint8Array): ForeignFormat | undefined {
  const text = String.fromCharCode(...start.subarray(0, TELLING));
  return SIGNATURES.find(({ begins, has = "" }) => text.includes(has) && begins.some((each) => text.startsWith(each)));
}
