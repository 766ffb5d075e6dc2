import { nearestName } from "../../src/arguments/index.ts";

/**
 * What Keras, PyTorch, scikit-learn, Lightning and Optuna call our flags, commands and values: none of these is accepted, but
 * each leads to the name that is.
 */

type Synonyms = Readonly<Record<string, string>>;

/** One name for each of several, as lines: `ours: theirs, theirs`. A flag may stand with a value. */
const table = (lines: string): Synonyms =>
  Object.fromEntries(
    lines
      .trim()
      .split("\n")
      .flatMap((line) => {
        const [ours = "", theirs = ""] = line.split(/:(?= )/);
        return theirs.split(",").map((name) => [name.trim(), ours.trim()]);
      }),
  );

/** Several of ours for one of theirs stand with `|`: the first that the command has is meant. */
const flags = table(`
  lr: learning-rate, learning-rate-init, rate, eta, eta0, alpha, step-size, stepsize, base-lr, max-lr, init-lr
  lr-range: lr-find, lr-finder, find-lr, auto-lr-find, range-test, lr-range-test, lr-test
  batch-size: batch, batchsize, mini-batch, mini-batch-size, minibatch, minibatch-size, bs, b, train-batch-size
  epochs|steps: epoch, n-epochs, num-epochs, nb-epoch, max-epochs, n-epoch, num-train-epochs, passes, e
  steps|epochs: iterations, iters, n-iter, num-iter, max-iter, max-iterations, max-steps, num-steps, n-steps, maxiter, steps-per-epoch
  patience: early-stopping, early-stop, earlystopping, n-iter-no-change, early-stopping-patience, early-stopping-rounds
  monitor: early-stopping-metric, early-stopping-monitor, metric-for-best-model, save-best, save-best-only
  min-delta: mindelta, early-stopping-min-delta, early-stopping-threshold, n-iter-no-change-tol
  optimizer: optim, opt, algorithm, algo, solver, method, updater
  weight-decay: wd, decay, decoupled-weight-decay
  decay-factor biases=0: no-decay, no-weight-decay, exclude-from-weight-decay, skip-weight-decay
  decay-factor: decay-mult, decay-multiplier
  from: init-from, initial, initial-weights, pretrained, load, load-model, checkpoint, resume, resume-from, fine-tune, finetune, warm-start, base-model
  partial: no-strict, non-strict, ignore-mismatch, ignore-mismatched-sizes
  freeze: frozen, freeze-layers, frozen-layers, trainable, requires-grad, no-grad
  lr-factor: lr-mult, lr-multiplier, layer-lr, layerwise-lr, lr-scale, discriminative-lr, layer-decay, param-groups
  image-size: img-size, imgsz, input-size, resize, target-size, size, crop-size
  whiten zca: whitening, zca, zca-whitening, pca-whitening
  augment: augmentation, augmentations, data-augmentation, transform, transforms, data-aug, aug
  augment pad-crop=4: random-crop, pad-crop, crop, padding
  augment flip: random-flip, horizontal-flip, hflip, flip, random-horizontal-flip
  l2: l2-reg, l2-regularization, l2-penalty, reg, regularization, regularizer, lambda, penalty, ridge
  clip-norm: clipnorm, grad-clip, gradient-clip, gradient-clip-val, max-grad-norm, max-norm, clip-grad-norm, global-clipnorm, clip
  clip-value: clipvalue, clip-grad-value
  schedule: scheduler, lr-scheduler, lr-schedule, learning-rate-schedule, annealing
  schedule cosine:warmup=100: warmup, warmup-steps, num-warmup-steps
  set: hyper, hyperparameter, hyper-parameter, param, params
  set beta=0.9: beta, momentum-factor
  set beta1=0.9: beta1, beta-1, betas
  set beta2=0.999: beta2, beta-2
  set rho=0.9: rho
  set eps=1e-8: eps, epsilon
  optimizer momentum: momentum
  optimizer nesterov: nesterov
  optimizer adam: adam
  optimizer sgd: sgd
  model: net, network, arch, architecture, hidden, hidden-layers, hidden-layer-sizes, hidden-units, hidden-size, layers, units, neurons, num-layers, mlp
  loss: criterion, loss-function, loss-fn, cost, cost-function, objective-function
  activation: act, activation-function, nonlinearity, activations
  label-smoothing: smoothing, label-smoothing-factor, smooth-labels, smooth, label-smooth
  dropout: drop, dropout-rate, drop-rate, p-drop
  data: dataset, data-set, input, input-file, file, csv, train-data, training-data, train-file, source
  data-dir: data-path, data-folder, data-root, datadir, root, cache, cache-dir
  delimiter: sep, separator, delim, field-separator
  decimal: decimal-separator, decimal-mark, decimal-point
  not-missing: na-values, keep-default-na, null-values
  thousands: thousands-separator, thousands-sep, group-separator
  ignore: drop-columns, drop-column, exclude, skip, skip-columns, ignore-columns, without
  columns: features, feature-columns, usecols, use-columns, inputs, x, select
  weights: sample-weight, sample-weights, weight, weight-column, weights-column, example-weights, instance-weights, case-weights
  class-weights: class-weight, classweight, class-balance, balance, balanced, pos-weight, scale-pos-weight, class-weighting
  folds: cv, kfold, k-fold, k-folds, n-splits, n-folds, cross-validate, cross-validation, crossval, cross-val
  group-by: group, groups, groupby, group-column, groupkfold, group-k-fold
  missing: impute, imputation, imputer, na, fillna, fill-na, dropna, missing-values
  rare: min-frequency, min-count, rare-words
  as-is: no-standardize, no-standardise, no-scaling, no-normalize, raw, unscaled
  validation-split: val-split, valid-split, validation-fraction, val-size, validation-size, validation-ratio
  test-split: test-size, test-fraction, test-ratio, holdout
  split-seed: data-seed, split-state
  split-by: split-column, split, set-column
  validation: val-data, validation-data, valid-data, validation-file, eval-data
  test: test-data, test-file
  limit: max-examples, n-samples, num-samples, max-samples, subset, train-size, limit-train-batches
  predict: label, labels, label-column, target-column, y, response, output-column, class-column, target-name
  task: problem, problem-type, objective, mode
  seed|seeds: random-seed, random-state, rng, rng-seed, manual-seed, set-seed
  seeds: n-seeds, num-seeds, repeats, repeat, replicates, runs, n-runs, restarts
  trials: n-trials, num-trials, n-calls, budget, search, max-trials
  tuning-epochs: trial-epochs, search-epochs
  workers|threads: jobs, n-jobs, num-workers, processes, cpus, cores, parallel, max-workers, j
  threads|workers: num-threads, n-threads, thread
  trajectory: save-every, save-freq, save-steps, checkpoint-every, checkpoints, save-checkpoints, keep-points, snapshots, path
  target: goal, stop-loss, stop-value, threshold, baseline
  stop-at-target: stop-on-target, stop-when-reached
  dtype: precision, type, float, double, fp64, float32, float64, data-type
  device: provider, engine, accelerator, execution-provider, gpu
  out: output, output-dir, out-dir, outdir, o, save-dir, log-dir, logdir, run-dir, dir, folder, result-dir, results-dir, default-root-dir
  no-out: dry-run, no-save, no-log, no-logs
  json: format, as-json, to-json
  jsonl: json-lines, ndjson, stream, log-json
  quiet: q, silent, no-progress, no-progress-bar, disable-tqdm
  no-color: no-colour, nocolor, no-colors, monochrome, color, colour
  figure: plot, image, save-plot, save-figure, fig, picture, gif, svg, png, animation, draw
  config: settings, cfg, conf, config-file, options
  print-config: show-config, dump-config, save-config
  start: x0, init, initial, from, start-point, initial-guess, p0, w0
  noise: sigma, std, noise-std, gradient-noise
  within: domain, bounds, window, xlim, range, region
  rule: rule-path, custom, update-rule, own-rule
  tex: latex
  pytorch: torch
  count: n, num, number, samples, head
`);

const commands = table(`
  train: learn, run, training, teach
  fit: curve-fit, curvefit, fit-curve, fitcurve, regress, nls, curve
  compare: benchmark, bench, tune, sweep, search, start, comparison, optimize-hyperparameters
  minimize: optimize, optimise, walk, descend, descent, fmin, solve, surface-walk
  race: animate, versus, vs, contest
  surfaces: functions, function, landscape, landscapes, problems, test-functions, critical-points
  optimizers: rules, rule, optims, algorithms, algorithm, solvers, solver, methods, update-rules
  model: models, net, network, architecture, inspect, layers, parameters
  export: convert, save-as, to-onnx, deploy
  data: datasets, dataset, fetch, download, show
  lecture: experiments, experiment, course, lesson, lessons, slides, claims
  doctor: info, env, environment, devices, status, check, diagnose, system
  report: html, summary, summarize, view, plot, open
  --help: usage, man, commands
  --version: ver
`);

const values: Readonly<Record<string, Synonyms>> = {
  optimizer: table(`
    gradient-descent: vanilla, plain, batch-gradient-descent
    momentum: sgd-momentum, sgdm, heavy-ball, msgd
    nesterov: sgd-nesterov, nesterov-momentum
    rmsprop: rms, rms-prop
    lbfgs: l-bfgs-b, lbfgsb
    conjugate-gradient: conjugate-gradients, ncg, fletcher-reeves
    levenberg-marquardt: marquardt, leastsq, least-squares, curve-fit
    newton-cg: truncated-newton, tnc
  `),
  activation: table(`
    leaky-relu: leakyrelu, lrelu
    sigmoid: logistic
    identity: linear, none
  `),
  loss: table(`
    softmax-cross-entropy: cross-entropy, crossentropy, crossentropyloss, categorical-crossentropy, categorical-cross-entropy, sparse-categorical-crossentropy, sparse-categorical-cross-entropy, ce, nll, log-loss, logloss, softmax
    binary-cross-entropy: bce, binary-crossentropy, binarycrossentropy, bcewithlogitsloss, bceloss, sigmoid-cross-entropy, logistic
    mean-squared-error: mse, mseloss, squared-error, l2, l2-loss, least-squares, quadratic
  `),
  dtype: table(`
    f32: float32, float, single, fp32, 32
    f64: float64, double, fp64, 64
  `),
  device: table(`
    auto: default, best, onnx, onnxruntime, ort
    cpu: native, onnxruntime-node
    wasm: webassembly, onnxruntime-web, simd
    webgpu: gpu, vulkan, metal, mps, directml, dml
    cuda: nvidia, cuda:0
    reference: interpreter, js, javascript, slow
  `),
  backend: table(`
    onnx: cpu, onnxruntime, ort, native, default
    reference: interpreter, js, javascript, slow
  `),
  task: table(`
    classification: classify, class, classes, classifier, categorical, binary, multiclass
    regression: regress, regressor, numeric, continuous, number
  `),
  format: table(`
    onnx: ort, onnxruntime, ai.onnx
    safetensors: weights, tensors
    pytorch: torch, pt, pth, python, py, torchscript, nn.module
    js: javascript, mjs, esm, es-module, module, typescript, ts, web, node
    huggingface: hf, hub, hugging-face, transformers, model-card
  `),
  "batch-size": table(`
    full: all, whole, full-batch, inf
  `),
  lr: table(`
    tuned: auto, search, tune, best
  `),
};

/** `--learning_rate=0.1`, `learningRate` and `LEARNING-RATE` are one name. */
export const plainName = (given: string): string =>
  given
    .split("=", 1)[0]
    .replace(/^-+/, "")
    .replace(/([a-z\d])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replaceAll("_", "-");

const meant = (synonyms: Synonyms | undefined, given: string): string[] =>
  synonyms !== undefined && Object.hasOwn(synonyms, given) ? synonyms[given].split("|") : [];

/** The name among `allowed` that another library calls so, or that is nearest: misspelt, or cut short. */
function suggestion(given: string, synonyms: Synonyms, allowed: readonly string[]): string | undefined {
  const name = plainName(given);
  if (allowed.includes(name)) return name;
  const direct = meant(synonyms, name).find((each) => allowed.includes(first(each)));
  return direct ?? cutShort(name, allowed) ?? nearestName(name, allowed) ?? misspelt(name, synonyms, allowed);
}

/** The only name that begins so. */
function cutShort(name: string, allowed: readonly string[]): string | undefined {
  const [only, ...more] = name.length < 3 ? [] : allowed.filter((each) => each.startsWith(name));
  return more.length === 0 ? only : undefined;
}

/** A synonym that is itself misspelt. */
function misspelt(name: string, synonyms: Synonyms, allowed: readonly string[]): string | undefined {
  const near = nearestName(
    name,
    Object.keys(synonyms).filter((each) => each.length > 3),
  );
  return meant(synonyms, near ?? "").find((each) => allowed.includes(first(each)));
}

/** A flag without the value that it is suggested with. */
const first = (words: string): string => words.split(" ", 1)[0];

/** The flag, without its dashes, that is meant by another one, of those that a command has. */
export const flagMeant = (given: string, allowed: readonly string[]): string | undefined =>
  suggestion(given, flags, allowed);

export const commandMeant = (given: string, allowed: readonly string[]): string | undefined =>
  suggestion(given, commands, [...allowed, "--help", "--version"]);

/** The value that is meant by another library's word for it; undefined for a word that is no such synonym. */
export const valueMeant = (flag: string, given: string): string | undefined =>
  meant(Object.hasOwn(values, flag) ? values[flag] : undefined, given.trim().toLowerCase().replaceAll("_", "-"))[0];
