import { mutantsOfQuantities } from "./mutants-of-quantities.ts";
import { testMutants } from "./mutations.ts";

testMutants(mutantsOfQuantities);
