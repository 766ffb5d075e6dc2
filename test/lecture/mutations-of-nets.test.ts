import { mutantsOfNets } from "./mutants-of-nets.ts";
import { testMutants } from "./mutations.ts";

testMutants(mutantsOfNets);
