import { DataTexture, DoubleSide, GLSL3, LinearFilter, RawShaderMaterial, RGBAFormat, Vector3 } from "three";
import { rampAt } from "../src/figure/surface/index.ts";
import { RELIEF, TO_SUN } from "./surface.ts";

/** The colours of the surface, of which still pictures have the same. */
export function rampTexture(): DataTexture {
  const size = 256;
  const colors = Uint8Array.from({ length: 4 * size }, (_, at) => {
    const channel = at % 4;
    return channel === 3 ? 255 : Math.round(rampAt(Math.floor(at / 4) / (size - 1))[channel]);
  });
  const texture = new DataTexture(colors, size, 1, RGBAFormat);
  texture.minFilter = LinearFilter;
  texture.magFilter = LinearFilter;
  texture.needsUpdate = true;
  return texture;
}

const vertexShader = `
precision highp float;
uniform mat4 modelViewMatrix, projectionMatrix;
uniform float flat_;
in vec2 place;
in float share;
in vec3 upright;
in vec2 light;
in float tone;
out float vShare, vTone;
out vec3 vUpright, vEye;
out vec2 vLight;
void main() {
  vShare = share; vTone = tone; vUpright = upright; vLight = light;
  vec4 seen = modelViewMatrix * vec4(place.x, flat_ > 0.5 ? 0.0 : share * ${RELIEF.toFixed(2)}, -place.y, 1.0);
  vEye = seen.xyz;
  gl_Position = projectionMatrix * seen;
}`;

/** The most lines on a surface. */
export const MOST_LINES = 64;

/** Lines at given heights, one pixel wide at any distance; they fade where they would run together. Their distance is that of each pixel, not of nodes: so they are smooth. */
const lines = `
uniform float levels[${MOST_LINES}];
uniform int count;
float lineAt(float share) {
  float width = max(fwidth(share), 1e-6);
  float strongest = 0.0;
  for (int k = 0; k < count; k++) {
    float gap = min(k > 0 ? levels[k] - levels[k - 1] : 1.0, k + 1 < count ? levels[k + 1] - levels[k] : 1.0);
    float near = 1.0 - smoothstep(0.15, 1.0, abs(share - levels[k]) / width);
    strongest = max(strongest, near * (1.0 - smoothstep(0.25, 0.6, width / gap)));
  }
  return strongest;
}`;

/** The sky's light, less in chasms; the sun's, with a sheen; the lower side in the dark. A rim where the surface is cut off. */
const surfaceShader = `
precision highp float;
uniform sampler2D ramp;
uniform vec3 sun;
uniform float lined;
uniform mat4 viewMatrix;
in float vShare, vTone;
in vec3 vUpright, vEye;
in vec2 vLight;
out vec4 color;
${lines}
void main() {
  if (vShare > 1.0) discard;
  vec3 base = vTone < -0.5 ? vec3(0.42) : texture(ramp, vec2(clamp(vTone, 0.0, 1.0) * (255.0 / 256.0) + 0.5 / 256.0, 0.5)).rgb;
  vec3 n = normalize(vUpright);
  vec3 seen = normalize(mat3(viewMatrix) * n);
  vec3 toSun = mat3(viewMatrix) * sun;
  float sheen = pow(max(dot(reflect(-toSun, seen), normalize(-vEye)), 0.0), 22.0) * vLight.y;
  float facing = max(dot(-seen, normalize(-vEye)), 0.0);
  float bright = gl_FrontFacing ? 0.38 * vLight.x + 1.05 * vLight.y : 0.1 + 0.22 * facing * facing;
  // The lower side is paler and cooler, so that it is not taken for the slope behind it.
  base = gl_FrontFacing ? base : mix(base, vec3(0.5, 0.53, 0.66), 0.5);
  vec3 linear = pow(base, vec3(2.2)) * bright + (gl_FrontFacing ? 0.16 * sheen : 0.0);
  vec3 shown = pow(min(linear, 1.0), vec3(1.0 / 2.2));
  shown = mix(shown, vec3(1.0), 0.42 * lined * lineAt(vShare));
  float rim = 1.0 - smoothstep(0.6, 1.8, (1.0 - vShare) / max(fwidth(vShare), 1e-6));
  color = vec4(mix(shown, vec3(1.0), 0.7 * rim), 1.0);
}`;

/** The same lines on the floor, in the colours of the ramp. */
const floorShader = `
precision highp float;
uniform sampler2D ramp;
uniform float lined;
in float vShare, vTone;
in vec3 vUpright, vEye;
in vec2 vLight;
out vec4 color;
${lines}
void main() {
  float line = lined * lineAt(vShare);
  if (vShare > 1.0 || line < 0.02) discard;
  color = vec4(texture(ramp, vec2(clamp(vTone, 0.3, 0.8), 0.5)).rgb, 0.55 * line);
}`;

/** `flat`: laid on the floor, where only lines are drawn. */
export function materialOf(ramp: DataTexture, flat: boolean): RawShaderMaterial {
  return new RawShaderMaterial({
    glslVersion: GLSL3,
    vertexShader,
    fragmentShader: flat ? floorShader : surfaceShader,
    side: DoubleSide,
    transparent: flat,
    depthWrite: !flat,
    uniforms: {
      ramp: { value: ramp },
      sun: { value: new Vector3(TO_SUN[0], TO_SUN[2], -TO_SUN[1]) },
      flat_: { value: flat ? 1 : 0 },
      lined: { value: 1 },
      levels: { value: new Float32Array(MOST_LINES) },
      count: { value: 0 },
    },
  });
}
