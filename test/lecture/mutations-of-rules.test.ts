import { mutantsOfRules } from "./mutants-of-rules.ts";
import { testMutants } from "./mutations.ts";

testMutants(mutantsOfRules);
