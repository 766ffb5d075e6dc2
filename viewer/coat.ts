import { BackSide, GreaterDepth, MeshBasicMaterial, type MeshBasicMaterialParameters } from "three";

/** What a way is painted with. */
export interface Coat {
  readonly body: MeshBasicMaterial;
  /** Around the body, so that a way is seen on any ground. */
  readonly rim: MeshBasicMaterial;
  /** Where the surface hides the body: through it, and pale. */
  readonly hidden: MeshBasicMaterial;
}

/** By how much ways are drawn nearer to the eye than they are: those that lie on the surface are seen whole. */
const LIFT = 0.022;

export const coatOf = (color: string, rim: string): Coat => ({
  body: lifted({ color }),
  rim: lifted({ color: rim, side: BackSide }),
  hidden: lifted({ color, transparent: true, opacity: 0.4, depthFunc: GreaterDepth, depthWrite: false }),
});

function lifted(look: MeshBasicMaterialParameters): MeshBasicMaterial {
  const material = new MeshBasicMaterial(look);
  material.onBeforeCompile = (shader) => {
    shader.vertexShader = shader.vertexShader.replace(
      "#include <project_vertex>",
      `#include <project_vertex>
      vec4 nearer = projectionMatrix * (mvPosition + vec4(0.0, 0.0, ${LIFT}, 0.0));
      gl_Position.z = nearer.z / nearer.w * gl_Position.w;`,
    );
  };
  return material;
}
