/** A package that a workload adds only when it wants it: null when it is not installed, whatever else goes wrong is an error. */
export async function optional(load) {
  try {
    return await load();
  } catch (problem) {
    if (problem?.code === "ERR_MODULE_NOT_FOUND" || problem?.code === "MODULE_NOT_FOUND" || problem?.name === "ResolveMessage") {
      return null;
    }

    throw problem;
  }
}

export function needed(module, name, caller) {
  if (module === null) {
    throw new Error(`${caller} needs the package '${name}'; add it to the dependencies in package.json`);
  }

  return module;
}
