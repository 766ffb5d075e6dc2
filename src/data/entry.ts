import type { Description, Task } from "./dataset.ts";

/** An entry of the list of data sets. Fields that depend on options or on the user's file are missing. */
export interface Entry {
  /** The name that `loadDataset` takes, such as "mnist". */
  readonly name: string;
  /** Shown in the list of data sets. */
  readonly title: string;
  /** Classification or regression. */
  readonly task?: Task;
  /** The shape of one example. */
  readonly inputShape?: readonly number[];
  /** The classes' names, by index; empty for regression. */
  readonly classes?: readonly string[];
  /** Examples in the training, validation and test set. */
  readonly counts?: readonly [train: number, validation: number, test: number];
  /** Author, title and year. */
  readonly source: string;
  /** The licence under which the data may be used. */
  readonly licence: string;
  /** How to get it. */
  readonly obtain: string;
  /** Whether it stands for any file of the user, named in place of FILE. */
  readonly ownFile?: true;
  /** Whether it has columns, so that one can say which to predict and which to leave out, and how to split its rows. */
  readonly hasColumns?: true;
}

/** The entry of a data set that is the same for everyone. */
export type FullEntry = Entry & Required<Pick<Entry, "task" | "classes" | "inputShape" | "counts">>;

/** The part of an entry that a data set keeps. */
export const descriptionOf = ({ name, task, classes, source, licence }: FullEntry): Description => ({
  ...{ name, task, classes, source, licence },
});
