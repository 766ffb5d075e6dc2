import type { Description, Task } from "./dataset.ts";

/** One line of the list of data sets. What depends on options or on the user's file is left open. */
export interface Entry {
  readonly name: string;
  readonly title: string;
  readonly task?: Task;
  readonly inputShape?: readonly number[];
  readonly classes?: readonly string[];
  /** Examples in the training, validation and test part. */
  readonly counts?: readonly [train: number, validation: number, test: number];
  readonly source: string;
  readonly licence: string;
  /** What it takes to have it. */
  readonly obtain: string;
  /** It stands for any file of the user's, which is named in the place of FILE. */
  readonly ownFile?: true;
}

/** The entry of a set that is the same for everyone. */
export type FullEntry = Entry & Required<Pick<Entry, "task" | "classes" | "inputShape" | "counts">>;

/** What of an entry goes with the data. */
export const descriptionOf = ({ name, task, classes, source, licence }: FullEntry): Description => ({
  ...{ name, task, classes, source, licence },
});
