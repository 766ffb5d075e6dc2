import { checkNumber, checkOptions, checkText, domains } from "../../../arguments/index.ts";
import { modelToJson } from "../../model-data.ts";
import { registry as builtIn, type Registry } from "../../registry.ts";
import { checkTrained, type Trained } from "../../saved.ts";
import { exportOnnx } from "../onnx.ts";
import { type Reading, readingOf } from "../reading.ts";
import { exportSafetensors } from "../weights.ts";
import { modelCard } from "./card.ts";

/** What the model card says beside what the net itself tells. */
export interface HuggingFaceOptions {
  /** The card's title. Default: the data's name, or else the model's. */
  readonly title?: string;
  /** The name of the data set that the net was trained on. Default: the card names none. */
  readonly data?: string;
  /** What was measured on a test set, by name, such as `{ accuracy: 0.97 }`. Default: the card has no measures. */
  readonly test?: Readonly<Record<string, number>>;
  /** Names layers, losses and functions of your own, for config.json. Default: the built-in ones. */
  readonly registry?: Registry;
}

/** The files of a model as Hugging Face's hub lays it out, by their paths in its folder. */
export interface HuggingFaceFiles {
  /** The weights, by their names. */
  readonly "model.safetensors": Uint8Array;
  /** `model_type`, the classes as `id2label`, and the model with its preprocessing as `downhill`: the contents of model.json. */
  readonly "config.json": string;
  /** The net as `exportOnnx` writes it. */
  readonly "onnx/model.onnx": Uint8Array;
  /** The model card, in Markdown, with its facts in YAML at the top. */
  readonly "README.md": string;
}

/**
 * A trained net as a folder for Hugging Face's hub: weights, configuration, ONNX, and a model card that says what the net takes and
 * answers, and how to run it. The card has no licence: that is for you to choose.
 *
 * @throws TypeError for a model that JSON cannot hold, and for options of another type; otherwise as `exportOnnx`
 */
export function exportHuggingFace(trained: Trained, options: HuggingFaceOptions = {}): HuggingFaceFiles {
  checkTrained("exportHuggingFace", trained);
  checkOptions(
    "exportHuggingFace",
    options,
    ["title", "data", "test", "registry"],
    'exportHuggingFace(net, { data: "iris" })',
  );
  const { title, data, test = {}, registry = builtIn } = options;
  if (title !== undefined) checkText("exportHuggingFace: title", title, '"Houses"');
  if (data !== undefined) checkText("exportHuggingFace: data", data, '"houses.csv"');
  for (const [name, value] of Object.entries(test)) checkNumber(`exportHuggingFace: ${name}`, value, domains.finite);
  const reading = readingOf(trained);
  return {
    "model.safetensors": exportSafetensors(trained),
    "config.json": configText(trained, reading, registry),
    "onnx/model.onnx": exportOnnx(trained),
    "README.md": modelCard(trained, reading, { title: title ?? data ?? trained.model.name, data, test }),
  };
}

function configText({ model, preprocessing }: Trained, { target }: Reading, registry: Registry): string {
  const classes = target.kind === "classes" ? target.classes : undefined;
  const config = {
    model_type: "downhill",
    problem_type: classes === undefined ? "regression" : "single_label_classification",
    ...(classes !== undefined && {
      id2label: Object.fromEntries(classes.map((name, i) => [i, name])),
      label2id: Object.fromEntries(classes.map((name, i) => [name, i])),
    }),
    downhill: { ...modelToJson(model, registry), ...(preprocessing !== undefined && { preprocessing }) },
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}
