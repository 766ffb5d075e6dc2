/**
 * Why Vulkan cannot be loaded on Linux; undefined where it can, and on other systems, which have their own way to a GPU. ONNX Runtime would
 * say so on the terminal, past everyone who could say it in other words.
 */
export function vulkanFault(): Error | undefined {
  if (process.platform !== "linux") return undefined;
  try {
    process.dlopen({ exports: {} }, "libvulkan.so.1");
  } catch (error) {
    // A library that is there is refused, too, as it is no module of Node's.
    if (error instanceof Error && error.message.includes("cannot open shared object")) return error;
  }
  return undefined;
}
