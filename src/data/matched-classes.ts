import { cut } from "../arguments/index.ts";
import { DataError, quote } from "../files/index.ts";
import type { Dataset, Examples } from "./dataset.ts";
import { type Source, sourceOf } from "./source.ts";
import { sameTarget } from "./table/prepared.ts";
import type { ClassTarget, Preprocessing } from "./table/preprocessing.ts";

/** How many classes are named. */
const NAMED = 5;

/**
 * A data set whose inputs are prepared as a trained net takes them, with the net's classes in the net's order in place of its own: they
 * are matched by their names, and the data set may have fewer.
 *
 * @throws DataError for a class that the net does not tell, and for a target of another kind or unit than the net's
 */
export function withClassesOf(data: Dataset, preprocessing: Preprocessing): Dataset {
  const { target } = preprocessing;
  if (target.kind === "values" || data.task !== "classification") {
    if (data.preprocessing !== undefined && sameTarget(data.preprocessing.target, target))
      return { ...data, preprocessing };
    const problem = "its target is not that of the net, or is measured otherwise";
    throw new DataError(data.name, problem, "give data with the target that the net was trained on");
  }
  const index = data.classes.map((name) => indexOf(name, data.name, target));
  const again = (examples: Examples): Examples => relabelled(examples, index);
  return {
    ...{ ...data, classes: target.classes, outputs: target.classes.length, preprocessing },
    ...{ train: again(data.train), validation: again(data.validation), test: again(data.test) },
  };
}

function indexOf(name: string, data: string, { classes }: ClassTarget): number {
  const at = classes.indexOf(name);
  if (at >= 0) return at;
  const more = classes.length > NAMED ? ", …" : "";
  const known = `${classes
    .slice(0, NAMED)
    .map((each) => quote(cut(each)))
    .join(", ")}${more}`;
  throw new DataError(
    data,
    `the net does not tell the class ${quote(cut(name))}; it tells ${known}`,
    "give data with these classes",
  );
}

/** The same examples with other class indices; inputs that are read when they are asked for stay so. */
function relabelled(examples: Examples, index: readonly number[]): Examples {
  if (index.every((to, from) => to === from)) return examples;
  const targets = examples.targets.map((label) => index[label]);
  if (!("gather" in examples)) return { ...examples, targets };
  const { count, inputSize, targetSize, gather } = sourceOf(examples);
  const made: Examples & Source = {
    ...{ count, inputSize, targetSize, targets },
    get inputs() {
      return examples.inputs;
    },
    gather: async (indices, inputs, labels, weights) => {
      await gather(indices, inputs, labels, weights);
      for (let i = 0; i < indices.length; i++) labels[i] = targets[indices[i]];
    },
  };
  return made;
}
