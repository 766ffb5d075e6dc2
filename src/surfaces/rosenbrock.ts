import { box, everywhere, titleIn, variablesOf } from "./family.ts";
import { type CriticalPoint, listed, type Surface } from "./surface.ts";

/**
 * Rosenbrock's curved valley in n variables, Σ 100(xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)². With four or more it has a second, higher
 * minimum.
 */
export function rosenbrock(n = 2): Surface {
  const variables = variablesOf("rosenbrock", n, 2);
  const terms = variables.slice(1).map((next, i) => `100*(${next} - ${variables[i]}^2)^2 + (1 - ${variables[i]})^2`);
  const [second] = OTHERS.filter(({ minimum }) => minimum.at.length === n);
  return listed({
    name: "rosenbrock",
    title: titleIn(n, "Rosenbrock's valley"),
    text: terms.join(" + "),
    variables,
    domain: box(variables, -2, 2),
    start: variables.map((_, i) => (i % 2 === 0 ? -1.2 : 1)),
    minima: [{ at: everywhere(variables, 1), value: 0 }, ...(second === undefined ? [] : [second.minimum])],
    saddles: second === undefined ? [] : [second.saddle],
    complete: n <= 3,
    source:
      "Rosenbrock 1960, An automatic method for finding the greatest or least value of a function; other points for 4 to 7 " +
      "variables by search, as in Kok & Sandrock 2009, Locating and characterizing the stationary points of the extended Rosenbrock function",
  });
}

/** The critical points that `criticalPoints` finds besides the global minimum, for four to seven variables. */
const OTHERS: readonly { readonly minimum: CriticalPoint; readonly saddle: CriticalPoint }[] = [
  {
    minimum: {
      at: [-0.7756592265653524, 0.613093365485043, 0.3820628463383926, 0.1459720185521942],
      value: 3.7014286104300176,
    },
    saddle: {
      at: [-0.6561246357194465, 0.4431200409715731, 0.20431224822836497, 0.04174349477612903],
      value: 3.7082419966472617,
    },
  },
  {
    minimum: {
      at: [-0.9620510206947502, 0.9357393959767102, 0.8807136041943209, 0.7778776758544068, 0.6050936785926536],
      value: 3.930839434133028,
    },
    saddle: {
      at: [-0.5574683158988488, 0.3247400428337763, 0.11656732144533995, 0.023354396464298228, 0.0005454278342116256],
      value: 4.657371428200575,
    },
  },
  {
    minimum: {
      at: [
        -0.9865749795709937, 0.9833982288361818, 0.9721066700530919, 0.947437436826436, 0.8986511848517296,
        0.8075739520354175,
      ],
      value: 3.973940500930295,
    },
    saddle: {
      at: [
        -0.5554197271790322, 0.3224932742974448, 0.11520700409890439, 0.023502770405030723, 0.010447901204664939,
        0.00010915863958243907,
      ],
      value: 5.646383966587951,
    },
  },
  {
    minimum: {
      at: [
        -0.9917225725614055, 0.9935553935033712, 0.9921733215946921, 0.986898762690314, 0.975164756608873,
        0.9514319827049926, 0.9052228177139534,
      ],
      value: 3.983600536424854,
    },
    saddle: {
      at: [
        -0.555376976760589, 0.3224464802224329, 0.11517879975265286, 0.023506126928869428, 0.010656973479399591,
        0.010013436716574878, 0.00010026891487684988,
      ],
      value: 6.6362625075600175,
    },
  },
];
