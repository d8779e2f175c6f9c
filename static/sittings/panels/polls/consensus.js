// @ts-check
// A poll on how far one can go along: four levels, one press is the ballot. A kind of poll, see
// index.js; it is drawn as yes_no_abstain.js draws its own.

export { ballot, result, said } from "./yes_no_abstain.js";
