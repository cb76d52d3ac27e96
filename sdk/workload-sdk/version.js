/** The version under which this package was installed. From 0.0.10 on, a handler sees paths without its endpoint. */
export const version = "0.0.10";
