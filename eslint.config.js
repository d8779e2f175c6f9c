// The rules for the browser's modules (static/) and for what tests them under Node.js. Types are
// checked apart, by tsc (tsconfig.json); `make lint` runs both.

import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["static/vendor/", "node_modules/", "var/", "build/", ".venv/"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  {
    files: ["**/*.js", "**/*.mjs"],
    languageOptions: { ecmaVersion: 2024, sourceType: "module" },
    rules: {
      "array-callback-return": "error",
      "complexity": ["error", 10],
      "consistent-return": "error",
      "curly": ["error", "multi-line"],
      "default-case-last": "error",
      "dot-notation": "error",
      "eqeqeq": "error",
      "max-params": ["error", 6],
      "no-console": "error",
      "no-duplicate-imports": "error",
      "no-else-return": "error",
      "no-eval": "error",
      "no-implicit-coercion": "error",
      "no-implied-eval": "error",
      "no-lonely-if": "error",
      "no-new-func": "error",
      "no-param-reassign": ["error", { props: false }],
      "no-script-url": "error",
      "no-self-compare": "error",
      "no-shadow": "off", // destructured fields are often called as a function of the module
      "no-throw-literal": "error",
      "no-unneeded-ternary": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-useless-return": "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-arrow-callback": "error",
      "prefer-const": "error",
      "prefer-template": "error",
      "require-await": "error",
    },
  },
  {
    files: ["static/**/*.js", "consultazione/archive/assets/*.js", "tests/support/page_shape.js"],
    languageOptions: { globals: globals.browser },
    rules: { "no-restricted-properties": ["error", { property: "innerHTML" }] },
  },
  {
    files: ["tests/**/*.mjs", "consultazione/web/assets/*.mjs", "*.js"],
    languageOptions: { globals: globals.node },
    rules: { "no-console": "off" },
  },
];
