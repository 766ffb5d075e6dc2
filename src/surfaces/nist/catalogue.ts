import { unknownName } from "../../arguments/index.ts";

/** One of NIST's regressions, as lists show it. Its file has the model and the data. */
export interface Regression {
  /** NIST's spelling, which is also the file's name without `.dat`. */
  readonly name: string;
  /** What was measured, or the form of the model; shown in lists. */
  readonly title: string;
  /** The number of parameters. */
  readonly parameters: number;
  /** The number of rows of data. */
  readonly observations: number;
  /** NIST's grade. */
  readonly difficulty: "lower" | "average" | "higher";
}

const entry = (
  name: string,
  title: string,
  parameters: number,
  observations: number,
  difficulty: Regression["difficulty"],
): Regression => ({ name, title, parameters, observations, difficulty });

/**
 * All 27 regressions of NIST's reference data sets, by its grades of difficulty.
 * https://www.itl.nist.gov/div898/strd/nls/nls_main.shtml
 */
export const regressions: readonly Regression[] = [
  entry("Misra1a", "Monomolecular adsorption, exponential", 2, 14, "lower"),
  entry("Chwirut2", "Ultrasonic response versus distance", 3, 54, "lower"),
  entry("Chwirut1", "Ultrasonic response, with more data", 3, 214, "lower"),
  entry("Lanczos3", "Three exponentials, to 5 digits", 6, 24, "lower"),
  entry("Gauss1", "Two peaks that stand apart", 8, 250, "lower"),
  entry("Gauss2", "Two peaks that touch", 8, 250, "lower"),
  entry("DanWood", "Energy of a carbon filament lamp", 2, 6, "lower"),
  entry("Misra1b", "Monomolecular adsorption, a square", 2, 14, "lower"),
  entry("Kirby2", "Line width in an electron microscope", 5, 151, "average"),
  entry("Hahn1", "Thermal expansion of copper", 7, 236, "average"),
  entry("Nelson", "Breakdown of insulation, versus time and temperature", 3, 128, "average"),
  entry("MGH17", "Two exponentials and a constant", 5, 33, "average"),
  entry("Lanczos1", "Three exponentials, to 14 digits", 6, 24, "average"),
  entry("Lanczos2", "Three exponentials, to 6 digits", 6, 24, "average"),
  entry("Gauss3", "Two peaks that overlap", 8, 250, "average"),
  entry("Misra1c", "Monomolecular adsorption, a root", 2, 14, "average"),
  entry("Misra1d", "Monomolecular adsorption, a fraction", 2, 14, "average"),
  entry("Roszman1", "Quantum defects in iodine atoms", 4, 25, "average"),
  entry("ENSO", "Air pressure and El Niño, three cycles", 9, 168, "average"),
  entry("MGH09", "A fraction whose tail is flat", 4, 11, "higher"),
  entry("Thurber", "Electron mobility in a semiconductor", 7, 37, "higher"),
  entry("BoxBOD", "Biochemical oxygen demand", 2, 6, "higher"),
  entry("Rat42", "Growth of a pasture", 3, 9, "higher"),
  entry("MGH10", "Resistance as a function of temperature", 3, 16, "higher"),
  entry("Eckerle4", "Transmittance of an interference filter", 3, 35, "higher"),
  entry("Rat43", "Growth of onions", 4, 15, "higher"),
  entry("Bennett5", "Magnetism of a superconductor", 3, 154, "higher"),
];

/** The regression of this name, whatever its case. Throws a RangeError that suggests the nearest name if there is none. */
export function findRegression(name: string): Regression {
  const found = regressions.find((each) => each.name.toLowerCase() === name.trim().toLowerCase());
  if (found !== undefined) return found;
  const names = regressions.map((each) => each.name.toLowerCase());
  throw new RangeError(unknownName("regression", name, names));
}
