import { type Automaton, automatonOf } from "./automaton.ts";

/** One character of each kind that patterns tell apart. */
const ALPHABET = [
  ...Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)),
  ..."\u00a0\u200b\u2028\ufeff\u0661²⁻₁ïßΣ漢−≤",
  "💡",
];

/**
 * Why a regular expression can take more than linear time on some text; undefined where it cannot. A backtracking matcher
 * tries every way to read a text before it gives up. There are many ways where a word v leads from a state p to itself, from
 * p to another state q, and from q to itself (Weber & Seidl 1991, On the degree of ambiguity of finite automata): then vⁿ can
 * be split between p and q at n places. Two ways from p back to p make exponentially many. The search for where a match
 * begins counts as a state that takes everything. No harm is done where q is an end that nothing can refuse.
 */
export function ambiguityIn(pattern: RegExp): string | undefined {
  const automaton = withSearch(automatonOf(pattern));
  const loops = automaton.takes.map((_, state) => reachable(automaton, state));
  const isFree = (state: number): boolean => !automaton.asserts && automaton.last.includes(state);
  for (const [from, to] of automaton.twice)
    if (loops[to].has(from) && !isFree(to)) return `place ${to} is reached from place ${from} in two ways`;
  const ways: Ways = { moves: movesOf(automaton), reach: loops.map((after, state) => new Set([state, ...after])) };
  for (const p of automaton.takes.keys())
    for (const q of automaton.takes.keys()) {
      if (!loops[p].has(p) || !loops[q].has(q) || !loops[p].has(q) || isFree(q)) continue;
      if (p === q && twoWays(ways, p)) return `place ${p} repeats in two ways`;
      if (p !== q && leads(ways, [p, p, q], [p, q, q])) return `places ${p} and ${q} share a repetition`;
    }
  return undefined;
}

function withSearch(automaton: Automaton): Automaton {
  if (!automaton.searches) return automaton;
  const search = automaton.takes.length;
  return {
    ...automaton,
    takes: [...automaton.takes, () => true],
    next: [...automaton.next, [search, ...automaton.first]],
  };
}

/** Where words lead. */
interface Ways {
  /** For each kind of letter, and each state, the states that come next. */
  readonly moves: readonly (readonly (readonly number[])[])[];
  /** For each state, itself and all that can come later. */
  readonly reach: readonly ReadonlySet<number>[];
}

function movesOf({ takes, next }: Automaton): Ways["moves"] {
  const kinds = new Map<string, ReadonlySet<number>>();
  for (const letter of ALPHABET) {
    const states = takes.flatMap((take, state) => (take(letter) ? [state] : []));
    kinds.set(states.join(), new Set(states));
  }
  return [...kinds.values()].map((taking) => next.map((after) => after.filter((state) => taking.has(state))));
}

function reachable({ next }: Automaton, from: number): ReadonlySet<number> {
  const seen = new Set<number>();
  const open = [...next[from]];
  for (let state = open.pop(); state !== undefined; state = open.pop())
    if (!seen.has(state)) {
      seen.add(state);
      open.push(...next[state]);
    }
  return seen;
}

/** Whether one word leads each of several states to its goal. States from which a goal is out of reach are not followed. */
function leads({ moves, reach }: Ways, from: readonly number[], to: readonly number[]): boolean {
  const goal = to.join();
  const seen = new Set<string>();
  const open = [from];
  for (let states = open.pop(); states !== undefined; states = open.pop())
    for (const next of moves) {
      const after = states.map((state, i) => next[state].filter((each) => reach[each].has(to[i])));
      for (const each of product(after)) {
        const key = each.join();
        if (key === goal) return true;
        if (!seen.has(key)) open.push(each);
        seen.add(key);
      }
    }
  return false;
}

/** Whether a word leads from p back to p in two ways, which part on the way. */
function twoWays(ways: Ways, p: number): boolean {
  const around = [...ways.reach[p]].filter((state) => ways.reach[state].has(p));
  const inner = around.flatMap((a) => around.flatMap((b) => (a < b ? [[a, b] as const] : [])));
  return inner.some((apart) => leads(ways, [p, p], apart) && leads(ways, apart, [p, p]));
}

const product = (lists: readonly (readonly number[])[]): number[][] =>
  lists.reduce<number[][]>((all, list) => all.flatMap((begin) => list.map((each) => [...begin, each])), [[]]);
