// Reduces what the pages load to what they use, once, at set-up: `python -m consultazione.web.assets`.
//
//   node reduce.mjs STATIC TEMPLATES INTO
//
// Reads which files of STATIC the TEMPLATES name by `asset('...')` or `styles('...')`. Scripts and styles are joined
// with what they import and minified; of the design system's style and icons only what a template
// or a script names is kept. Every file gets the digest of its content into its name, and its
// compressed forms beside it. INTO/manifest.json: from the path in STATIC to the one in INTO.

import { build } from "esbuild";
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { basename, dirname, join, relative, resolve } from "node:path";
import { PurgeCSS } from "purgecss";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const [STATIC, TEMPLATES, INTO] = process.argv.slice(2).map((path) => resolve(path));
const ICONS = "vendor/bootstrap-italia/sprites.svg";
const DESIGN = /bootstrap-italia\.min\.css$/;
const COMPRESSED = /\.(css|js|json|svg)$/;
// Classes that no file names whole: a template or a script adds the tone or the size, and a filter
// of the pages (consultazione/web/page_context.py) writes the last one.
const COMPOSED = [/^alert-/, /^btn-/, /^icon-/, "text-nowrap"];
// A compressed form is kept where it spares this much: less is not worth a file.
const WORTH = 0.95;

const templates = globSync(join(TEMPLATES, "**/*.html"));
const scripts = globSync(join(STATIC, "**/*.js")).filter((path) => !path.includes("/vendor/"));
const text = [...templates, ...scripts].map((path) => readFileSync(path, "utf8")).join("\n");
const named = [...new Set(Array.from(text.matchAll(/\b(?:asset|styles)\(["']([^"']+)["']\)/g), (found) => found[1]))];

/** Only the rules that a template, a script, or a component of the design system names. */
async function usedStyle(path) {
  const [found] = await new PurgeCSS().purge({
    css: [path],
    content: [...templates, ...scripts, join(dirname(path), "components.js")],
    defaultExtractor: (words) => words.match(/[\w-]+/g) ?? [],
    fontFace: true,
    keyframes: true,
    safelist: COMPOSED,
  });
  return found.css;
}

const onlyUsed = {
  name: "only-used",
  setup(bundle) {
    bundle.onLoad({ filter: DESIGN }, async ({ path }) => ({
      contents: await usedStyle(path),
      loader: "css",
      resolveDir: dirname(path),
    }));
  },
};

/** The symbols that are named somewhere: the file's other words stay as they are. */
function usedIcons(svg) {
  const names = new Set(text.match(/\bit-[\w-]+/g));
  return svg.replace(/<symbol\b[^>]*?\bid="([^"]+)"[\s\S]*?<\/symbol>/g, (symbol, id) =>
    names.has(id) ? symbol : "",
  );
}

const manifest = {};

function write(path, content) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  if (!COMPRESSED.test(path)) return;
  const forms = {
    br: brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
    gz: gzipSync(content, { level: 9 }),
  };
  for (const [ending, form] of Object.entries(forms)) {
    if (form.length < content.length * WORTH) writeFileSync(`${path}.${ending}`, form);
  }
}

function keep(path, content) {
  const digest = createHash("sha256").update(content).digest("hex").slice(0, 10);
  const to = join(dirname(path), basename(path).replace(/(?=\.[^.]+$)/, `-${digest}`));
  write(join(INTO, to), content);
  manifest[path] = to;
}

const made = await build({
  entryPoints: named.filter((path) => /\.(css|js)$/.test(path)).map((path) => join(STATIC, path)),
  assetNames: "[dir]/[name]-[hash]",
  bundle: true,
  chunkNames: "shared/[name]-[hash]",
  entryNames: "[dir]/[name]-[hash]",
  format: "esm",
  legalComments: "none",
  loader: { ".woff2": "file" },
  logLevel: "warning",
  metafile: true,
  minify: true,
  outbase: STATIC,
  outdir: INTO,
  plugins: [onlyUsed],
  splitting: true,
  target: ["chrome109", "firefox115", "safari15.6"],
  write: false,
});
for (const file of made.outputFiles) write(file.path, Buffer.from(file.contents));
for (const [path, output] of Object.entries(made.metafile.outputs)) {
  const font = /\.woff2$/.test(path) ? Object.keys(output.inputs)[0] : undefined;
  const source = output.entryPoint ?? font;
  if (source) manifest[relative(STATIC, resolve(source))] = relative(INTO, resolve(path));
}
for (const path of named.filter((name) => !(name in manifest))) {
  const content = readFileSync(join(STATIC, path));
  keep(path, path === ICONS ? Buffer.from(usedIcons(content.toString())) : content);
}
writeFileSync(join(INTO, "manifest.json"), `${JSON.stringify(manifest, null, 1)}\n`);
