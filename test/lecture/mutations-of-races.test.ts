import { mutantsOfRaces } from "./mutants-of-races.ts";
import { testMutants } from "./mutations.ts";

testMutants(mutantsOfRaces);
