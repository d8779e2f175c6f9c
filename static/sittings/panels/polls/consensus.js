// How far one can go along: four levels, one press is the ballot.

export { ballot, result, said } from "./yes_no_abstain.js";
