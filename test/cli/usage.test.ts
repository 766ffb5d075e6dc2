import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { downhill, temporaryFolder } from "./command.ts";

/** What is typed, and what the one line on stderr has to say. */
const mistakes: readonly (readonly [typed: string, says: string])[] = [
  ["trian", 'there is no command "trian"; did you mean train?'],
  ["--versoin", "there is no flag --versoin"],
  ["train --epoch 3", "there is no flag --epoch; did you mean --epochs?"],
  ["train --learning-rate 0.1", "there is no flag --learning-rate; did you mean --lr?"],
  ["train --batch 32", "there is no flag --batch; did you mean --batch-size?"],
  ["help trian", 'there is no command "trian"; did you mean train?'],
  ["help nonsense", 'there is no command "nonsense"; see downhill --help'],
  ["model --model mlp:3", "there is no flag --model; it stands without one: downhill model [model]"],
  ["train --lr", "--lr needs a value: <rate>; see downhill train --help"],
  ["train digits", "train takes 0 arguments, not 1"],
  ["train --lr abc", '--lr is "abc"; it must be a number, 0 or more'],
  ["train --lr -1", '--lr is "-1"'],
  ["train --lr 1e400", '--lr is "1e400", which is no finite number here; it must be a number, 0 or more'],
  ["train --lr 0x10", '--lr is "0x10"'],
  ["train --lr .1e-400", '--lr is ".1e-400", which is too near to 0 to be told from it; write 0 if that is meant'],
  ["train --stop-at-target", "--stop-at-target: there is no target to stop at; give --target, too"],
  ["minimize csv/good.csv", "csv/good.csv is neither a surface nor a formula, but looks like a file"],
  ["minimize no/x.json", "no/x.json is neither a surface nor a formula, but looks like a file"],
  [
    "train --epochs 1e99",
    '--epochs is "1e99"; it must be a whole number, 0 or more, and at most 9,007,199,254,740,991',
  ],
  [
    "train --batch-size 1e99",
    '--batch-size is "1e99"; it must be a whole number, 1 or more, or "full", and at most 9,007,199,254,740,991',
  ],
  ["train --epochs 0.5", '--epochs is "0.5"; it must be a whole number, 0 or more'],
  ["train --batch-size 0", '--batch-size is "0"; it must be a whole number, 1 or more, or "full"'],
  ["train --limit 0", '--limit is "0"'],
  ["train --seed -1", '--seed is "-1"'],
  ["train --dropout 1", '--dropout is "1"'],
  ["train --threads 0", '--threads is "0"'],
  ["train --dtype f16", '--dtype "f16" is not known'],
  ["train --activation rleu", '--activation "rleu" is not known; did you mean relu?'],
  ["train --delimiter ;;", '--delimiter is ";;"; it must be comma, semicolon, tab, bar, blank, or one character'],
  ["train --decimal x", '--decimal is "x"; it must be "." or ","'],
  ["train --not-missing a,,b", '--not-missing is "a,,b"; it must be words separated by commas'],
  ["train --target 150%", '--target is "150%"'],
  ["train --target accuracy=2", '--target is "accuracy=2"'],
  ["train --data digit", '"digit" is not known; did you mean digits?'],
  ["train --optimizer foo", 'optimizer "foo" is not known; downhill optimizers lists all'],
  ["train --optimizer new", "did you mean newton, newton-cg or newton-trust-region? (downhill optimizers lists all"],
  ["train --optimizer adm", 'optimizer "adm" is not known; did you mean adam?'],
  ["train --set bta1=0.8", `--set bta1=0.8: adam's hyper-parameter "bta1" is not known; did you mean beta1?`],
  ["train --set alpha=0.8", `--set alpha=0.8: adam's hyper-parameter "alpha" is not known; did you mean lr?`],
  ["compare --figure a.svg", "there is no flag --figure; the curves are in report.html, in the run's folder"],
  ["compare --plot a.svg", "there is no flag --plot; the curves are in report.html, in the run's folder"],
  ["race x^2", "x^2 has 1 variable; a race is drawn on two"],
  ["race rosenbrock:3", "rosenbrock:3 has 3 variables; a race is drawn on two"],
  ["train --model flatten:3,dense", "flatten: an option is given, but there are none"],
  ["train --model dropout:0.1:2,dense", "dropout: 2 options are given, but there are only 1: rate"],
  ["train --set beta1=x", '--set beta1=x: beta1 is "x"; it must be a number'],
  ["train --set beta1=0x1", '--set is "beta1=0x1"; it must be a name with a number'],
  ["train --set beta1=1", "adam: beta1 is 1; it must be a number from 0 up to, but not including, 1"],
  ["train --optimizer adam --rule a.txt", "--rule and --optimizer: give one of them"],
  ["train --json --jsonl", "--jsonl and --json: give one of them"],
  ["train --model 64,32", 'model "64,32" is not known; for hidden layers of these sizes, say mlp:64,32; a model is'],
  ["data shw", 'data: action "shw" is not known; did you mean show?'],
  ["train --model perceptron", 'model "perceptron" is not known; a model is written like mlp:64,32'],
  ["train --model mlp:6.5", '"6.5" is not a number of units'],
  ["train --schedule cosin", 'schedule "cosin" is not known; did you mean cosine?'],
  ["train --schedule cosine:warmpu=3", `cosine's setting "warmpu" is not known; did you mean warmup?`],
  ["train --schedule cosine:eta_min=0.1", `cosine's setting "eta_min" is not known; did you mean end?`],
  ["train --schedule plateau:eta_min=0.1", "did you mean min?"],
  ["train --schedule exponential:gamma=0.9", 'exponential\'s setting "gamma" is not known; did you mean'],
  ["race beale --schedule step:step_size=3", "did you mean every?"],
  ["compare --schedule one-cycle:pct_start=0.2", "did you mean rise?"],
  ["train --schedule onecycle", "did you mean one-cycle?"],
  ["train --schedule cosine:cycles=9 --steps 8", "cycles is 9; 8 steps have room for 8 at most"],
  ["minimize beale --lr 0.01 --schedule plateau:min=0.1", "min is 0.1, above lr, which is 0.01"],
  [
    "compare --schedule plateau:min=0.01",
    "min=0.01 is a fixed rate, but lr is tuned here; write it as a fraction of lr",
  ],
  ["race beale --schedule cosine:end=1e-4", "end=1e-4 is a fixed rate, but lr is tuned here"],
  ["race beale --lr 0.1 --steps 9 --schedule cosine:cycles=10", "9 steps have room for 9 at most"],
  ["train --schedule cosine:warmup=x", 'warmup is "x"'],
  ["train --schedule cosine:warmup=90 --steps 80", "warmup is 90; it must be from 0 to less than steps (80)"],
  ["train --schedule cosine:warmup=200%", "warmup is 200% of the run; it must be from 0% to less than 100%"],
  ["train --schedule cosine:warmup=-1", "warmup is -1; it must be from 0 to less than the run's steps, a whole"],
  ["train --optimizer lbfg", 'optimizer "lbfg" is not known; did you mean lbfgs?'],
  ["train --optimizer sdg", 'optimizer "sdg" is not known; did you mean sgd?'],
  [
    "train --optimizer lbfgs --batch-size 32",
    "--batch-size 32: lbfgs compares losses, so each step takes all examples",
  ],
  [
    "train --optimizer lbfgs --lr 0.1",
    "--lr: lbfgs chooses its own step length and has no learning rate; --set accepts memory",
  ],
  [
    "train --optimizer newton --schedule cosine",
    "--schedule: newton chooses its own step length and has no learning rate; it has no settings",
  ],
  ["train --optimizer lbfgs --clip-norm 1", "--clip-norm: lbfgs chooses its own step length"],
  ["train --optimizer lbfgs --dropout 0.2", "lbfgs: mlp:64-64-10 has dropout"],
  [
    "train --model mlp:99999999",
    "mlp:64-99999999-10: training 7499999935 parameters on batches of 64 takes 150 GB in one memory",
  ],
  ["train --optimizer lbfgs --set memry=5", 'lbfgs\'s setting "memry" is not known; did you mean memory?'],
  ["train --optimizer lbfgs --set memory=0", "lbfgs: memory is 0; it must be a whole number, 1 or more"],
  ["train --optimizer lbfgs --set adam.memory=5", '--set adam.memory=5: optimizer "adam" is not known'],
  ["train --optimizer cg --set formula=dai-yan", 'formula is "dai-yan"; did you mean dai-yuan?'],
  ["train --optimizer saddle-free-newton", "a Hessian of 4810 variables is too large"],
  ["compare --optimizer adam,lbfgs", "--optimizer lbfgs: a solver takes all examples in each step"],
  ["compare --optimizer adam,lbfg", 'optimizer "lbfg" is not known; did you mean lbfgs?'],
  ["compare --seeds 0", '--seeds is "0"'],
  ["compare --seeds 1,1", '--seeds is "1,1"'],
  ["compare --lr best", '--lr is "best"; it must be a number, 0 or more, or "tuned"'],
  ["compare --optimizer adam,adam", "adam is given twice"],
  ["compare --set rho=0.5 --optimizer adam,momentum", 'hyper-parameter "rho" is not known'],
  ["compare --set sgd.lr=1 --optimizer adam", '--set sgd.lr=1: optimizer "sgd" is not known'],
  ["minimize", "minimize needs <surface>: a name, such as beale"],
  ["minimize bealle", 'surface "bealle" is not known; did you mean beale?'],
  ["minimize beale --start 1", "--start 1: beale has 2 variables (x, y); give a number for each"],
  ["minimize beale --start 1,a", '--start is "1,a"; it must be numbers separated by commas, or a start of a file'],
  ["minimize beale --start start2", "--start start2: beale has 2 variables"],
  ["minimize log(x) --start=-1", "log(x): the value at the start [-1] is NaN; start elsewhere"],
  ["minimize log(x) --start=-1 --optimizer lbfgs", "log(x): the value or the gradient at the start [-1] is not finite"],
  [
    "minimize sqrt(x) --start 0 --optimizer newton",
    "sqrt(x): the value or the gradient at the start [0] is not finite",
  ],
  ["minimize ackley --optimizer lm", "--optimizer levenberg-marquardt: ackley does not provide residuals"],
  ["minimize ackley --optimizer kfac", "lbfgs and newton work on any formula"],
  ["minimize beale --noise 0.1 --optimizer newton", "--noise: newton relies on exact gradients"],
  ["minimize beale --noise=-1", '--noise is "-1"; it must be a number, 0 or more'],
  ["minimize beale --seed 3", "--seed decides the noise, and there is none: give --noise, too"],
  ["minimize beale --figure walk.pdf", "--figure walk.pdf: the name must end in"],
  ["minimize rosenbrock:3 --figure walk.gif", "only walks on one or two variables move"],
  ["minimize beale --steps 1e9", '--steps is "1e9"'],
  ["minimize x + y", "minimize takes 1 argument, not 3; put quotes around what has spaces in it"],
  ["minimize -x^2", "there is no flag -x^2; see downhill minimize --help (to give -x^2 as it is, write -- before it)"],
  ["optimizers adma", 'optimizer "adma" is not known; did you mean adam?'],
  ["optimizers lbgfs", 'optimizer "lbgfs" is not known; did you mean lbfgs?'],
  ["optimizers lbfgs --tex", "--tex is for update rules; lbfgs is a solver"],
  ["optimizers lbfgs --rule my.txt", "a name and --rule: give one of them"],
  ["optimizers --tex", "--tex is for one optimizer"],
  ["optimizers adam --pytorch --json", "--json and --pytorch: give one of them"],
  ["optimizers adam --tex --pytorch", "--tex and --pytorch: give one of them"],
  ["optimizers lbfgs --pytorch", "--pytorch is for update rules"],
  ["data shwo", '"shwo" is not known; did you mean show?'],
  ["data digits", "downhill data show digits"],
  ["data show", "data show: name a data set"],
  ["data fetch mnits", 'the data set "mnits" is not known; did you mean mnist?'],
  ["report", "report needs <run...>: run folders of train, compare, minimize, fit or reproduce"],
];

test.each(mistakes)("downhill %s: one line, exit code 2, nothing on stdout", async (typed, says) => {
  const { code, out, err } = await downhill(typed.split(" ").filter((word) => word !== ""));
  expect(err).toContain(says);
  expect(err).toMatch(/^downhill: [^\n]+\n$/);
  expect([code, out]).toEqual([2, ""]);
});

test("a formula that cannot be read is pointed at", async () => {
  const { code, err } = await downhill(["minimize", "x^2 + alpha"]);
  expect([code, err]).toEqual([2, 'downhill: line 1, column 7: unknown name "alpha"\n    x^2 + alpha\n          ^\n']);
});

test("an empty name of a folder is told", async () => {
  const { err } = await downhill(["train", "--out", ""]);
  expect(err).toBe('downhill: --out is ""; it must be a text that is not empty\n');
});

test("the count of optimizers is that of the list", async () => {
  const { err } = await downhill(["train", "--optimizer", "frobnicate"]);
  const { out } = await downhill(["optimizers", "--json"]);
  expect(err).toContain(`lists all ${JSON.parse(out).length}\n`);
});

test.each([true, false])(
  "control characters of a model and of classes do not reach a terminal: %s",
  async (terminal) => {
    const folder = await temporaryFolder();
    const file = join(folder, "evil.json");
    const name = "\u001b[31mred\u001b]0;title\u0007\u009b2J\r";
    await writeFile(file, JSON.stringify({ format: "downhill-model 1", name, layers: [{ kind: "dense" }] }));
    const table = join(folder, "classes.csv");
    await writeFile(table, `a,b,kind\n${"1,2,\u001b[2Jx\n2,3,y\n3,1,z\n".repeat(10)}`);
    const model = await downhill(["model", file], { terminal });
    expect(model.out).toContain("red");
    const data = await downhill(["data", "show", `csv:${table}`], { terminal, env: { COLORTERM: "truecolor" } });
    expect(data.out).toContain("[2Jx");
    for (const { out } of [model, data])
      expect(out).not.toMatch(terminal ? /[^\P{Cc}\n\t]/u : /[^\P{Cc}\n\t\x7f-\x9f]/u);
  },
);

test.each([
  ["train --rule nowhere.txt", "nowhere.txt: there is no such file; check the path"],
  ["minimize nowhere.dat", "nowhere.dat: there is no such file; check the path"],
  ["minimize beale --figure nowhere/walk.svg", "nowhere: there is no such"],
  ["train --config nowhere.json", "nowhere.json: there is no such file; check the path"],
  ["train --data csv:nowhere.csv", "csv:nowhere.csv: there is no such file; check the path"],
  ["train --data mnist --data-dir nowhere", "not found in nowhere"],
  ["data fetch csv:nowhere.csv", "cannot be downloaded"],
  ["train --data cifar-10 --data-dir nowhere", "data_batch_1.bin and test_batch.bin not found in nowhere"],
  ["report nowhere", "nowhere"],
])("downhill %s: the world is not as it should be, exit code 1", async (typed, says) => {
  const { code, out, err } = await downhill(typed.split(" "));
  expect(err).toContain(says);
  expect(err).toMatch(/^downhill: [^\n]+\n$/);
  expect([code, out]).toEqual([1, ""]);
});

test("damaged data are refused before a folder is made", async () => {
  const folder = await temporaryFolder();
  const file = join(folder, "holes.csv");
  await writeFile(file, `a,b,kind\n${"1,2,x\n2,3,y\n".repeat(10)}3,,x\n`);
  const { code, err } = await downhill(["train", "--data", `csv:${file}`, "--out", join(folder, "runs")]);
  expect([code, err]).toEqual([
    1,
    expect.stringMatching(/^downhill: .*line 22, column 2 \("b"\): the cell is empty.*\n$/),
  ]);
  await mkdir(join(folder, "runs")); // it is not there yet
});

test("a rule that cannot be read is pointed at, in its file", async () => {
  const file = join(await temporaryFolder(), "mine.txt");
  await writeFile(file, "hyper lr = 0.1\nw = w - lr*grad\n");
  const { code, err } = await downhill(["train", "--rule", file]);
  expect(code).toBe(1);
  expect(err).toContain(`${file}: line 2, column 12: unknown name "grad"`);
});

test("a bug is told in one line, and with its stack where that is asked for", async () => {
  const failing = {
    onOutput: () => {
      throw new Error("the stream broke");
    },
  };
  const plain = await downhill(["optimizers"], failing);
  expect(plain).toMatchObject({
    code: 1,
    err: "downhill: unexpected error: the stream broke (set DOWNHILL_DEBUG=1 to see where)\n",
  });
  const debug = await downhill(["optimizers"], { ...failing, env: { DOWNHILL_DEBUG: "1" } });
  expect(debug.err).toMatch(/the stream broke\n\s+at /);
});

test.each([
  ["optimizers adam --tex", "the result"],
  ["surfaces beale", "the result"],
  ["minimize beale --steps 3", "the result"],
  ["race beale --steps 3 --lr 0.1 --optimizer adam", "the result"],
  ["data show digits --count 1", "the result"],
  ["model mlp:3", "the result"],
  ["train --data moons --epochs 1 --no-out --jsonl", "each event"],
])("downhill %s: a RangeError while %s is written is a bug, and no mistake of the user's", async (typed) => {
  const broken = new RangeError("index out of range");
  const onOutput = () => {
    throw broken;
  };
  expect(await downhill(typed.split(" "), { onOutput })).toMatchObject({
    code: 1,
    err: "downhill: unexpected error: index out of range (set DOWNHILL_DEBUG=1 to see where)\n",
  });
});

test.each([
  ["--model dense:99:relu,dense:3", "dense:99:relu,dense:3 does not fit digits: 3 outputs for 10 classes"],
  ["--model mlp:99999999", "takes 90.0 GB in one memory"],
  ["--model mlp:9999999999", "takes 9,000 GB in one memory"],
])("compare %s is refused before anything is computed or a folder made", async (typed, says) => {
  const folder = await temporaryFolder();
  const { code, err } = await downhill(["compare", ...typed.split(" "), "--out", folder]);
  expect({ code, told: err.split("\n").length - 1 }).toEqual({ code: 2, told: 1 });
  expect(err).toContain(says);
  expect(await readdir(folder)).toEqual([]);
});
