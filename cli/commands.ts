import { defaults, WALK_STEPS } from "../src/train/defaults.ts";
import type { Command } from "./command.ts";
import * as flags from "./flags/index.ts";

const output = [flags.quiet, flags.noColor];
const settings = [flags.config, flags.printConfig];
const csvFlags = [
  flags.predict,
  flags.task,
  flags.delimiter,
  flags.header,
  flags.noHeader,
  flags.decimal,
  flags.notMissing,
];
const dataFlags = [flags.data, flags.dataDir, flags.limit, ...csvFlags];
const modelFlags = [flags.model, flags.activation, flags.dropout];
const changes = [flags.set, flags.weightDecay, flags.clipNorm, flags.clipValue];

const compare: Command = {
  name: "compare",
  summary: "train one network with many optimizers, fairly, and rank them",
  about:
    "Each optimizer gets the same first weights, the same batches and as many trials to find its learning rate. " +
    "The result is a table, and a report.html in the run's folder.",
  flags: [
    ...dataFlags,
    ...modelFlags,
    ...[flags.optimizers, flags.rules, flags.tunedLr, ...changes, flags.schedule],
    ...[flags.batchSize, flags.epochs, flags.l2, flags.target, flags.dtype, flags.device, flags.backend],
    ...[flags.seeds, flags.trials, flags.tuningEpochs, flags.workers],
    ...[flags.out, flags.noOut, flags.json, flags.jsonl, ...output],
    ...settings,
  ],
  defaults: {
    data: "digits",
    model: "mlp:64",
    lr: "tuned",
    "batch-size": `${defaults.batchSize}`,
    epochs: `${defaults.epochs}`,
    seeds: "5",
    trials: "8",
    out: "runs",
  },
  examples: [
    ["downhill compare", "the handwritten digits, all of the lecture's optimizers"],
    ["downhill compare --optimizer adam,momentum --rule my-rule.txt", "three of them, one your own"],
    ["downhill compare --data fashion-mnist --limit 5000 --model mlp:128 --epochs 10", "other data"],
  ],
  load: () => import("./compare.ts"),
};

const train: Command = {
  name: "train",
  summary: "train one network with one optimizer",
  about:
    "The optimizer is an update rule, which takes a step on each mini-batch, or a solver such as lbfgs, which uses the whole " +
    "training set in each step and finds the length of the step itself.",
  flags: [
    ...dataFlags,
    ...modelFlags,
    ...[flags.optimizer, flags.rule, flags.lr, ...changes, flags.schedule],
    ...[flags.trainBatchSize, flags.epochs, flags.maxSteps, flags.seed, flags.l2, flags.target, flags.stopAtTarget],
    ...[flags.patience, flags.dtype, flags.device, flags.backend, flags.threads],
    ...[flags.out, flags.noOut, flags.json, flags.jsonl, ...output],
    ...settings,
  ],
  defaults: {
    data: "digits",
    model: "mlp:64",
    optimizer: "adam",
    epochs: `${defaults.epochs}`,
    seed: `${defaults.seed}`,
    out: "runs",
  },
  examples: [
    ["downhill train", "the handwritten digits with Adam"],
    ["downhill train --data fashion-mnist --model mlp:1000,1000 --dropout 0.2 --epochs 10", "a larger net"],
    ["downhill train --optimizer momentum --lr 0.05 --set beta=0.95 --schedule cosine:warmup=50", "more of momentum"],
    ["downhill train --optimizer lbfgs --l2 0.001", "second order: each epoch is one step on the full batch"],
    ["downhill train --data csv:houses.csv --model linear --optimizer newton", "a table of your own, fitted exactly"],
  ],
  load: () => import("./train.ts"),
};

const minimize: Command = {
  name: "minimize",
  summary: "walk down a surface and look at the path",
  about:
    "The optimizer is an update rule, or a solver such as lbfgs or newton. NIST's nonlinear regressions, such as thurber, or " +
    "a .dat file in their format, are fitted by levenberg-marquardt, and the fitted parameters are compared with those that " +
    "NIST certifies. downhill surfaces lists the names.",
  words: [["<surface>", "a name, such as beale, rosenbrock or thurber; a formula in x, y, …; or a file, FILE.dat"]],
  flags: [
    ...[flags.walkOptimizer, flags.rule, flags.lr, ...changes, flags.schedule],
    ...[flags.start, flags.steps, flags.noise, flags.noiseSeed],
    ...[flags.figureFile, flags.out, flags.json, flags.jsonl, ...output],
    ...settings,
  ],
  examples: [
    ["downhill minimize beale", "Adam in Beale's valley"],
    ["downhill minimize rosenbrock --optimizer momentum --lr 0.001 --steps 2000", "a curved valley"],
    ["downhill minimize rosenbrock --optimizer lbfgs", "the same valley, second order"],
    ["downhill minimize 'x^2 + 3*sin(y)' --start 2,1 --optimizer sgd --lr 0.1", "a surface of your own"],
    ["downhill minimize saddle --optimizer momentum --lr 0.01 --noise 0.1 --figure walk.svg", "noisy gradients, drawn"],
    ["downhill minimize misra1a --start start2", "one of NIST's regressions, from its second start"],
  ],
  load: () => import("./minimize.ts"),
};

const race: Command = {
  name: "race",
  summary: "walk down a surface with several optimizers, side by side",
  about:
    "Update rules and solvers start at the same point. Unless --lr is given, each rule tries sixteen learning rates and walks " +
    "at the one with the lowest mean value over the second half of its walk.",
  words: [["<surface>", "a name, such as beale or saddle, or a formula in x and y"]],
  flags: [
    ...[flags.optimizers, flags.rules, flags.tunedLr, ...changes, flags.schedule],
    ...[flags.start, flags.raceSteps],
    ...[flags.figureFile, flags.json, ...output],
    ...settings,
  ],
  defaults: { lr: "tuned", steps: `${WALK_STEPS}` },
  examples: [
    ["downhill race beale", "seven optimizers, each at the rate that its search finds"],
    ["downhill race rosenbrock --optimizer adam,momentum,lbfgs --figure race.gif", "three of them, moving"],
    ["downhill race 'x^2 + 20*y^2' --start 4,1 --lr 0.01", "a surface of your own, one rate for all"],
  ],
  load: () => import("./race.ts"),
};

const surfaces: Command = {
  name: "surfaces",
  summary: "list the surfaces and NIST's regressions, or show one",
  about:
    "The critical points of one are searched for with Newton's method from many starts, and told apart by the Hessian.",
  words: [["[surface]", "a name, or a formula in x, y, …"]],
  flags: [flags.within, flags.json, ...output],
  examples: [
    ["downhill surfaces", "all of them"],
    ["downhill surfaces himmelblau", "its four minima, its maximum and the saddles between them"],
    ["downhill surfaces 'x^3 - 3*x + y^2' --within -2,2", "a surface of your own"],
    ["downhill surfaces thurber", "a regression: its model, starts and certified numbers"],
  ],
  load: () => import("./surfaces.ts"),
};

const ruleFiles = `
A rule of your own, for --rule, is a text file:
  hyper lr = 0.01            a hyper-parameter and its default
  slot m                     kept for each weight, from 0; slot m = w starts elsewhere
  scalar p = 1               one number kept for the whole rule
  lookahead = w - lr*m       where the gradient is taken, if it is not w
  gradients_per_step = k     a hyper-parameter: so many gradients make one step
  m = 0.9*m + 0.1*g          then the update, line by line; # begins a comment
  w = w - lr*m
Given are w, the gradient g, the step t from 1 and g_norm, the length of g; there are + - * / ^,
comparisons, where(c, a, b), min, max, abs, sign, sqrt, exp, log, tanh, norm and more.
All of it: docs/rule-files.md, or write out a rule with --rule-file and change it.`;

const optimizers: Command = {
  name: "optimizers",
  summary: "list the optimizers, or show one: formula, defaults, source",
  about: ruleFiles,
  words: [["[name]", "the rule or solver to show"]],
  flags: [flags.rule, flags.tex, flags.pytorch, flags.ruleFile, flags.json, ...output],
  examples: [
    ["downhill optimizers", "all of them"],
    ["downhill optimizers adam", "Adam's formula, defaults and source"],
    ["downhill optimizers lbfgs", "the same of a solver"],
    ["downhill optimizers adam --pytorch > adam.py", "the same rule for PyTorch"],
    ["downhill optimizers adam --rule-file > my-rule.txt", "Adam, to be changed: downhill train --rule my-rule.txt"],
  ],
  load: () => import("./optimizers.ts"),
};

const data: Command = {
  name: "data",
  summary: "list the data sets, fetch one, or look at its samples",
  words: [
    ["[action]", "list, fetch or show"],
    ["[name]", "the data set to fetch or show"],
  ],
  flags: [flags.dataDir, flags.limit, ...csvFlags, flags.count, flags.json, ...output],
  defaults: { count: "5" },
  examples: [
    ["downhill data", "all of them, and where they are found"],
    ["downhill data fetch fashion-mnist", "download it into the cache"],
    ["downhill data show digits --count 3", "three samples"],
    ["downhill data show csv:houses.csv --predict price", "how a table of your own is read"],
    ["downhill data show csv:prices.csv --delimiter semicolon --decimal , --header", "the same, told what to expect"],
  ],
  load: () => import("./data.ts"),
};

const model: Command = {
  name: "model",
  summary: "show a network's layers, parameters, multiply-adds and memory",
  words: [["[model]", "as --model takes it, such as mlp:64,32, or a JSON file (default: mlp:64)"]],
  flags: [
    ...[...dataFlags, flags.activation, flags.dropout],
    ...[flags.summaryBatchSize, flags.dtype, flags.json, ...output],
  ],
  defaults: { data: "digits", "batch-size": `${defaults.batchSize}` },
  examples: [
    ["downhill model mlp:64,32", "for the handwritten digits"],
    ["downhill model mlp:1000,1000 --data fashion-mnist --batch-size 128", "a larger net, and what training it takes"],
    ["downhill model dense:64:tanh,dropout:0.5,dense --json", "layer by layer, as JSON"],
  ],
  load: () => import("./model.ts"),
};

const report: Command = {
  name: "report",
  summary: "build report.html again from one or several run folders",
  words: [["<run...>", "folders that train, compare or minimize have left"]],
  flags: [flags.reportFile, flags.json, ...output],
  examples: [
    ["downhill report runs/2026-01-31T15-04-05-compare-digits", "that run's own report"],
    ["downhill report runs/a runs/b --out both.html", "two runs side by side"],
  ],
  load: () => import("./report.ts"),
};

const lecture: Command = {
  name: "lecture",
  summary: "the lecture's statements as experiments: list them, or run one",
  words: [["[experiment]", "the one to run, or all"]],
  flags: [
    ...[...dataFlags, flags.temperatures],
    ...[flags.device, flags.backend, flags.threads, flags.figureFile, flags.json, ...output],
  ],
  defaults: { data: "digits" },
  examples: [
    ["downhill lecture", "which there are"],
    ["downhill lecture learning-rate --figure rates.svg", "one, with its figure"],
    ["downhill lecture radford-beale --figure beale.gif", "seven optimizers race down a valley"],
    ["downhill lecture all --figure lecture.html", "all of them, on one page"],
  ],
  load: () => import("./lecture.ts"),
};

const doctor: Command = {
  name: "doctor",
  summary: "say what this machine can compute with, and where the data are",
  about: "Each device is tried. For one that does not work it says why, and what to do.",
  flags: [flags.dataDir, flags.json, ...output],
  examples: [["downhill doctor", "devices, versions, threads, memory, data sets"]],
  load: () => import("./doctor.ts"),
};

export const commands: readonly Command[] = [
  compare,
  train,
  minimize,
  race,
  surfaces,
  optimizers,
  data,
  model,
  lecture,
  report,
  doctor,
];
