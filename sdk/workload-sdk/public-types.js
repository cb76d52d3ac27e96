// Types only; see public-types.d.ts.
export {};
