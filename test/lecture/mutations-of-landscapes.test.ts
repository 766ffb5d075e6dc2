import { mutantsOfLandscapes } from "./mutants-of-landscapes.ts";
import { testMutants } from "./mutations.ts";

testMutants(mutantsOfLandscapes);
